import { Refusal } from "../api/client";
import { connection } from "./connection.svelte";
import { live } from "./live.svelte";

/** What a page reads: kept while it is read anew, so that nothing flickers. */
export type Resource<T> = {
  readonly value: T | undefined;
  readonly problem: Refusal | undefined;
  /** True while the value is being read anew; the old one stays shown, dimmed. */
  readonly stale: boolean;
  reload(): void;
  /** Shows a value before the service has answered; `reload` puts the truth back. */
  set(value: T): void;
};

/**
 * Reads, and reads again: when what `load` looked at in its first, synchronous part changes, after every change of the
 * file that `concerns` (all, unless given), and when a lost service is back. To be called while a component is made.
 */
export function resource<T>(load: (signal: AbortSignal) => Promise<T>, concerns: (nouns: Record<string, number[]>) => boolean = () => true): Resource<T> {
  let value = $state.raw<T>();
  let problem = $state.raw<Refusal>();
  let stale = $state(true);
  let round = $state(0);

  $effect(() => {
    void round;
    const asked = new AbortController();
    stale = true;
    load(asked.signal).then(
      (got) => {
        if (asked.signal.aborted) return;
        value = got;
        problem = undefined;
        stale = false;
      },
      (error: unknown) => {
        if (asked.signal.aborted) return;
        problem = error instanceof Refusal ? error : new Refusal({ type: "unknown", title: "Error", status: 0, detail: String(error) });
        stale = false;
      },
    );
    return () => asked.abort();
  });

  $effect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => (round += 1), 30);
    };
    const stops = [live.onChange((change) => (change === null || change.more || concerns(change.touched)) && soon()), connection.onBack(soon)];
    return () => {
      clearTimeout(waiting);
      stops.forEach((stop) => stop());
    };
  });

  return {
    get value() {
      return value;
    },
    get problem() {
      return problem;
    },
    get stale() {
      return stale;
    },
    reload() {
      round += 1;
    },
    set(shown: T) {
      value = shown;
    },
  };
}
