import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { type LayerScaling, parametrization, type ParametrizationOptions, rng } from "resolvent";
import { assertMoments } from "./moments.ts";
import { exponents, type FirstStep, INPUTS, OUTPUTS } from "./wide_net.ts";

const KINDS = ["standard", "ntk", "mean-field", "mup"] as const;
const OPTIMIZERS = ["sgd", "adam"] as const;
const WIDTHS = [128, 256, 512];
const SEEDS = 8;
/** Exponents deviate by about 0.03 for layers; of outputs by 0.07 with 8 x 8 of them, and corrections. */
const TOLERANCE = 0.08;
const OUTPUT_TOLERANCE = 0.2;

/** Exponents of the width that theory says. */
const THEORY: Readonly<Record<typeof KINDS[number], Readonly<Record<"sgd" | "adam", FirstStep>>>> =
  {
    // One rate for all is not stable: Yang and Hu (2021), table 1, r < 0.
    standard: {
      sgd: { h1: 0, h2: 0, f: 0, dh1: -0.5, dh2: 0.5, df: 1 },
      adam: { h1: 0, h2: 0, f: 0, dh1: 0, dh2: 1, df: 1.5 },
    },
    ntk: {
      sgd: { h1: 0, h2: 0, f: 0, dh1: -0.5, dh2: -0.5, df: 0 },
      adam: { h1: 0, h2: 0, f: 0, dh1: -0.5, dh2: -0.5, df: 0 },
    },
    "mean-field": {
      sgd: { h1: 0, h2: 0, f: -0.5, dh1: 0, dh2: 0, df: 0 },
      adam: { h1: 0, h2: 0, f: -0.5, dh1: 0, dh2: 0, df: 0 },
    },
    mup: {
      sgd: { h1: 0, h2: 0, f: -0.5, dh1: 0, dh2: 0, df: 0 },
      adam: { h1: 0, h2: 0, f: -0.5, dh1: 0, dh2: 0, df: 0 },
    },
  };

/** Variance, multiplier and rate of every layer. */
function table(options: ParametrizationOptions): readonly (readonly number[])[] {
  return parametrization(options).map(({ variance, multiplier, learningRate }) => [
    variance,
    multiplier,
    learningRate,
  ]);
}

for (const kind of KINDS) {
  for (const optimizer of OPTIMIZERS) {
    Deno.test(`parametrization() of ${kind} with ${optimizer} has theory's orders in the width`, () => {
      const found = exponents(
        WIDTHS,
        SEEDS,
        (n) => parametrization({ kind, optimizer, sizes: [INPUTS, n, n, OUTPUTS] }),
        optimizer,
      );
      for (const name of ["h1", "h2", "f", "dh1", "dh2", "df"] as const) {
        const tolerance = name === "f" || name === "df" ? OUTPUT_TOLERANCE : TOLERANCE;
        assertLess(Math.abs(found[name] - THEORY[kind][optimizer][name]), tolerance, name);
      }
    });
  }
}

Deno.test("parametrization() has the values of its table", () => {
  const sizes = [3, 16, 64, 2];
  const given = (kind: typeof KINDS[number], optimizer: "sgd" | "adam") =>
    table({ kind, optimizer, sizes });
  const root = 1 / Math.sqrt(3);
  assertEquals(given("standard", "sgd"), [[1 / 3, 1, 1], [1 / 16, 1, 1], [1 / 64, 1, 1]]);
  assertEquals(given("standard", "adam"), given("standard", "sgd"));
  assertEquals(given("ntk", "sgd"), [[1, root, 1], [1, 1 / 4, 1], [1, 1 / 8, 1]]);
  assertEquals(given("ntk", "adam"), [[1, root, 1 / 4], [1, 1 / 4, 1 / 16], [1, 1 / 8, 1 / 8]]);
  assertEquals(given("mean-field", "sgd"), [[1, root, 16], [1, 1 / 4, 64], [1, 1 / 64, 64]]);
  assertEquals(given("mean-field", "adam"), [[1, root, 1], [1, 1 / 4, 1 / 4], [1, 1 / 64, 1]]);
  assertEquals(given("mup", "sgd"), [[1 / 3, 1, 16], [1 / 16, 1, 1], [1 / 4096, 1, 1 / 64]]);
  assertEquals(given("mup", "adam"), [[1 / 3, 1, 1], [1 / 16, 1, 1 / 16], [1 / 4096, 1, 1 / 64]]);
});

Deno.test("parametrization() names roles and shapes, and scales what the weights add up to", () => {
  const layers = parametrization({ kind: "ntk", sizes: [3, 5, 7, 2], weightVariance: 2 });
  assertEquals(layers.map(({ role, shape }) => [role, ...shape]), [
    ["input", 3, 5],
    ["hidden", 5, 7],
    ["output", 7, 2],
  ]);
  // in the multiplier, as kernels of infinite width mean it; without one, in the weights
  assertEquals(layers.map(({ variance }) => variance), [1, 1, 1]);
  layers.forEach(({ multiplier, shape: [fanIn] }) =>
    assertAlmostEquals(multiplier ** 2 * fanIn, 2, 1e-15)
  );
  const standard = parametrization({ kind: "standard", sizes: [3, 5, 2], weightVariance: 2 });
  assertEquals(standard.map(({ variance }) => variance), [2 / 3, 2 / 5]);
  const shallow = parametrization({ kind: "mup", sizes: [3, 5, 2] });
  assertEquals(shallow.map(({ role }) => role), ["input", "output"]);
});

Deno.test("parametrization() of mean-field and mup train alike, up to a constant of the inputs", () => {
  // A multiplier m may be moved into variance (m^2) and rate (SGD m^2, Adam m) without any change.
  const plain = (layer: LayerScaling, power: number) => [
    layer.multiplier ** 2 * layer.variance,
    layer.multiplier ** power * layer.learningRate,
  ];
  for (const [optimizer, power] of [["sgd", 2], ["adam", 1]] as const) {
    for (const n of [16, 1024]) {
      const sizes = [3, n, n, 1];
      const mup = parametrization({ kind: "mup", optimizer, sizes }).map((l) => plain(l, power));
      const field = parametrization({ kind: "mean-field", optimizer, sizes })
        .map((l) => plain(l, power));
      mup.forEach(([variance, rate], at) => {
        assertAlmostEquals(field[at][0] / variance, 1, 1e-14);
        assertAlmostEquals(field[at][1] / rate, at === 0 ? 3 ** (-power / 2) : 1, 1e-14);
      });
    }
  }
});

Deno.test("parametrization() is what weights drawn by it have", () => {
  for (const { variance, shape } of parametrization({ kind: "mup", sizes: [30, 200, 200, 50] })) {
    const { data } = rng("drawn").normal(shape, { sd: Math.sqrt(variance) });
    assertMoments(data, { variance, kurtosis: 3 });
  }
});

Deno.test("parametrization() refuses kinds and sizes", () => {
  const refuses = (options: unknown, kind: typeof RangeError, text: string) =>
    assertThrows(() => parametrization(options as ParametrizationOptions), kind, text);
  const sizes = [2, 3, 1];
  refuses({ kind: "muP", sizes }, RangeError, 'kind must be one of "standard", "ntk"');
  refuses({ kind: "mup", sizes, optimizer: "muon" }, RangeError, 'optimizer is "muon"');
  refuses({ kind: "mup", sizes: [2, 1] }, RangeError, "at least one hidden layer");
  refuses({ kind: "mup", sizes: [2, 0, 1] }, RangeError, "sizes[1] is 0");
  refuses({ kind: "mup" }, TypeError, "sizes must be a list: sizes is undefined");
  refuses({ kind: "mup", sizes, weightVariance: 0 }, RangeError, "weightVariance is 0");
  refuses(undefined, TypeError, "options must be a record of settings");
});
