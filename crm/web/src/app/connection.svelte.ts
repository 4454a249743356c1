/** Whether the service answers. While it does not, it is asked again after 1, 2, 4 and then every 8 seconds. */
class Connection {
  lost = $state(false);
  /** Seconds until the next try. */
  retryIn = $state(0);
  #pause = 1;
  #timer: ReturnType<typeof setInterval> | undefined;
  #back = new Set<() => void>();

  /** Calls when the service is there again; gives what stops that. */
  onBack(listener: () => void): () => void {
    this.#back.add(listener);
    return () => this.#back.delete(listener);
  }

  isLost() {
    if (this.lost) return;
    this.lost = true;
    this.#pause = 1;
    this.#wait();
  }

  isThere() {
    if (!this.lost) return;
    this.lost = false;
    clearInterval(this.#timer);
    for (const listener of this.#back) listener();
  }

  async retry() {
    clearInterval(this.#timer);
    this.retryIn = 0;
    try {
      await fetch("/healthz", { cache: "no-store" });
      this.isThere();
    } catch {
      this.#pause = Math.min(this.#pause * 2, 8);
      this.#wait();
    }
  }

  #wait() {
    this.retryIn = this.#pause;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      this.retryIn -= 1;
      if (this.retryIn <= 0) void this.retry();
    }, 1000);
  }
}

export const connection = new Connection();
