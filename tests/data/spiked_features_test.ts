import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  eigenvalues,
  eigh,
  identity,
  matmul,
  type Matrix,
  matrix,
  rng,
  scale,
  spikedCovarianceEigenvalue,
  spikedCovarianceOverlap,
  spikedFeatures,
  stableRank,
} from "resolvent";

/** Rounding of eigenvalues of order 10 to 1000. */
const ROUNDING = 1e-11;

/** The sample second moment A^T A / n. */
function sampleMoment(features: Matrix): Matrix {
  return scale(matmul(features, features, { transposeA: true }), 1 / features.rows);
}

function assertClose(a: Matrix, b: Matrix, tolerance: number): void {
  a.data.forEach((value, at) => assertAlmostEquals(value, b.data[at], tolerance));
}

Deno.test("spikedFeatures() has the second moment sum of spikes plus bulk", () => {
  const { secondMoment, directions } = spikedFeatures(rng(1), {
    samples: 2,
    dimension: 2,
    spikes: [{ strength: 10, direction: [3, 4] }],
    bulk: 2,
  });
  assertClose(directions, matrix(1, 2, [0.6, 0.8]), 1e-15);
  assertClose(secondMoment, matrix(2, 2, [5.6, 4.8, 4.8, 8.4]), 1e-14);
});

Deno.test("spikedFeatures() draws directions that are orthonormal", () => {
  const spikes = [{ strength: 4 }, { strength: 2, direction: [0, 0, 1, 0, 0] }, { strength: 1 }];
  const { directions } = spikedFeatures(rng(2), { samples: 3, dimension: 5, spikes });
  const gram = matmul(directions, directions, { transposeB: true });
  [0, 4, 8].forEach((at) => assertAlmostEquals(gram.data[at], 1, ROUNDING));
  assertAlmostEquals(gram.data[2], 0, ROUNDING);
  assertEquals([...directions.data.slice(5, 10)], [0, 0, 1, 0, 0]);
});

Deno.test("spikedFeatures() is exact where asked: B = I + 10 k u u^T", () => {
  const k = 20;
  const options = { samples: 60, dimension: k, spikes: [{ strength: 10 * k }], exact: true };
  const { features, secondMoment } = spikedFeatures(rng(3), options);
  assertClose(sampleMoment(features), secondMoment, 200 * ROUNDING);
  assertAlmostEquals(stableRank(features), (k + 10 * k) / (1 + 10 * k), ROUNDING);
  const covariance = matrix(k, k, (i, j) => i === j ? 1 + i : 0);
  const shaped = spikedFeatures(rng(3), { ...options, bulk: covariance });
  assertClose(sampleMoment(shaped.features), shaped.secondMoment, 200 * ROUNDING);
});

Deno.test("spikedFeatures() without spikes is the bulk", () => {
  const bulk = matrix(2, 2, [2, 1, 1, 2]);
  const [samples, dimension] = [40_000, 2];
  const drawn = spikedFeatures(rng(4), { samples, dimension, spikes: [], bulk });
  assertEquals(drawn.secondMoment, bulk);
  // Entries of the sample moment deviate by sqrt((4 + 1 or 4) / n): 0.015 at most.
  assertClose(sampleMoment(drawn.features), bulk, 4 * 0.015);
  const plain = spikedFeatures(rng(4), { samples: 2, dimension, spikes: [] });
  assertEquals(plain.secondMoment, identity(2));
});

Deno.test("spikedFeatures() follows Baik, Ben Arous and Peche above and below the threshold", () => {
  // k/n = 1/2: the threshold is 0.71 of the bulk. Top eigenvalue and overlap fluctuate by k^(-1/2),
  // at the threshold's edge by k^(-2/3): 0.06 and 0.02 at k = 300; the mean of four halves that.
  const [samples, dimension, bulk] = [600, 300, 3];
  const aspect = { aspectRatio: dimension / samples, bulk };
  for (const strength of [0.9, 6, 30]) {
    let [eigenvalue, overlap] = [0, 0];
    for (const key of rng("bbp").fork(strength).split(4)) {
      const spikes = [{ strength }];
      const drawn = spikedFeatures(key, { samples, dimension, spikes, bulk });
      const { values, vectors } = eigh(sampleMoment(drawn.features));
      const top = matmul(drawn.directions, vectors).data[dimension - 1];
      eigenvalue += values[dimension - 1] / 4;
      overlap += top * top / 4;
    }
    const expected = spikedCovarianceEigenvalue(strength, aspect);
    assertLess(Math.abs(eigenvalue / expected - 1), 0.06, `eigenvalue at ${strength}`);
    const cosine = spikedCovarianceOverlap(strength, aspect);
    assertLess(Math.abs(overlap - cosine), 0.05, `overlap at ${strength}`);
  }
});

Deno.test("spikedFeatures() of several spikes puts each where it stands alone", () => {
  const [samples, dimension] = [1200, 300];
  const strengths = [40, 10];
  const spikes = strengths.map((strength) => ({ strength }));
  const { features } = spikedFeatures(rng(5), { samples, dimension, spikes });
  const values = eigenvalues(sampleMoment(features));
  strengths.forEach((strength, i) => {
    const expected = spikedCovarianceEigenvalue(strength, { aspectRatio: dimension / samples });
    // The spike's own variance fluctuates by sqrt(2/n) = 4 %; four deviations.
    assertLess(Math.abs(values[dimension - 1 - i] / expected - 1), 0.16);
  });
  assert(values[dimension - 3] < 2.25 * 1.05); // the bulk's edge (1 + 1/2)^2
});

Deno.test("spikedFeatures() refuses spikes and sizes that make no sense", () => {
  const options = { samples: 4, dimension: 3, spikes: [{ strength: 1 }] };
  const refuses = (extra: Record<string, unknown>, kind: typeof RangeError, text: string) =>
    assertThrows(() => spikedFeatures(rng(1), { ...options, ...extra }), kind, text);
  refuses({ dimension: 5, exact: true }, RangeError, "samples must be an integer of at least 5");
  refuses({ spikes: [{ strength: -1 }] }, RangeError, "spikes[0].strength is -1");
  refuses(
    { spikes: Array(4).fill({ strength: 1 }) },
    RangeError,
    "the number of random directions",
  );
  const short = [{ strength: 1, direction: [1, 0] }];
  refuses({ spikes: short }, TypeError, "spikes[0].direction needs 3 entries");
  const zero = [{ strength: 1, direction: [0, 0, 0] }];
  refuses({ spikes: zero }, RangeError, "the length of spikes[0].direction is 0");
  refuses({ bulk: -1 }, RangeError, "bulk is -1");
  refuses({ spikes: undefined }, TypeError, "spikes must be a list, which may be empty");
  refuses({ bulk: matrix(2, 2) }, TypeError, "bulk must be a number or have shape [3, 3]");
  refuses({ bulk: matrix(3, 3, (i, j) => i === j ? -1 : 0) }, RangeError, "positive semidefinite");
});
