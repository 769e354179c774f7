/**
 * Our time beside that of peers: in turn, so that a machine that is busy for a while is so for all,
 * and only after all have computed the same numbers.
 *
 * @module
 */
import { linalgProvider } from "resolvent";
import type { PythonPeer } from "./python_peer.ts";

/** One of those that do the same work. */
export type Contender = {
  /** Who it is. */
  readonly name: string;
  /** Does the work and tells its milliseconds. */
  readonly run: () => number | Promise<number>;
  /** What the work computes, to be compared. */
  readonly numbers: () => ArrayLike<number> | Promise<ArrayLike<number>>;
  /** Its own largest difference, where it computes less precisely than the others. */
  readonly tolerance?: number;
};

/** Who does the work, and when the measurement ends. */
export type Race = {
  /** Our ways to do it. */
  readonly ours: readonly Contender[];
  /** The others; may be empty. */
  readonly peers: readonly Contender[];
  /** Largest difference from the numbers of the last, as a share of the largest of them. */
  readonly tolerance: number;
  /** Seconds after which no other round begins. Default: 8. */
  readonly seconds?: number;
};

/** Least and most rounds. */
const ROUNDS = [3, 30] as const;

/** Milliseconds between two of them, in which the threads of a library that wait for work fall asleep. */
const PAUSE = 40;

/**
 * Compares the numbers of all, has all do the work in turn, and prints a table: the median and the
 * lowest of the milliseconds, and of each of ours the ratio to each peer, the median over the rounds
 * and in brackets its quartiles.
 */
export async function beside(
  work: string,
  { ours, peers, tolerance, seconds = 8 }: Race,
): Promise<void> {
  const all = [...ours, ...peers];
  await checkNumbers(work, all, tolerance);
  for (const { run } of all) await run();
  const times = all.map((): number[] => []);
  const start = performance.now();
  for (let round = 0; round < ROUNDS[1]; round++) {
    if (round >= ROUNDS[0] && performance.now() - start > 1000 * seconds) break;
    for (let i = 0; i < all.length; i++) {
      const at = (i + round) % all.length;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      times[at].push(await all[at].run());
    }
  }
  const rows = all.map(({ name }, at) => {
    const ratios = peers.map((_, peer) => {
      if (at >= ours.length) return "";
      const list = times[at].map((time, round) => time / times[ours.length + peer][round]);
      const [low, middle, high] = [0.25, 0.5, 0.75].map((p) => short(quantile(list, p)));
      return `${middle} (${low} to ${high})`;
    });
    return [name, short(quantile(times[at], 0.5)), short(Math.min(...times[at])), ...ratios];
  });
  const head = [work, "ms", "lowest", ...peers.map(({ name }) => `ratio to ${name}`)];
  console.log(`\n${table([head, ...rows])}`);
  const own = all.filter((one) => one.tolerance !== undefined)
    .map((one) => `, of ${one.name} within ${one.tolerance}`);
  console.log(
    `${times[0].length} rounds; numbers equal within ${tolerance} of the largest${own.join("")}`,
  );
}

/** A peer as a contender; `expression` is evaluated `times` times, each of which does `units` of work. */
export function peerContender(
  peer: PythonPeer,
  { name = peer.name, expression, numbers = expression, times = 1, units = 1, tolerance }: {
    readonly name?: string;
    readonly expression: string;
    readonly numbers?: string;
    readonly times?: number;
    readonly units?: number;
    readonly tolerance?: number;
  },
): Contender {
  return {
    name,
    run: async () => await peer.run(expression, times) / units,
    numbers: () => peer.take(numbers),
    tolerance,
  };
}

/** Milliseconds that a function takes, the mean of as many times as asked for. */
export async function milliseconds(work: () => unknown, times = 1): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < times; i++) await work();
  return (performance.now() - start) / times;
}

/** The library behind our products and decompositions. */
export function provider(): string {
  const { name, version } = linalgProvider();
  return name === "portable" ? name : `${name} ${version?.match(/\d+\.\d+(\.\d+)?/)?.[0] ?? ""}`;
}

/** A table in Markdown; numbers stand to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, col) => Math.max(4, ...rows.map((row) => row[col].length)));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [head, ...body] = rows.map((row) =>
    line(row.map((cell, col) => col === 0 ? cell.padEnd(widths[col]) : cell.padStart(widths[col])))
  );
  const rule = widths.map((width, col) =>
    col === 0 ? "-".repeat(width) : "-".repeat(width - 1) + ":"
  );
  return [head, line(rule), ...body].join("\n");
}

/** A number with three digits that count. */
export function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** A quantile of numbers, linear between two of them. */
function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = p * (sorted.length - 1), low = Math.floor(at), high = Math.ceil(at);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/** Throws unless all compute the same numbers as the last. */
async function checkNumbers(
  work: string,
  all: readonly Contender[],
  tolerance: number,
): Promise<void> {
  const reference = await all.at(-1)!.numbers();
  const largest = Array.from(reference).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const { name, numbers, tolerance: own = tolerance } of all.slice(0, -1)) {
    const found = await numbers();
    if (found.length !== reference.length) {
      throw new Error(`${work}: ${name} has ${found.length} numbers, not ${reference.length}`);
    }
    for (let i = 0; i < found.length; i++) {
      const difference = Math.abs(found[i] - reference[i]);
      if (difference <= own * largest) continue;
      throw new Error(
        `${work}: ${name} gives ${found[i]} at ${i}, not ${
          reference[i]
        }: more than ${own} of ${largest}`,
      );
    }
  }
}
