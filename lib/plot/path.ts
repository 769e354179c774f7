/**
 * The data of a path in few letters: relative steps in tenths of a pixel.
 *
 * @module
 */

/** A place in pixels. */
export type Place = readonly [x: number, y: number];

/** Numbers, given in tenths, as the data of a path writes them. */
function joined(tenths: readonly number[]): string {
  let out = "";
  for (const value of tenths) {
    const text = String(value / 10).replace(/^(-?)0\./, "$1.");
    // a sign begins a number by itself, and so does a point after one that has a point
    const open = out === "" || text[0] === "-" || text[0] === "." && /\.\d+$/.test(out);
    out += open ? text : ` ${text}`;
  }
  return out;
}

/** A place in tenths of a pixel, a multiple of `step` of them. */
function tenths([x, y]: Place, step = 1): Place {
  return [step * Math.round(10 * x / step), step * Math.round(10 * y / step)];
}

/** Straight lines through some places, each drawn within a twentieth of a pixel of where it is. */
export function through(places: readonly Place[], closed = false): string {
  const steps: number[] = [];
  let [left, top] = tenths(places[0]);
  const start = joined([left, top]);
  for (const place of places.slice(1)) {
    const [x, y] = tenths(place);
    if (x === left && y === top) continue;
    steps.push(x - left, y - top);
    [left, top] = [x, y];
  }
  return `M${start}${steps.length > 0 ? `l${joined(steps)}` : ""}${closed ? "z" : ""}`;
}

/**
 * The same drawing at each of some places, from left to right. One that is begun where the one before
 * it ended takes few letters, so `drawing` must end where it begins. Places of a cloud are whole pixels,
 * and two that come to the same pixel are drawn once.
 */
export function stamped(places: readonly Place[], drawing: string, cloud = false): string {
  const sorted = places.map((place) => tenths(place, cloud ? 10 : 1))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let out = "", last: Place | null = null;
  for (const [x, y] of sorted) {
    if (last === null) out += `M${joined([x, y])}${drawing}`;
    else if (x !== last[0] || y !== last[1]) {
      out += `m${joined([x - last[0], y - last[1]])}${drawing}`;
    }
    last = [x, y];
  }
  return out;
}

/** Writes a path of absolute lines, as Observable Plot draws it, in few letters. */
export function shortened(d: string): string {
  return Array.from(d.matchAll(/M([^MZ]*)(Z?)/g), ([, body, end]) => {
    const numbers = body.split(/[L,]/).map(Number);
    const places = numbers.flatMap((x, i) => i % 2 === 0 ? [[x, numbers[i + 1]] as const] : []);
    return through(places, end !== "");
  }).join("");
}
