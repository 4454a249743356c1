import { keep, read } from "./appearance.svelte";

/**
 * A text that is being typed, kept in this browser until it is sent: it survives a reload, a lost service and an ended
 * session. `name` says where it belongs: "log contact 7".
 */
export class Draft {
  #name: string;
  #text = $state("");

  constructor(name: string) {
    this.#name = `draft ${name}`;
    this.#text = read(this.#name, "");
  }
  get text() {
    return this.#text;
  }
  set text(text: string) {
    this.#text = text;
    keep(this.#name, text || undefined);
  }
  clear() {
    this.text = "";
  }
}
