import { keep, read } from "../../app/appearance.svelte";

/** What has no reminder of its own to move is put off in this browser alone: by the row's key, until a day. */
class Snoozed {
  #until = $state<Record<string, string>>(read("snoozed", {}));

  isOff = (key: string, today: string) => (this.#until[key] ?? "") > today;
  count = (keys: string[], today: string) => keys.filter((key) => this.isOff(key, today)).length;

  put(key: string, until: string | undefined, today: string) {
    const next = Object.fromEntries(Object.entries({ ...this.#until, [key]: until ?? "" }).filter(([, day]) => day > today));
    this.#until = next;
    keep("snoozed", next);
  }
  clear() {
    this.#until = {};
    keep("snoozed", undefined);
  }
}
export const snoozed = new Snoozed();
