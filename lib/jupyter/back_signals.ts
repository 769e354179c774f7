/**
 * What the back's two threads share: whether to stop, and what a user has typed.
 *
 * @module
 */

/** Places in the numbers: the flag that loops ask, and the state of an answer. */
const STOP = 0, ANSWER = 1;

/** States of an answer; above them is its length in bytes, plus 2. */
const NONE = 0, NOBODY = 1, FIRST = 2;

/** Longest answer, in bytes. */
const MOST_ANSWER = 2 ** 16;

/** A cell that was told to stop. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  /** Says that a cell was stopped. */
  constructor() {
    super("stopped by an interrupt; values of other cells are kept");
  }
}

/** The flag as code of cells has it: `if (flag[0]) flag.stop();`. */
export type StopFlag = { readonly [place: number]: number; readonly stop: () => never };

/** Memory of both threads. */
export class Signals {
  /** What is handed to the other thread. */
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #bytes: Uint8Array;

  /** Takes memory over, or makes it. */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(8 + MOST_ANSWER)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, 2);
    this.#bytes = new Uint8Array(memory, 8);
  }

  /** Says whether loops are to stop. */
  set stop(value: boolean) {
    Atomics.store(this.#numbers, STOP, Number(value));
  }

  /** Whether loops are to stop. */
  get stop(): boolean {
    return Atomics.load(this.#numbers, STOP) === 1;
  }

  /** The flag for the code of cells: a plain read, as an atomic one takes fifteen times as long. */
  flag(): StopFlag {
    return Object.assign(this.#numbers, {
      stop(): never {
        throw new Interrupted();
      },
    });
  }

  /** Hands over what a user has typed; null where nobody can be asked. */
  answer(text: string | null): void {
    const { written } = text === null
      ? { written: NOBODY - FIRST }
      : new TextEncoder().encodeInto(text, this.#bytes);
    Atomics.store(this.#numbers, ANSWER, written + FIRST);
    Atomics.notify(this.#numbers, ANSWER);
  }

  /** Asks, and holds the thread up until a user has typed something or the cell is to stop. */
  waitForAnswer(ask: () => void): string | null {
    Atomics.store(this.#numbers, ANSWER, NONE); // before it is asked: the answer may come at once
    ask();
    while (Atomics.load(this.#numbers, ANSWER) === NONE) {
      if (this.stop) throw new Interrupted();
      Atomics.wait(this.#numbers, ANSWER, NONE, 100);
    }
    const state = Atomics.load(this.#numbers, ANSWER);
    if (state === NOBODY) return null;
    return new TextDecoder().decode(this.#bytes.slice(0, state - FIRST));
  }
}
