import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { type Matrix, rng, scaled, type ScaledOptions } from "resolvent";
import { assertMoments } from "./moments.ts";

const SHAPE = [80, 320] as const;
/** Fourth moment over the square of the second: 3, 9/5, and of a normal number cut at two deviations. */
const KURTOSIS = { normal: 3, uniform: 9 / 5, "truncated normal": 2.3655 } as const;
const FANS = { in: 80, out: 320, average: 200 } as const;

/** Draws of the same shape. */
function draw(options: ScaledOptions): Matrix {
  return scaled(rng("scaled"), SHAPE, options);
}

Deno.test("scaled() has mean 0, variance gain^2 / fan and the distribution's fourth moment", () => {
  for (const distribution of ["normal", "uniform", "truncated normal"] as const) {
    for (const fan of ["in", "out", "average"] as const) {
      const { data } = draw({ fan, gain: 1.5, distribution });
      assertMoments(data, { variance: 1.5 ** 2 / FANS[fan], kurtosis: KURTOSIS[distribution] });
    }
  }
});

Deno.test("scaled() by default is N(0, 1 / in)", () => {
  assertEquals(draw({}), rng("scaled").normal(SHAPE, { sd: 1 / Math.sqrt(80) }));
  assertEquals(scaled(rng("scaled"), SHAPE), draw({ fan: "in", gain: 1, distribution: "normal" }));
});

Deno.test("scaled() keeps to the edges of bounded distributions, and reaches them", () => {
  // PyTorch's default of a linear layer.
  const uniform = draw({ gain: 1 / Math.sqrt(3), distribution: "uniform" }).data;
  const most = uniform.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  assert(most <= 1 / Math.sqrt(80) && most > 0.999 / Math.sqrt(80));
  // 0.87962566103423978: the deviation that is left of a normal number cut at two, as in scipy's
  // truncnorm(-2, 2).std().
  const cut = draw({ distribution: "truncated normal" }).data;
  const edge = 2 / 0.87962566103423978 / Math.sqrt(80);
  const widest = cut.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  assert(widest <= edge * (1 + 1e-12) && widest > 0.999 * edge);
});

Deno.test("scaled() of a truncated normal has the normal's density within the cut", () => {
  // P(|z| < 1 | |z| < 2) = 0.68268949 / 0.95449974, by the tables of the normal distribution.
  const { data } = draw({ distribution: "truncated normal" });
  const one = 1 / 0.87962566103423978 / Math.sqrt(80);
  const share = data.filter((value) => Math.abs(value) < one).length / data.length;
  const expected = 0.6826894921 / 0.9544997361;
  assertLess(Math.abs(share - expected), 4 * Math.sqrt(expected * (1 - expected) / data.length));
});

Deno.test("scaled() keeps the size of pre-activations: He for ReLU, Glorot at equal sides", () => {
  // Mean square over 320 units of one input with mean square 1; it deviates by sqrt(2/320) = 8 %.
  const x = rng("x").normal(80);
  const power = x.reduce((sum, value) => sum + value * value, 0) / 80;
  const { rows, cols, data } = draw({ gain: Math.SQRT2, distribution: "uniform" });
  let square = 0;
  for (let j = 0; j < cols; j++) {
    let h = 0;
    for (let i = 0; i < rows; i++) h += x[i] * data[i * cols + j];
    square += Math.max(h, 0) ** 2 / cols;
  }
  // The mean square after ReLU deviates by sqrt(5/320) = 0.125 of itself.
  assertAlmostEquals(square / power, 1, 4 * 0.125);
  const [a, b] = (["average", "in"] as const).map((fan) => scaled(rng(1), [9, 9], { fan }));
  assertEquals(a, b);
});

Deno.test("scaled() refuses what it cannot use", () => {
  const refuses = (options: unknown, kind: typeof RangeError, text: string) =>
    assertThrows(() => scaled(rng(1), [2, 3], options as ScaledOptions), kind, text);
  refuses({ fan: "mean" }, RangeError, 'fan must be one of "in", "out", "average": fan is "mean"');
  refuses({ gain: 0 }, RangeError, "gain must be a finite number above 0: gain is 0");
  refuses({ distribution: "gauss" }, RangeError, 'distribution is "gauss"');
  refuses(null, TypeError, "options must be a record of settings");
  assertThrows(() => scaled(rng(1), [0, 3]), RangeError, "rows must be an integer of at least 1");
  assertThrows(() => scaled(rng(1), [3] as never), TypeError, "shape must be [rows, cols]");
  assertThrows(() => scaled(1 as never, [3, 3]), TypeError, "it needs a random key");
});
