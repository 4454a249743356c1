import { Refusal, newKey, write, type Done, type Query, type Warning, type WriteOptions } from "../api/client";
import { toasts } from "./toasts.svelte";

/** What a dialog asks, while a write waits for its answer. */
export type Question =
  | { kind: "guarded"; said: string; warnings: Warning[]; answer: (goOn: boolean) => void }
  | { kind: "changed"; given: unknown; current: unknown; answer: (which: "mine" | "theirs") => void };

class Questions {
  open = $state.raw<Question>();
  ask<T>(make: (answer: (value: T) => void) => Question): Promise<T> {
    return new Promise((go) => {
      this.open = make((value) => {
        this.open = undefined;
        go(value);
      });
    });
  }
}
export const questions = new Questions();

export type Acting = WriteOptions & {
  /** Says nothing when it went well. */
  quiet?: boolean;
  /** Puts back what was shown before; called when the write is refused or given up. */
  putBack?: () => void;
  /** Throws the refusal rather than to show it, for a form that shows it beside the field. */
  inline?: boolean;
};

/**
 * A write that somebody asked for. It says what was done, with Undo; asks when a guard speaks against it or when the record
 * was changed meanwhile (both versions are shown); and says what is wrong, with Retry, after `putBack`. Gives undefined when
 * it was not done.
 */
export async function act<T = unknown>(method: string, path: string, body?: unknown, options: Acting = {}): Promise<Done<T> | undefined> {
  const key = options.key ?? newKey();
  let query: Query = options.query ?? {};
  let ifMatch = options.ifMatch;
  let fresh = key;
  for (;;) {
    try {
      const done = await write<T>(method, path, body, { query, ifMatch, key: fresh });
      if (!options.quiet) toasts.done(done);
      return done;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.kind === "guarded") {
        const warnings = error.problem.warnings ?? [];
        const goOn = await questions.ask<boolean>((answer) => ({ kind: "guarded", said: error.message, warnings, answer }));
        if (goOn) {
          query = { ...query, go_on: true };
          fresh = newKey();
          continue;
        }
      } else if (error.kind === "changed-meanwhile") {
        const { given, current } = error.problem;
        const which = await questions.ask<"mine" | "theirs">((answer) => ({ kind: "changed", given, current, answer }));
        if (which === "mine") {
          ifMatch = undefined;
          fresh = newKey();
          continue;
        }
      } else if (options.inline) {
        options.putBack?.();
        throw error;
      } else {
        toasts.fail(error, () => void act(method, path, body, { ...options, key }));
      }
      options.putBack?.();
      return undefined;
    }
  }
}

export const post = <T = unknown>(path: string, body?: unknown, options?: Acting) => act<T>("POST", path, body ?? {}, options);
export const patch = <T = unknown>(path: string, body: unknown, options?: Acting) => act<T>("PATCH", path, body, options);
export const remove = (path: string, options?: Acting) => act("DELETE", path, undefined, options);
