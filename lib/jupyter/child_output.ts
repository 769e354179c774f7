/**
 * Programs that a cell starts: what they print belongs to the cell.
 *
 * @module
 */

/** Milliseconds that what a program has printed may take after its end; others may hold the pipe open. */
const LAST = 200;

/** Takes text that a program has printed. */
export type TakeText = (name: "stdout" | "stderr", text: string) => void;

/** Reads text until the end. */
async function pump(from: ReadableStream<Uint8Array<ArrayBuffer>>, take: (text: string) => void) {
  for await (const text of from.pipeThrough(new TextDecoderStream())) take(text);
}

/**
 * `Deno.Command` for cells: a spawned program that inherits standard output or standard error prints
 * to the cell that has spawned it, and its `status` comes after all of that.
 *
 * @param taker Called when a program is spawned; what it returns takes the text
 */
export function commandFor(taker: () => TakeText): typeof Deno.Command {
  const Native = Deno.Command; // what is returned takes its place
  return class Command extends Native {
    readonly #name: string | URL;
    readonly #options: Deno.CommandOptions;

    constructor(name: string | URL, options: Deno.CommandOptions = {}) {
      super(name, options);
      this.#name = name;
      this.#options = options;
    }

    override spawn(): Deno.ChildProcess {
      const options = this.#options, take = taker();
      const taken = (["stdout", "stderr"] as const)
        .filter((name) => (options[name] ?? "inherit") === "inherit");
      const piped = Object.fromEntries(taken.map((name) => [name, "piped" as const]));
      const child = new Native(this.#name, { ...options, ...piped }).spawn();
      const pumps = taken.map((name) => pump(child[name], (text) => take(name, text)));
      const { status } = child;
      const whole = (async () => {
        const ended = await status;
        const late = new Promise<void>((done) => Deno.unrefTimer(setTimeout(done, LAST)));
        await Promise.race([Promise.allSettled(pumps), late]);
        return ended;
      })();
      Object.defineProperty(child, "status", { value: whole });
      return child;
    }
  };
}
