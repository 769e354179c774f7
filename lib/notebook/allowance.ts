/**
 * How much may be sent now, where a receiver drops what comes too fast.
 *
 * @module
 */

/** What an allowance grants: at most `burst` at once, and `rate` a second in the long run. */
export type Pace = { readonly burst: number; readonly rate: number };

/**
 * Grants amounts at a pace.
 *
 * **Definition** in any `t` seconds at most `burst + rate t` is granted.
 */
export class Allowance {
  readonly #pace: Pace;
  readonly #clock: () => number;
  #left: number;
  #at: number;

  /** Starts with the whole burst; `clock` gives seconds. */
  constructor(pace: Pace, clock: () => number) {
    this.#pace = pace;
    this.#clock = clock;
    this.#left = pace.burst;
    this.#at = clock();
  }

  /** Takes an amount, if it is granted now. */
  take(amount: number): boolean {
    const now = this.#clock();
    const { burst, rate } = this.#pace;
    this.#left = Math.min(burst, this.#left + (now - this.#at) * rate);
    this.#at = now;
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }
}
