import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import {
  add,
  eigenvalues,
  empiricalNtk,
  frobeniusNorm,
  linearNetwork,
  matmul,
  type Matrix,
  matrix,
  type Mlp,
  mlp,
  type NtkOptions,
  ntkVectorProduct,
  type Params,
  quadraticNetwork,
  rng,
  scale,
  subtract,
  transpose,
} from "resolvent";

/** Models of every parametrisation, with and without biases, of one and several outputs. */
const MODELS: readonly Mlp[] = [
  mlp({ sizes: [3, 4, 2], activation: "tanh" }),
  mlp({ sizes: [3, 6, 5, 3], parametrization: "ntk", weightVariance: 2 }),
  mlp({ sizes: [3, 6, 5, 1], activation: "erf", parametrization: "ntk", biasVariance: 0.01 }),
  mlp({ sizes: [3, 4, 4, 3, 2], activation: "gelu", parametrization: "mup", biasVariance: 1 }),
  quadraticNetwork({ sizes: [3, 4, 2], parametrization: "mean-field" }),
  linearNetwork({ sizes: [3, 4, 2] }),
];

/** Rounding of sums of tens of terms, thrice over. */
const EQUAL = 1e-10;

/** Distance of two matrices relative to the second. */
function relative(a: Matrix, b: Matrix): number {
  return frobeniusNorm(subtract(a, b)) / frobeniusNorm(b);
}

/** The Jacobian by central differences, rows sample by sample: truncation 1e-10, rounding 1e-10. */
function differences(model: Mlp, params: Params, x: Matrix): Matrix {
  const h = 1e-5;
  const columns = Object.entries(params).flatMap(([name, a]) =>
    Array.from(a.data, (_, at) => {
      const [ahead, behind] = [h, -h].map((t) => {
        const data = Float64Array.from(a.data);
        data[at] += t;
        return model.apply({ ...params, [name]: { ...a, data } }, x);
      });
      return scale(subtract(ahead, behind), 1 / (2 * h)).data;
    })
  );
  return matrix(columns[0].length, columns.length, (i, j) => columns[j][i]);
}

/** The mean over outputs of the diagonal blocks. */
function meanOf(full: Matrix, o: number): Matrix {
  return matrix(full.rows / o, full.cols / o, (i, j) => {
    let sum = 0;
    for (let u = 0; u < o; u++) sum += full.data[(i * o + u) * full.cols + j * o + u];
    return sum / o;
  });
}

Deno.test("empiricalNtk() of one hidden layer is the sum over units that is written in textbooks", () => {
  const model = mlp({ sizes: [2, 3, 1], parametrization: "ntk", biasVariance: 0.01 });
  const params = model.init(rng(7));
  const { w1, b1, w2 } = params;
  const x = rng(8).normal([4, 2]);
  const h = matrix(4, 3, (i, k) => {
    const dot = x.data[2 * i] * w1.data[k] + x.data[2 * i + 1] * w1.data[3 + k];
    return dot / Math.sqrt(2) + 0.1 * b1.data[k];
  });
  const expected = matrix(4, 4, (i, j) => {
    const inputs = (x.data[2 * i] * x.data[2 * j] + x.data[2 * i + 1] * x.data[2 * j + 1]) / 2;
    let sum = 0.01; // the bias of the output
    for (let k = 0; k < 3; k++) {
      const a = h.data[3 * i + k], b = h.data[3 * j + k];
      if (a > 0 && b > 0) sum += a * b / 3 + w2.data[k] ** 2 / 3 * (inputs + 0.01);
    }
    return sum;
  });
  for (const method of ["layerwise", "jacobian", "products"] as const) {
    assertLess(relative(empiricalNtk(model, params, x, null, { method }), expected), 1e-14);
  }
});

Deno.test("empiricalNtk() is the product of Jacobians found by differences", () => {
  for (const model of MODELS) {
    const params = model.init(rng(1));
    const x1 = rng(2).normal([4, 3]), x2 = rng(3).normal([3, 3]);
    const [j1, j2] = [x1, x2].map((x) => differences(model, params, x));
    const expected = matmul(j1, transpose(j2));
    const full = empiricalNtk(model, params, x1, x2, { outputs: "full" });
    assertLess(relative(full, expected), 1e-7);
    const o = model.sizes[model.sizes.length - 1];
    assertLess(relative(empiricalNtk(model, params, x1, x2), meanOf(expected, o)), 1e-7);
  }
});

Deno.test("empiricalNtk() is the same by its three methods, in batches or at once", () => {
  for (const model of MODELS) {
    const params = model.init(rng(1));
    const x1 = rng(2).normal([5, 3]), x2 = rng(3).normal([4, 3]);
    for (const outputs of ["full", "mean"] as const) {
      for (const other of [null, x2]) {
        const expected = empiricalNtk(model, params, x1, other, { outputs });
        const ways: readonly NtkOptions[] = [
          { method: "jacobian" },
          { method: "products" },
          { batchSize: 2 },
          { method: "jacobian", batchSize: 3 },
          { method: "products", batchSize: 2 },
        ];
        for (const way of ways) {
          const kernel = empiricalNtk(model, params, x1, other, { ...way, outputs });
          assertLess(relative(kernel, expected), EQUAL);
        }
      }
    }
  }
});

Deno.test("empiricalNtk() of one set of samples is symmetric and has no negative eigenvalue", () => {
  for (const model of MODELS) {
    const params = model.init(rng(1)), x = rng(2).normal([9, 3]);
    for (const method of ["layerwise", "jacobian", "products"] as const) {
      const kernel = empiricalNtk(model, params, x, null, { method, outputs: "full" });
      assertEquals(kernel, transpose(kernel));
      assertGreater(eigenvalues(kernel)[0], -1e-13 * frobeniusNorm(kernel));
    }
    const both = empiricalNtk(model, params, x, rng(2).normal([9, 3]));
    assertLess(relative(empiricalNtk(model, params, x), both), EQUAL);
  }
});

Deno.test("empiricalNtk() is the sum of the kernels of its parameters", () => {
  const model = MODELS[0], params = model.init(rng(1)), x = rng(2).normal([5, 3]);
  for (const method of ["layerwise", "jacobian", "products"] as const) {
    const parts = model.trained.map((name) =>
      empiricalNtk(model, params, x, null, { only: [name], method })
    );
    assertLess(relative(parts.reduce(add), empiricalNtk(model, params, x)), EQUAL);
  }
});

Deno.test("empiricalNtk() does not change with the order of hidden units, and moves with samples", () => {
  const model = mlp({ sizes: [3, 4, 2], biases: false }), { w1, w2 } = model.init(rng(4));
  const order = [2, 0, 3, 1];
  const moved = {
    w1: matrix(3, 4, (i, j) => w1.data[i * 4 + order[j]]),
    w2: matrix(4, 2, (i, j) => w2.data[order[i] * 2 + j]),
  };
  const x = rng(5).normal([4, 3]);
  const kernel = empiricalNtk(model, { w1, w2 }, x);
  assertLess(relative(empiricalNtk(model, moved, x), kernel), EQUAL);
  const turned = empiricalNtk(model, { w1, w2 }, matrix(4, 3, (i, j) => x.data[order[i] * 3 + j]));
  const expected = matrix(4, 4, (i, j) => kernel.data[order[i] * 4 + order[j]]);
  assertLess(relative(turned, expected), EQUAL);
});

Deno.test("empiricalNtk() takes outputs a few at a time where layers are wide", () => {
  const model = mlp({ sizes: [1, 2 ** 15, 3], parametrization: "ntk" });
  const params = model.init(rng(1)), x = rng(2).normal([32, 1]);
  const full = empiricalNtk(model, params, x, null, { outputs: "full" });
  assertLess(relative(empiricalNtk(model, params, x), meanOf(full, 3)), EQUAL);
});

Deno.test("ntkVectorProduct() is the kernel times the vector", () => {
  for (const model of MODELS) {
    const params = model.init(rng(1));
    const x1 = rng(2).normal([5, 3]), x2 = rng(3).normal([4, 3]);
    const o = model.sizes[model.sizes.length - 1];
    const v = rng(4).normal([4, o]);
    const full = empiricalNtk(model, params, x1, x2, { outputs: "full" });
    const expected = matrix(5, o, matmul(full, matrix(4 * o, 1, v.data)).data);
    assertLess(relative(ntkVectorProduct(model, params, x1, v, { from: x2 }), expected), EQUAL);
    const own = empiricalNtk(model, params, x2, null, { outputs: "full", only: ["w1"] });
    const product = ntkVectorProduct(model, params, x2, v, { only: ["w1"] });
    assertLess(relative(product, matrix(4, o, matmul(own, matrix(4 * o, 1, v.data)).data)), EQUAL);
  }
});

Deno.test("empiricalNtk() moves the function as a step of descent does", () => {
  const model = mlp({ sizes: [3, 50, 1], activation: "tanh", parametrization: "ntk" });
  const params = model.init(rng(1)), x = rng(2).normal([4, 3]), v = rng(3).normal([4, 1]);
  const h = 1e-6;
  const change = ntkVectorProduct(model, params, x, v);
  const stepped = Object.fromEntries(
    Object.entries(params).map(([name, a]) => {
      const [j] = [differences(model, params, x)];
      const start = name === "w1" ? 0 : 150;
      const data = a.data.map((value, k) =>
        value + h * v.data.reduce((sum, vi, i) => sum + vi * j.data[i * j.cols + start + k], 0)
      );
      return [name, { ...a, data }];
    }),
  );
  const after = model.apply(stepped, x), before = model.apply(params, x);
  for (let i = 0; i < 4; i++) {
    assertAlmostEquals((after.data[i] - before.data[i]) / h, change.data[i], 1e-4);
  }
});

Deno.test("empiricalNtk() and ntkVectorProduct() refuse what does not fit", () => {
  const model = MODELS[0], params = model.init(rng(1)), x = rng(2).normal([5, 3]);
  assertThrows(
    () => empiricalNtk(model, params, x, null, { method: "fast" as never }),
    RangeError,
    'method must be one of "layerwise", "jacobian", "products": method is "fast"',
  );
  assertThrows(
    () => empiricalNtk(model, params, x, null, { outputs: "trace" as never }),
    RangeError,
    'outputs is "trace"',
  );
  assertThrows(
    () => empiricalNtk(model, params, x, null, { batchSize: 0 }),
    RangeError,
    "batchSize",
  );
  assertThrows(() => empiricalNtk(model, params, x, matrix(2, 2)), TypeError, "rows of 3 numbers");
  assertThrows(
    () => empiricalNtk({ apply: model.apply } as never, params, x as never),
    TypeError,
    "a kernel of matrices needs a model with a trace",
  );
  assertThrows(
    () => ntkVectorProduct(model, params, x, matrix(4, 2)),
    TypeError,
    "v must have the shape [5, 2]: the shape of v is [4, 2]",
  );
});
