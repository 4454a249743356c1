import { connection } from "./connection.svelte";

/** A committed change, of this page or of any other program. */
export type Change = {
  id: number;
  said: string | null;
  door: string;
  undoes: number | null;
  touched: Record<string, number[]>;
  more: boolean;
};
/** How far an import is. */
export type JobStep = {
  job: string;
  name: string;
  state: string;
  progress: { phase: string; done: number; total: number | null; per_second: number; seconds_left: number | null } | null;
  said: string;
  change: number | null;
};

/** What happens to the file, as it happens: GET /api/v1/events. */
class Live {
  #source: EventSource | undefined;
  #changes = new Set<(change: Change | null) => void>();
  #jobs = new Set<(step: JobStep) => void>();

  start() {
    if (this.#source) return;
    this.#source = new EventSource("/api/v1/events");
    const changed = (change: Change | null) => this.#changes.forEach((listener) => listener(change));
    this.#source.addEventListener("change", (event) => changed(JSON.parse((event as MessageEvent<string>).data) as Change));
    this.#source.addEventListener("reset", () => changed(null));
    this.#source.addEventListener("job", (event) => {
      const step = JSON.parse((event as MessageEvent<string>).data) as JobStep;
      this.#jobs.forEach((listener) => listener(step));
    });
    this.#source.addEventListener("open", () => connection.isThere());
    this.#source.addEventListener("error", () => {
      // The browser tries again by itself, unless it was refused.
      if (this.#source?.readyState === EventSource.CLOSED) {
        this.#source = undefined;
        setTimeout(() => this.start(), 4000);
      }
    });
  }

  /** Calls for every change; null: so much happened that all should be read anew. Gives what stops that. */
  onChange(listener: (change: Change | null) => void): () => void {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  }

  onJob(listener: (step: JobStep) => void): () => void {
    this.#jobs.add(listener);
    return () => this.#jobs.delete(listener);
  }
}

export const live = new Live();
