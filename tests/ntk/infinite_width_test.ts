import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  activationFunction,
  eigenvalues,
  infiniteWidthKernels,
  type InfiniteWidthOptions,
  type KernelActivation,
  matmul,
  type Matrix,
  matrix,
  rng,
  scale,
  unitRows,
} from "resolvent";

/** Rounding of a few layers, relative to the entries, which are of order 1. */
const ROUNDING = 1e-13;

const ALL: readonly KernelActivation[] = [
  "identity",
  "relu",
  "leakyRelu",
  { name: "leakyRelu", slope: -0.5 },
  "abs",
  "relu2",
  "gelu",
  "silu",
  "sigmoid",
  "tanh",
  "square",
  "erf",
  { polynomial: [1, 0.5, 0, -0.2] },
];

/** Points on the unit circle at the given angles. */
function circle(...angles: readonly number[]): Matrix {
  return matrix(angles.length, 2, angles.map((t) => [Math.cos(t), Math.sin(t)]));
}

function assertClose(actual: Matrix, expected: Matrix, tolerance: number): void {
  assertEquals([actual.rows, actual.cols], [expected.rows, expected.cols]);
  expected.data.forEach((value, at) => assertAlmostEquals(actual.data[at], value, tolerance));
}

Deno.test("infiniteWidthKernels() of ReLU on the circle are the arc-cosine kernels by hand", () => {
  const network = { hiddenLayers: 1, activation: "relu", inputScaling: "none" } as const;
  for (const t of [0, 1e-9, 1e-4, 0.3, Math.PI / 2, 2, Math.PI - 1e-6, Math.PI]) {
    const { nngp, ntk } = infiniteWidthKernels(network).kernels(circle(0, t));
    const value = (Math.sin(t) + (Math.PI - t) * Math.cos(t)) / (2 * Math.PI);
    assertAlmostEquals(nngp.data[1], value, ROUNDING);
    const tangent = value + Math.cos(t) * (Math.PI - t) / (2 * Math.PI);
    assertAlmostEquals(ntk.data[1], tangent, ROUNDING);
    assertEquals([...nngp.data.slice(0, 1), ...ntk.data.slice(0, 1)], [0.5, 1]);
  }
});

Deno.test("infiniteWidthKernels() of ReLU are exact at every angle", () => {
  const network = { hiddenLayers: 1, activation: "relu", inputScaling: "none" } as const;
  const angles = Array.from({ length: 401 }, (_, i) => Math.PI * i / 401);
  const { nngp, ntk } = infiniteWidthKernels(network).kernels(circle(0), circle(...angles));
  angles.forEach((t, i) => {
    const both = (Math.PI - t) / (2 * Math.PI);
    const value = Math.sin(t) / (2 * Math.PI) + both * Math.cos(t);
    assertAlmostEquals(nngp.data[i], value, 1e-15);
    assertAlmostEquals(ntk.data[i], value + both * Math.cos(t), 1e-15);
  });
});

Deno.test("infiniteWidthKernels() of ReLU resolve lengths that differ by 1e-7, by the biases' angle", () => {
  const network = { hiddenLayers: 1, activation: "relu", biasVariance: 0.25 } as const;
  for (const gap of [1e-7, 1e-5, 1e-3]) {
    const { ntk } = infiniteWidthKernels(network).kernels(matrix(2, 1, [1, 1 + gap]));
    // features (x, 0.5): the angle between (1, 0.5) and (1 + gap, 0.5)
    const cosine = 1.25 + gap, t = Math.atan2(0.5 * gap, cosine);
    const both = (Math.PI - t) / (2 * Math.PI);
    const expected = 0.5 * gap / (2 * Math.PI) + both * cosine + 0.25 + both * cosine;
    assertAlmostEquals(ntk.data[1], expected, 1e-14);
  }
});

Deno.test("infiniteWidthKernels() of deep ReLU on the sphere have the diagonal (depth + 1) x.x", () => {
  const network = { activation: "relu", weightVariance: 2, inputScaling: "none" } as const;
  const x = rng("diagonal").normal([5, 3]);
  for (const hiddenLayers of [0, 1, 4, 30]) {
    const { nngp, ntk } = infiniteWidthKernels({ ...network, hiddenLayers }).kernels(x);
    for (let i = 0; i < 5; i++) {
      const square = 2 * x.data.slice(3 * i, 3 * i + 3).reduce((sum, v) => sum + v * v, 0);
      assertAlmostEquals(nngp.data[6 * i], square, ROUNDING * square);
      assertAlmostEquals(ntk.data[6 * i], (hiddenLayers + 1) * square, 30 * ROUNDING * square);
    }
  }
});

Deno.test("infiniteWidthKernels() of linear networks are inner products by hand", () => {
  const x = matrix(2, 2, [1, 2, 3, -1]), y = matrix(1, 2, [2, 0]);
  const options = { hiddenLayers: 2, activation: "identity", weightVariance: 3 } as const;
  const { nngp, ntk } = infiniteWidthKernels({ ...options, biasVariance: 0.5 }).kernels(x, y);
  // S_1 = 3 x.y / 2 + 0.5, S = 3 S_prev + 0.5, T = S + 3 T_prev
  [2, 6].forEach((product, i) => {
    const first = 1.5 * product + 0.5, second = 3 * first + 0.5, third = 3 * second + 0.5;
    assertAlmostEquals(nngp.data[i], third, ROUNDING * third);
    const tangent = third + 3 * (second + 3 * first);
    assertAlmostEquals(ntk.data[i], tangent, ROUNDING * tangent);
  });
});

Deno.test("infiniteWidthKernels() between points and themselves equal those of the points alone", () => {
  const x = rng("same").normal([6, 4]), copy = matrix(6, 4, Float64Array.from(x.data));
  for (const activation of ALL) {
    const { kernels } = infiniteWidthKernels({ hiddenLayers: 3, activation, biasVariance: 0.1 });
    const own = kernels(x), cross = kernels(x, copy);
    assertClose(cross.nngp, own.nngp, 1e-12);
    assertClose(cross.ntk, own.ntk, 1e-12);
  }
});

Deno.test("infiniteWidthKernels() are symmetric to the last bit and positive semidefinite", () => {
  const x = rng("semidefinite").normal([12, 3]);
  for (const activation of ALL) {
    const { nngp, ntk } = infiniteWidthKernels({ hiddenLayers: 2, activation }).kernels(x);
    for (const kernel of [nngp, ntk]) {
      for (let i = 0; i < 12; i++) {
        for (let j = 0; j < i; j++) {
          assertEquals(kernel.data[12 * i + j], kernel.data[12 * j + i]);
        }
      }
      const values = eigenvalues(kernel);
      assert(values[0] > -1e-10 * values[11], `${JSON.stringify(activation)}: ${values[0]}`);
    }
    // what the tangent kernel has beyond the other is itself a kernel
    const beyond = eigenvalues(matrix(12, 12, ntk.data.map((v, at) => v - nngp.data[at])));
    assert(beyond[0] > -1e-10 * beyond[11]);
  }
});

Deno.test("infiniteWidthKernels() of rectifiers without biases are homogeneous of degree 1 in each input", () => {
  const point = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  });
  const factor = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(point, point, factor, fc.constantFrom(0, -1, 0.3), (x, y, c, slope) => {
      const activation = { name: "leakyRelu", slope } as const;
      const { kernels } = infiniteWidthKernels({ hiddenLayers: 3, activation });
      const a = matrix(1, 3, x.map((v) => Math.abs(v) < 1e-60 ? 0 : v));
      const b = matrix(1, 3, y.map((v) => Math.abs(v) < 1e-60 ? 0 : v));
      const plain = kernels(a, b), scaled = kernels(scale(a, c), b);
      const size = Math.sqrt(kernels(a).ntk.data[0] * kernels(b).ntk.data[0]);
      assertAlmostEquals(scaled.nngp.data[0], c * plain.nngp.data[0], 1e-11 * c * size);
      // the derivative's dual moves by the angle's rounding where the inputs are nearly parallel
      assertAlmostEquals(scaled.ntk.data[0], c * plain.ntk.data[0], 1e-11 * c * size);
    }),
    { numRuns: 200, seed: 4 },
  );
});

Deno.test("infiniteWidthKernels() do not change when the inputs are rotated", () => {
  const x = rng("rotated").normal([5, 2]), t = 0.7;
  const turn = matrix(2, 2, [Math.cos(t), -Math.sin(t), Math.sin(t), Math.cos(t)]);
  for (const activation of ALL) {
    const { kernels } = infiniteWidthKernels({ hiddenLayers: 2, activation, biasVariance: 0.2 });
    assertClose(kernels(matmul(x, turn)).ntk, kernels(x).ntk, 1e-11);
  }
});

Deno.test("infiniteWidthKernels() of ReLU resolve angles of 1e-7 through five layers", () => {
  const network = { activation: "relu", weightVariance: 2, inputScaling: "none" } as const;
  for (const biasVariance of [0, 0.5]) {
    const { kernels } = infiniteWidthKernels({ ...network, hiddenLayers: 5, biasVariance });
    const angles = [1e-7, 1e-6, 1e-5, 1e-4];
    const { ntk } = kernels(circle(0, ...angles));
    // The kernel falls linearly in the angle: the second difference is of higher order.
    const slopes = angles.map((t, i) => (ntk.data[0] - ntk.data[i + 1]) / t);
    for (const slope of slopes) assertAlmostEquals(slope / slopes[3], 1, 1e-3);
    // by hand: each layer's derivative loses t_l / pi of T_l, in units where 2 E relu'(u) relu'(v) = 1 - t/pi
    if (biasVariance === 0) assertAlmostEquals(slopes[0], 2 * 15 / Math.PI, 1e-4);
  }
});

Deno.test("infiniteWidthKernels() take zero vectors, equal and antipodal points", () => {
  const x = matrix(4, 2, [0, 0, 1, 1, 1, 1, -1, -1]);
  for (const activation of ALL) {
    for (const biasVariance of [0, 0.1]) {
      const { kernels } = infiniteWidthKernels({ hiddenLayers: 2, activation, biasVariance });
      const { nngp, ntk } = kernels(x);
      for (const { data } of [nngp, ntk]) {
        assertAlmostEquals(data[1 * 4 + 2], data[1 * 4 + 1], 1e-7 * (1 + data[5]));
        assertEquals(data.every(Number.isFinite), true);
      }
    }
  }
  const { ntk } = infiniteWidthKernels({ hiddenLayers: 2, activation: "relu" }).kernels(x);
  assertEquals([...ntk.data.slice(0, 4)], [0, 0, 0, 0]);
  const even = infiniteWidthKernels({ hiddenLayers: 2, activation: "abs" }).kernels(x);
  assertAlmostEquals(even.nngp.data[1 * 4 + 3], even.nngp.data[1 * 4 + 1], ROUNDING);
});

Deno.test("infiniteWidthKernels() by layers end with the kernels and begin with the inputs", () => {
  const x = rng("layers").normal([3, 2]), y = rng("others").normal([2, 2]);
  const options = { activation: "erf", weightVariance: 1.5, biasVariance: 0.2 } as const;
  const layers = infiniteWidthKernels({ ...options, hiddenLayers: 3 }).layers(x, y);
  assertEquals(layers.length, 4);
  layers.forEach((layer, hiddenLayers) => {
    assertEquals(layer, infiniteWidthKernels({ ...options, hiddenLayers }).kernels(x, y));
  });
  const first = matmul(x, y, { transposeB: true }).data.map((v) => 0.75 * v + 0.2);
  assertEquals(layers[0].nngp.data, first);
  assertEquals(layers[0].ntk.data, first);
});

Deno.test("infiniteWidthKernels() take a function with its derivative for the name", () => {
  const x = unitRows(rng("function").normal([4, 3]));
  const tanh = { f: Math.tanh, derivative: (h: number) => 1 / Math.cosh(h) ** 2 };
  const relu = { f: activationFunction("relu"), derivative: (h: number) => h > 0 ? 1 : 0 };
  for (const [given, name] of [[tanh, "tanh"], [relu, "relu"]] as const) {
    const options = { hiddenLayers: 1, weightVariance: 1.5, inputScaling: "none" } as const;
    const own = infiniteWidthKernels({ ...options, activation: given }).kernels(x);
    const named = infiniteWidthKernels({ ...options, activation: name }).kernels(x);
    assertClose(own.nngp, named.nngp, 1e-10);
    assertClose(own.ntk, named.ntk, 1e-10);
  }
});

Deno.test("infiniteWidthKernels() on no points are empty", () => {
  const { kernels } = infiniteWidthKernels({ hiddenLayers: 2, activation: "relu" });
  const { nngp, ntk } = kernels(matrix(0, 3), matrix(2, 3));
  assertEquals([nngp.rows, nngp.cols, ntk.rows, ntk.cols], [0, 2, 0, 2]);
});

Deno.test("infiniteWidthKernels() refuse settings and inputs that they cannot use", () => {
  const options: InfiniteWidthOptions = { hiddenLayers: 1, activation: "relu" };
  const refused: readonly (readonly [Partial<InfiniteWidthOptions>, string])[] = [
    [{ hiddenLayers: -1 }, "hiddenLayers must be an integer of at least 0"],
    [{ weightVariance: 0 }, "weightVariance must be a finite number above 0"],
    [{ biasVariance: -1 }, "biasVariance must be a finite number at least 0"],
    [{ inputScaling: "d" as "none" }, "inputScaling must be one of"],
    [{ activation: "swish" as "relu" }, "activation must be one of"],
  ];
  for (const [change, text] of refused) {
    assertThrows(() => infiniteWidthKernels({ ...options, ...change }), RangeError, text);
  }
  const { kernels } = infiniteWidthKernels(options);
  assertThrows(() => kernels(matrix(1, 2), matrix(1, 3)), TypeError, "one number of columns");
  assertThrows(() => kernels(matrix(2, 0)), TypeError, "of at least 1");
  assertThrows(() => kernels(matrix(1, 1, [NaN])), RangeError, "every entry must be finite");
  assertThrows(
    () => kernels(matrix(1, 1, [1e-90])),
    RangeError,
    "every variance must be 0 or from",
  );
});
