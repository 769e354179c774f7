/**
 * How far a computation is, as numbers and as a bar of text or HTML; the time is an argument.
 *
 * @module
 */

/** Seconds after which a tick counts for 1/e of a new one in the rate. */
const RECENT = 15;

/** Length of a bar of text, in characters. */
const LENGTH = 24;

/** A blue with a contrast of at least 3:1 to white, to black and to the ground of the bar. */
const INK = "#0d85d1";

/** How far a computation is. */
export type Reached = {
  /** Steps done. */
  readonly done: number;
  /** When it was last counted, in seconds. */
  readonly at: number;
  /** Sums over ticks of their steps, and of the seconds since the tick before, by their weights. */
  readonly steps: number;
  readonly seconds: number;
};

/** What a bar is of. */
export type Task = { readonly label: string; readonly total: number };

/** Nothing done yet, at a time in seconds. */
export function started(at: number): Reached {
  return { done: 0, at, steps: 0, seconds: 0 };
}

/** How far it is after `n` more steps, at a time in seconds. */
export function advanced({ done, at, steps, seconds }: Reached, n: number, now: number): Reached {
  const passed = Math.max(0, now - at), fade = Math.exp(-passed / RECENT);
  return { done: done + n, at: now, steps: steps * fade + n, seconds: seconds * fade + passed };
}

/**
 * Steps a second, or null before any time has passed: `sum n w / sum s w` over ticks of n steps, s
 * seconds after the tick before, with `w = exp(-age / 15 s)`.
 */
export function rateOf({ steps, seconds }: Reached): number | null {
  return steps > 0 && seconds > 0 ? steps / seconds : null;
}

/** A duration in words that a reader takes in: two units at most. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(seconds / 60);
  if (whole < 600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
}

/** A count with its thousands apart. */
function count(n: number): string {
  return n.toLocaleString("en");
}

/** Rate and time left, or nothing before there is a rate. */
function outlook(reached: Reached, total: number): readonly string[] {
  const rate = rateOf(reached);
  if (rate === null) return [];
  const speed = rate >= 1
    ? `${rate >= 100 ? count(Math.round(rate)) : rate.toPrecision(2)} per s`
    : `${duration(1 / rate)} each`;
  const left = Math.max(0, total - reached.done) / rate;
  return left === 0 ? [speed] : [speed, `${duration(left)} left`];
}

/** Part of the way that is done, from 0 to 1. */
function partOf({ done }: Reached, total: number): number {
  return Math.min(1, done / total);
}

/** One line: label, bar, count, rate and time left. */
export function barText({ label, total }: Task, reached: Reached): string {
  const full = Math.floor(LENGTH * partOf(reached, total));
  const bar = "█".repeat(full) + "░".repeat(LENGTH - full);
  const words = [`${count(reached.done)} of ${count(total)}`, ...outlook(reached, total)];
  return `${label && `${label}: `}${bar} ${words.join(", ")}`;
}

/** The same as HTML, in the reader's own text colour; what it says is also told to a screen reader. */
export function barHtml({ label, total }: Task, reached: Reached): string {
  const part = partOf(reached, total);
  const said = `${count(reached.done)} of ${count(total)}`;
  const words = [said, ...outlook(reached, total)].join(", ");
  const value = `aria-valuemin="0" aria-valuemax="${total}" aria-valuenow="${
    Math.min(total, reached.done)
  }"`;
  const ground =
    "display:inline-block;vertical-align:-0.1em;width:16em;max-width:100%;height:.8em;" +
    "border-radius:.4em;overflow:hidden;background:rgba(127,127,127,.2)";
  const fill = `display:block;height:100%;width:${(100 * part).toFixed(1)}%;background:${INK}`;
  const name = escaped(label || "progress");
  return `<div style="font-variant-numeric:tabular-nums">${label && `<span>${name}</span> `}` +
    `<span role="progressbar" aria-label="${name}" ${value} aria-valuetext="${said}" ` +
    `style="${ground}"><span style="${fill}"></span></span> <span>${words}</span></div>`;
}

/** A text within HTML. */
function escaped(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (mark) => marks[mark]);
}
