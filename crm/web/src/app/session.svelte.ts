/** Whether this browser is signed in. Requests that came too late wait for `renewed`. */
class Session {
  needed = $state(false);
  #waiting: (() => void)[] = [];

  renewed(): Promise<void> {
    this.needed = true;
    return new Promise((go) => this.#waiting.push(go));
  }

  isRenewed() {
    this.needed = false;
    for (const go of this.#waiting.splice(0)) go();
  }
}

export const session = new Session();
