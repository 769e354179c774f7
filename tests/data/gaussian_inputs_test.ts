import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { gaussianInputs, matmul, matrix, rng } from "resolvent";

Deno.test("gaussianInputs() has the covariance given", () => {
  const [samples, features] = [40_000, 3];
  const covariance = matrix(3, 3, [2, 1, 0, 1, 2, -0.5, 0, -0.5, 0.5]);
  const x = gaussianInputs(rng(1), { samples, features, covariance });
  const moment = matmul(x, x, { transposeA: true });
  moment.data.forEach((value, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3];
    const [a, b, c] = [covariance.data[4 * i], covariance.data[4 * j], covariance.data[at]];
    // The product of two entries has variance a b + c^2; four deviations of the mean.
    assertLess(Math.abs(value / samples - c), 4 * Math.sqrt((a * b + c * c) / samples));
  });
});

Deno.test("gaussianInputs() takes a spectrum as a diagonal covariance", () => {
  const options = { samples: 5, features: 2 };
  const short = gaussianInputs(rng(2), { ...options, spectrum: [4, 0] });
  const long = gaussianInputs(rng(2), { ...options, covariance: matrix(2, 2, [4, 0, 0, 0]) });
  short.data.forEach((value, at) => assertAlmostEquals(value, long.data[at], 1e-14));
  const plain = gaussianInputs(rng(2), options);
  assertEquals(plain, rng(2).normal([5, 2]));
});

Deno.test("gaussianInputs() refuses covariances that are none", () => {
  const options = { samples: 2, features: 2 };
  const refuses = (extra: Record<string, unknown>, kind: typeof RangeError, text: string) =>
    assertThrows(() => gaussianInputs(rng(1), { ...options, ...extra }), kind, text);
  refuses({ samples: -1 }, RangeError, "samples must be an integer of at least 0: samples is -1");
  refuses({ features: 0 }, RangeError, "features must be an integer of at least 1");
  refuses({ covariance: matrix(2, 2, [1, 2, 2, 1]) }, RangeError, "must be positive semidefinite");
  refuses({ covariance: matrix(2, 2, [-1, 0, 0, -1]) }, RangeError, "positive semidefinite");
  refuses({ covariance: matrix(2, 2, [1, 2, 0, 1]) }, RangeError, "symmetric");
  refuses({ covariance: matrix(1, 1, [1]) }, TypeError, "must have shape [2, 2]: it has [1, 1]");
  refuses({ spectrum: [1] }, RangeError, "spectrum needs 2 variances: its length is 1");
  refuses({ spectrum: [1, -1] }, RangeError, "spectrum[1] is -1");
  refuses({ spectrum: [1, 1], covariance: matrix(2, 2) }, RangeError, "must be given once");
});
