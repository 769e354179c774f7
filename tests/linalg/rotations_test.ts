import { matrix, rng } from "resolvent";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { rotation, RotationQueue } from "../../lib/linalg/rotations.ts";

/** Rounding of a few thousand rotations. */
const ROUNDING = 1e-11;

Deno.test("rotation() turns a pair to its length, at every size", () => {
  const out = new Float64Array(3);
  for (const unit of [1e-300, 1e-160, 1, 1e160, 1e300]) {
    rotation(3 * unit, 4 * unit, out);
    assertAlmostEquals(out[0], 0.6, ROUNDING);
    assertAlmostEquals(out[1], 0.8, ROUNDING);
    assertAlmostEquals(out[2] / unit, 5, ROUNDING);
  }
  rotation(-2, 0, out);
  assertEquals([...out], [1, 0, -2]);
  rotation(0, -2, out);
  assertEquals([...out], [0, 1, -2]);
});

Deno.test("RotationQueue applies sweeps in order, both ways, past its capacity", () => {
  const rows = 6, cols = 50, sweeps = 200;
  const a = rng(23).normal([rows, cols]);
  const queued = a.data.slice(), plain = matrix(rows, cols, a.data.slice()).data;
  const queue = new RotationQueue(queued, rows, cols);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 3 > 0, first = down ? sweep % 7 : cols - 1 - sweep % 5;
    const step = down ? 1 : -1, count = 30 + sweep % 11;
    queue.begin(first, step);
    for (let i = 0, at = first; i < count; i++, at += step) {
      const c = Math.cos(sweep + i), s = Math.sin(sweep + i);
      queue.push(c, s);
      for (let row = 0; row < rows; row++) {
        const x = plain[row * cols + at], y = plain[row * cols + at + step];
        plain[row * cols + at] = c * x + s * y;
        plain[row * cols + at + step] = c * y - s * x;
      }
    }
  }
  queue.flush();
  plain.forEach((value, at) => assertAlmostEquals(queued[at], value, ROUNDING));
});
