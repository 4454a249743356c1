import { Refusal, newKey, write } from "../api/client";
import { keep, read } from "./appearance.svelte";
import { connection } from "./connection.svelte";
import { toasts } from "./toasts.svelte";

/** A line of quick capture that waits for the service. Its key makes it be written once, however often it is sent. */
export type Waiting = { key: string; line: string; at: string; refused?: string };

/**
 * Lines noted while the service was not reachable, at a conference say: kept in this browser, shown as waiting, and sent in
 * their order once it is there again. One that is refused stays, with the reason, to be mended or thrown away.
 */
class Outbox {
  waiting = $state<Waiting[]>(read("outbox", []));
  #sending = false;

  start() {
    connection.onBack(() => void this.send());
    addEventListener("online", () => void this.send());
    addEventListener("storage", (event) => event.key === "ties outbox" && (this.waiting = read("outbox", [])));
    void this.send();
  }

  add(line: string, key = newKey()) {
    this.#keep([...this.waiting, { key, line, at: new Date().toISOString() }]);
  }

  drop(key: string) {
    this.#keep(this.waiting.filter((one) => one.key !== key));
  }

  async send() {
    if (this.#sending || !this.waiting.some(({ refused }) => !refused)) return;
    this.#sending = true;
    // One page at a time: a second tab would only be told that the key is at work.
    const alone = (work: () => Promise<void>) => (navigator.locks ? navigator.locks.request("ties outbox", work) : work());
    try {
      await alone(async () => {
        this.waiting = read("outbox", []);
        for (const one of this.waiting.filter(({ refused }) => !refused)) {
          try {
            const done = await write("POST", "/capture", { line: one.line }, { key: one.key });
            this.drop(one.key);
            toasts.done(done);
          } catch (error) {
            if (!(error instanceof Refusal) || error.kind === "lost") return;
            this.#keep(this.waiting.map((kept) => (kept.key === one.key ? { ...kept, refused: error.message } : kept)));
          }
        }
      });
    } finally {
      this.#sending = false;
    }
  }

  #keep(waiting: Waiting[]) {
    this.waiting = waiting;
    keep("outbox", waiting.length ? waiting : undefined);
  }
}

export const outbox = new Outbox();
