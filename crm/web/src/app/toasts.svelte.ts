import { Refusal, write, type Done } from "../api/client";

export type Toast = {
  id: number;
  text: string;
  /** The change that its Undo takes back. */
  change?: number;
  /** What its Undo does instead: of what is not one change of the file. */
  back?: () => unknown;
  /** An error stays until it is closed. */
  problem?: Refusal;
  retry?: () => void;
};

const undoShownFor = 10_000; // ms
const shownFor = 4_000; // ms: what has no Undo
const undoableFor = 600_000; // ms: how long `z` reaches back

class Toasts {
  all = $state<Toast[]>([]);
  paused = $state(false);
  #next = 1;
  #last: { change?: number; back?: () => unknown; at: number } | undefined;

  say(text: string, change?: number | null, back?: () => unknown) {
    const toast: Toast = { id: this.#next++, text, change: change ?? undefined, back };
    this.all = [...this.all.filter(({ problem }) => problem), toast];
    if (change || back) this.#last = { change: change ?? undefined, back, at: Date.now() };
    this.#fade(toast.id, change || back ? undoShownFor : shownFor);
  }

  /** What a write said, with its Undo. */
  done(done: Done) {
    const remarks = done.remarks.length ? ` ${done.remarks.map((remark) => `${remark}.`).join(" ")}` : "";
    if (done.said || remarks) this.say(`${sentence(done.said)}${remarks}`, done.change);
  }

  fail(error: unknown, retry?: () => void) {
    const problem = error instanceof Refusal ? error : new Refusal({ type: "unknown", title: "Error", status: 0, detail: String(error) });
    this.all = [...this.all, { id: this.#next++, text: sentence(problem.message), problem, retry }];
  }

  close(id: number) {
    this.all = this.all.filter((toast) => toast.id !== id);
  }

  /** Takes back the last change that this page made, up to ten minutes ago; or the one given. */
  async undo(toast: number | { change?: number; back?: () => unknown } | undefined = this.#last && Date.now() - this.#last.at < undoableFor ? this.#last : undefined) {
    const { change, back } = typeof toast === "number" ? { change: toast, back: undefined } : (toast ?? {});
    if (back) {
      if (this.#last?.back === back) this.#last = undefined;
      return void (await back());
    }
    if (!change) return this.say("There is nothing to undo here. History has every change.");
    if (this.#last?.change === change) this.#last = undefined;
    try {
      const done = await write("POST", "/undo", { change });
      this.say(sentence(done.said), done.change);
    } catch (error) {
      this.fail(error);
    }
  }

  #fade(id: number, left: number) {
    const step = 500;
    setTimeout(() => {
      const rest = this.paused ? left : left - step;
      if (rest <= 0) this.close(id);
      else if (this.all.some((toast) => toast.id === id)) this.#fade(id, rest);
    }, step);
  }
}

/** "moved #7" → "Moved #7." */
export function sentence(text: string): string {
  if (!text) return "";
  const whole = text[0].toUpperCase() + text.slice(1);
  return /[.!?…:]$/.test(whole) ? whole : `${whole}.`;
}

export const toasts = new Toasts();

/** Takes a text to where the reader pastes it, and says whether that was allowed. */
export async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    toasts.say("Copied.");
  } catch {
    toasts.say("The browser does not let pages copy here. Mark the text instead.");
  }
}
