import { appearance } from "./appearance.svelte";
import { onMount } from "svelte";

/**
 * Something that can be done here: by its keys, from the palette, and named in the key sheet and in tooltips.
 * `keys`: "g t" (one after the other), "Ctrl-k" (Ctrl or Cmd), "Shift-ArrowDown", "J", "?", " "; several ways: ["j", "ArrowDown"].
 */
export type Action = {
  id: string;
  title: string;
  /** Where the key sheet and the palette list it: "Go to", "Contacts", "This contact", … */
  group: string;
  keys?: string | string[];
  run: () => void;
  /** False: it cannot be done now, and its key is free for others. */
  when?: () => boolean;
  /** Not in the palette: moving about, and what needs the place where it is. */
  hidden?: boolean;
  /** Works while a text is typed, too. */
  everywhere?: boolean;
};

const sequenceTime = 1200; // ms between the keys of "g t"

class Actions {
  /** Those of what is mounted; the innermost, which came last, wins a key. */
  #all = $state.raw<Action[]>([]);
  #begun: { key: string; at: number } | undefined;

  get all() {
    return this.#all;
  }

  add(added: Action[]): () => void {
    this.#all = [...this.#all, ...added];
    return () => (this.#all = this.#all.filter((action) => !added.includes(action)));
  }

  /** Handles a key. Single keys wait while somebody types, composes or has turned them off, and while a dialog is open. */
  press(event: KeyboardEvent) {
    if (event.isComposing || event.defaultPrevented || event.altKey) return;
    if (["Control", "Shift", "Meta", "Alt"].includes(event.key)) return;
    const target = event.target as HTMLElement;
    const types = isTypedInto(target);
    const hasDialog = document.querySelector("dialog[open]") !== null;
    const key = nameOf(event);
    const isSingle = !/^(Ctrl|Escape)/.test(key);
    if (isSingle && (types || appearance.choices.keys === "off")) return;
    // Enter and Space belong to a button or a link that has the focus, unless a page asks for them there.
    if ((key === "Enter" || key === " ") && target.closest("button, a, summary, select, [role=menuitem], [role=option]") && !target.dataset.keys) return;

    const begun = this.#begun && Date.now() - this.#begun.at < sequenceTime ? `${this.#begun.key} ${key}` : undefined;
    this.#begun = undefined;
    const able = this.#all.filter((action) => (action.when?.() ?? true) && (!hasDialog || action.everywhere) && (!types || action.everywhere || key === "Escape"));
    const withKey = (wanted: string) => able.findLast((action) => waysOf(action).includes(wanted));
    const found = (begun && withKey(begun)) ?? withKey(key);
    if (found) {
      event.preventDefault();
      found.run();
    } else if (able.some((action) => waysOf(action).some((way) => way.startsWith(`${key} `)))) {
      this.#begun = { key, at: Date.now() };
      event.preventDefault();
    }
  }

  keysOf(id: string): string {
    const action = this.#all.findLast((one) => one.id === id);
    return action && appearance.choices.keys === "on" ? shown(waysOf(action)[0] ?? "") : "";
  }
}

export const waysOf = (action: Action): string[] => (action.keys === undefined ? [] : typeof action.keys === "string" ? [action.keys] : action.keys);

/** "Ctrl-k" as people of this machine know it: "⌘K" or "Ctrl+K". */
export function shown(way: string): string {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  return way
    .split(" ")
    .map((key) => (key === "" ? "Space" : key))
    .filter((key, at, all) => !(key === "Space" && all.length > 1 && at > 0))
    .map((key) => key.replace(/^Ctrl-(.)$/, (_, letter: string) => (isMac ? `⌘${letter.toUpperCase()}` : `Ctrl+${letter.toUpperCase()}`)))
    .map((key) => key.replace("Ctrl-", isMac ? "⌘" : "Ctrl+").replace("Shift-", "Shift+").replace("Arrow", "").replace("Escape", "Esc"))
    .join(" then ");
}

export function isTypedInto(element: HTMLElement): boolean {
  if (element.isContentEditable) return true;
  if (element instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "file", "range", "color"].includes(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function nameOf(event: KeyboardEvent): string {
  const isLetter = event.key.length === 1;
  if (event.ctrlKey || event.metaKey) return `Ctrl-${isLetter ? event.key.toLowerCase() : event.key}`;
  return event.shiftKey && !isLetter ? `Shift-${event.key}` : event.key;
}

export const actions = new Actions();

/** Offers these for as long as the component that calls it is shown. */
export function offers(list: Action[]) {
  onMount(() => actions.add(list));
}
