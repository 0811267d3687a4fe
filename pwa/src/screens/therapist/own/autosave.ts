// Sends what is written, one text at a time and each on top of the one before. What was not taken is never forgotten.

/** What is told of it as it goes. */
export interface Told<T> {
  sending(): void;
  /** `more` was written since, and waits. */
  taken(fresh: T, more: boolean): void;
  refused(error: unknown): void;
}

export class Autosave<W, T extends { rev: number }> {
  readonly #send: (base: number, written: W) => Promise<T>;
  readonly #told: Told<T>;
  #last: T;
  #base: number;
  #written: W;
  #changes = 0;
  #taken = 0;
  #sending: Promise<T | null> | null = null;

  /** `written` is what is on the page, on top of revision `base` of what is there. */
  constructor(there: T, base: number, written: W, send: (base: number, written: W) => Promise<T>, told: Told<T>) {
    [this.#last, this.#base, this.#written, this.#send, this.#told] = [there, base, written, send, told];
  }

  /** Whether something on the page was not taken yet. */
  get unsaved(): boolean {
    return this.#changes !== this.#taken;
  }
  get base(): number {
    return this.#base;
  }
  get written(): W {
    return this.#written;
  }

  /** Something else is on the page. Nothing is sent by that alone. */
  change(written: W): void {
    this.#written = written;
    this.#changes += 1;
  }

  /** Sends until all that was written is taken: what is there then; null when it was refused, and waits on. */
  async flush(): Promise<T | null> {
    for (;;) {
      while (this.#sending) await this.#sending;
      if (!this.unsaved) return this.#last;
      this.#sending = this.#once().finally(() => {
        this.#sending = null;
      });
      if ((await this.#sending) === null) return null;
    }
  }

  /** What is there takes the place of what was written. */
  take(there: T, written: W): void {
    [this.#last, this.#base, this.#written, this.#taken] = [there, there.rev, written, this.#changes];
  }

  async #once(): Promise<T | null> {
    const [changes, written] = [this.#changes, this.#written];
    this.#told.sending();
    try {
      const fresh = await this.#send(this.#base, written);
      [this.#last, this.#base, this.#taken] = [fresh, fresh.rev, changes];
      this.#told.taken(fresh, this.unsaved);
      return fresh;
    } catch (error) {
      this.#told.refused(error);
      return null;
    }
  }
}
