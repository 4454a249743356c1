/** How the pages look and listen in this browser; kept in this browser. */
type Choices = { theme: "system" | "light" | "dark"; density: "compact" | "normal" | "comfortable"; keys: "on" | "off"; dates: "system" | "iso" };
const standard: Choices = { theme: "system", density: "normal", keys: "on", dates: "system" };

class Appearance {
  choices = $state<Choices>({ ...standard, ...read("appearance", {}) });

  choose<K extends keyof Choices>(what: K, value: Choices[K]) {
    this.choices[what] = value;
    keep("appearance", this.choices);
    this.show();
  }

  show() {
    const root = document.documentElement;
    root.dataset.theme = this.choices.theme;
    root.dataset.density = this.choices.density;
  }
}

/** From this browser's store; `otherwise` where there is nothing that can be read. */
export function read<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(`ties ${name}`);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function keep(name: string, value: unknown) {
  try {
    if (value === undefined) localStorage.removeItem(`ties ${name}`);
    else localStorage.setItem(`ties ${name}`, JSON.stringify(value));
  } catch {
    // A full or forbidden store loses a convenience, never what was written.
  }
}

export const appearance = new Appearance();
