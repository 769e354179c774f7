import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  largestSingularValue,
  matmul,
  rng,
  scaled,
  singularValues,
  spiked,
  spikedCovarianceEigenvalue,
  type SpikedOptions,
  subtract,
  svd,
} from "resolvent";

/** Largest singular value, averaged over keys. */
function top(shape: readonly [number, number], options: SpikedOptions): number {
  const keys = rng("top").split(4);
  return keys.reduce((sum, key) => sum + largestSingularValue(spiked(key, shape, options)) / 4, 0);
}

Deno.test("spiked() is the draw of scaled() plus spikes of the strengths given", () => {
  const options = { strengths: [3, 0.5], gain: 2 };
  const bulk = scaled(rng(1), [7, 5], { gain: 2 });
  assertEquals(spiked(rng(1), [7, 5], { strengths: [], gain: 2 }), bulk);
  const s = singularValues(subtract(spiked(rng(1), [7, 5], options), bulk));
  [6, 1, 0, 0, 0].forEach((value, i) => assertAlmostEquals(s[i], value, 1e-12));
});

Deno.test("spiked() of square weights puts the outlier at theta + 1/theta, above 1", () => {
  // A spike's place deviates by about n^(-1/2) sqrt(2)/theta..., an edge by n^(-2/3): 0.05 and 0.02 at
  // n = 400; the mean of four halves that.
  const shape = [400, 400] as const;
  for (const gain of [1, 3]) {
    for (const theta of [1.5, 2, 5]) {
      const found = top(shape, { strengths: [theta], gain }) / gain;
      assertLess(Math.abs(found - (theta + 1 / theta)), 4 * 0.025, `at ${theta}`);
    }
  }
  for (const theta of [0, 0.5, 0.9]) {
    assertLess(Math.abs(top(shape, { strengths: [theta] }) - 2), 4 * 0.01, `at ${theta}`);
  }
});

Deno.test("spiked() of oblong weights has the limit of spiked covariance, sqrt of it", () => {
  // The same limits in units of the bulk, with theta^2 for the strength of the covariance's spike.
  for (const shape of [[400, 100], [100, 400]] as const) {
    const aspectRatio = shape[1] / shape[0];
    for (const theta of [0.8 * aspectRatio ** 0.25, 2 * aspectRatio ** 0.25, 4]) {
      const found = top(shape, { strengths: [theta] });
      const expected = Math.sqrt(spikedCovarianceEigenvalue(theta * theta, { aspectRatio }));
      assertLess(Math.abs(found / expected - 1), 0.04, `${shape} at ${theta}`);
    }
  }
});

Deno.test("spiked() shows its directions as theory says: overlap 1 - 1/theta^2 if square", () => {
  const [n, theta] = [400, 2];
  let overlap = 0;
  for (const key of rng("overlaps").split(4)) {
    const w = spiked(key, [n, n], { strengths: [theta] });
    const signal = subtract(w, scaled(key, [n, n]));
    const { u, v } = svd(w);
    // u^T (theta a b^T) v / theta = <u, a> <b, v>, both of square 1 - 1/theta^2.
    overlap += matmul(matmul(u, signal, { transposeA: true }), v).data[0] / theta / 4;
  }
  // An overlap deviates by about n^(-1/2), its mean over four by half of that.
  assertLess(Math.abs(overlap - (1 - 1 / theta ** 2)), 4 * 0.025);
});

Deno.test("spiked() has the variance stated: gain^2 (1 + sum strengths^2 / cols) / rows", () => {
  const [rows, cols, gain, draws] = [6, 10, 0.5, 400];
  let square = 0;
  for (const key of rng("variance").split(draws)) {
    const { data } = spiked(key, [rows, cols], { strengths: [4, 3], gain });
    square += data.reduce((sum, x) => sum + x * x, 0) / (rows * cols * draws);
  }
  const expected = gain ** 2 * (1 + 25 / cols) / rows;
  // |W|^2 of a draw: |G|^2 + 25 + cross terms of variance 4 x 25 / rows, over a mean of 10 + 25.
  const spread = Math.sqrt((2 * cols / rows + 100 / rows) / draws) / 35;
  assertLess(Math.abs(square / expected - 1), 4 * spread);
});

Deno.test("spiked() refuses strengths that it cannot use", () => {
  const refuses = (options: unknown, kind: typeof RangeError, text: string) =>
    assertThrows(() => spiked(rng(1), [3, 2], options as SpikedOptions), kind, text);
  refuses({ strengths: [1, -1] }, RangeError, "strengths[1] is -1");
  refuses({ strengths: [1, 1, 1] }, RangeError, "the number of strengths is 3");
  refuses({ strengths: 2 }, TypeError, "strengths must be a list: strengths is 2");
  refuses({ strengths: [], gain: 0 }, RangeError, "gain is 0");
  refuses(undefined, TypeError, "options must be a record of settings");
});
