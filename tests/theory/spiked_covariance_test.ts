import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  eigenvalues,
  marchenkoPasturEdges,
  matmul,
  rng,
  scale,
  spikedCovarianceEigenvalue,
  spikedCovarianceOverlap,
  spikedCovarianceThreshold,
} from "resolvent";

Deno.test("spikedCovarianceEigenvalue() of values known by hand", () => {
  assertEquals(spikedCovarianceEigenvalue(2, { aspectRatio: 1 }), 4.5);
  assertEquals(spikedCovarianceEigenvalue(2, { aspectRatio: 0.25 }), 3.375);
  assertEquals(spikedCovarianceEigenvalue(8, { aspectRatio: 0.25, bulk: 4 }), 13.5);
});

Deno.test("the spike's eigenvalue and overlap meet the bulk at the threshold", () => {
  for (const aspectRatio of [0.1, 0.5, 1, 3]) {
    const options = { aspectRatio, bulk: 2 };
    const threshold = spikedCovarianceThreshold(options);
    const [, edge] = marchenkoPasturEdges(options);
    assertEquals(spikedCovarianceEigenvalue(threshold, options), edge);
    assertEquals(spikedCovarianceOverlap(threshold, options), 0);
    // Eigenvalues leave the edge quadratically, overlaps linearly.
    const above = threshold * (1 + 1e-6);
    assertAlmostEquals(spikedCovarianceEigenvalue(above, options) / edge, 1, 1e-11);
    assertLess(spikedCovarianceOverlap(above, options), 1e-5);
    assertEquals(spikedCovarianceEigenvalue(0, options), edge);
  }
});

Deno.test("the spike is exact with many samples or great strength", () => {
  assertAlmostEquals(spikedCovarianceEigenvalue(3, { aspectRatio: 1e-9 }), 4, 1e-8);
  assertAlmostEquals(spikedCovarianceOverlap(3, { aspectRatio: 1e-9 }), 1, 1e-8);
  assertAlmostEquals(spikedCovarianceOverlap(1e6, { aspectRatio: 2 }), 1, 1e-5);
});

Deno.test("marchenkoPasturEdges() hold the eigenvalues of noise", () => {
  const [samples, features, bulk] = [800, 200, 3];
  const x = rng(1).normal([samples, features], { sd: Math.sqrt(bulk) });
  const values = eigenvalues(scale(matmul(x, x, { transposeA: true }), 1 / samples));
  const [lower, upper] = marchenkoPasturEdges({ aspectRatio: features / samples, bulk });
  // Tracy-Widom fluctuations: k^(-2/3) = 3 % of the edge, a few of them inward.
  assertAlmostEquals(values[0] / lower, 1, 0.15);
  assertAlmostEquals(values[features - 1] / upper, 1, 0.06);
});

Deno.test("the spiked covariance refuses ratios, bulks and strengths out of range", () => {
  assertThrows(
    () => spikedCovarianceEigenvalue(1, { aspectRatio: 0 }),
    RangeError,
    "Cannot compute a spike's eigenvalue as aspectRatio must be a finite number above 0",
  );
  assertThrows(() => spikedCovarianceOverlap(-1, { aspectRatio: 1 }), RangeError, "strength is -1");
  const flat = { aspectRatio: 1, bulk: 0 };
  assertThrows(() => marchenkoPasturEdges(flat), RangeError, "bulk is 0");
  assertThrows(() => spikedCovarianceThreshold({ aspectRatio: NaN }), RangeError, "NaN");
});
