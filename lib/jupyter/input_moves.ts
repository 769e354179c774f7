/**
 * Moves of inputs: fast ones are gathered, and the last always counts.
 *
 * @module
 */

/** Runs cells of which an input has moved. */
export class InputMoves {
  readonly #run: (cell: string) => Promise<unknown>;
  readonly #moving = new Map<string, Promise<void>>();
  readonly #movedAgain = new Set<string>();

  /** Runs a cell by `run`. */
  constructor(run: (cell: string) => Promise<unknown>) {
    this.#run = run;
  }

  /** Whether a cell runs as an input of it has moved. */
  has(cell: string): boolean {
    return this.#moving.has(cell);
  }

  /** Runs a cell of which an input has moved; moves meanwhile are one more run. */
  async move(cell: string): Promise<void> {
    const running = this.#moving.get(cell);
    if (running) {
      this.#movedAgain.add(cell);
      return await running;
    }
    const run = (async () => {
      do {
        this.#movedAgain.delete(cell);
        await this.#run(cell);
      } while (this.#movedAgain.has(cell));
    })();
    this.#moving.set(cell, run);
    try {
      await run;
    } finally {
      this.#moving.delete(cell);
    }
  }
}
