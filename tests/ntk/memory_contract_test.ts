/**
 * What a tangent kernel needs of memory: that of the kernel and of activations, not of a Jacobian.
 *
 * @module
 */
import { assert, assertGreater, assertLess } from "@std/assert";
import { empiricalNtk, type Mlp, mlp, type NtkOptions, rng, tensorOps } from "resolvent";
import { onDevice, onEveryBackend } from "../support/backends.ts";

/** Networks whose numbers of parameters grow with the square of their width: 6,000 to 81,000. */
const WIDTHS = [50, 100, 200] as const;
const SAMPLES = [8, 24, 64] as const;
const OUTPUTS = 5;

/** A network of two hidden layers. */
function network(width: number): Mlp {
  const sizes = [20, width, width, OUTPUTS];
  return mlp({ sizes, parametrization: "ntk", biasVariance: 0.1 });
}

/** Number of parameters. */
function parameters({ sizes }: Mlp): number {
  return sizes.slice(1).reduce((sum, fanOut, l) => sum + (sizes[l] + 1) * fanOut, 0);
}

/**
 * Numbers that are made for a kernel, layer by layer, of which at most all are held at once. Squares: for
 * each of the two arrays of parameters of a layer at most the product of derivatives, that of inputs, both
 * multiplied, scaled and added, and four more at the end. Rows: for each unit its input, sum, output and
 * slope, and for each output the derivative before and after the slope, and what it is multiplied by.
 * The library of tensors counts the same numbers in another shape once more: `shapes` is 2 there.
 */
function bound({ sizes }: Mlp, n: number, shapes = 1): number {
  const layers = sizes.length - 1, units = sizes.reduce((sum, size) => sum + size, 0);
  return shapes * ((2 * 5 * layers + 4) * n ** 2 + (4 + 3 * OUTPUTS) * units * n);
}

/** Numbers of a Jacobian: a row for each output of each sample. */
function jacobian(model: Mlp, n: number): number {
  return n * OUTPUTS * parameters(model);
}

/** Numbers in all arrays of float64 that `work` makes. */
function numbersMade(work: () => unknown): number {
  const plain = Float64Array;
  let count = 0;
  const counting = new Proxy(plain, {
    construct(target, args) {
      const made: Float64Array = Reflect.construct(target, args, target);
      if (!(args[0] instanceof ArrayBuffer)) count += made.length; // a view makes none
      return made;
    },
  });
  try {
    // both ways: by its name, and by methods of arrays, which ask an array for its constructor
    globalThis.Float64Array = counting;
    plain.prototype.constructor = counting;
    work();
  } finally {
    plain.prototype.constructor = plain;
    globalThis.Float64Array = plain;
  }
  return count;
}

/** Numbers that a kernel in float64 makes. */
function madeFor(model: Mlp, n: number, options: NtkOptions): number {
  const params = model.init(rng(1)), x = rng(2).normal([n, 20]);
  return numbersMade(() => empiricalNtk(model, params, x, null, options));
}

Deno.test("the count of numbers sees arrays by whichever way they are made", () => {
  const given = Float64Array.of(1, 2, 3);
  assert(numbersMade(() => new Float64Array(7)) === 7);
  assert(numbersMade(() => Float64Array.from([1, 2])) === 2);
  assert(numbersMade(() => given.map((v) => v)) === 3 && numbersMade(() => given.slice(1)) === 2);
  assert(numbersMade(() => given.subarray(1)) === 0 && numbersMade(() => given[0]) === 0);
  assert(new Float64Array(1).constructor === Float64Array);
});

Deno.test("empiricalNtk() layer by layer needs memory of n² and of activations, not of parameters", () => {
  for (const width of WIDTHS) {
    const model = network(width);
    for (const n of SAMPLES) {
      const made = madeFor(model, n, { method: "layerwise" });
      assertGreater(made, n ** 2);
      assertLess(made, bound(model, n), `${width} units, ${n} samples`);
    }
  }
  // the bound says something: a Jacobian alone is above it, and the method that makes one is as well
  const [model, n] = [network(200), 4];
  assertGreater(jacobian(model, n), 10 * bound(model, n));
  assertGreater(madeFor(model, n, { method: "jacobian" }), jacobian(model, n));
});

await onEveryBackend(
  (name) => `empiricalNtk() layer by layer needs memory of n² and of activations on ${name}`,
  async ({ tf }) => {
    const model = network(100), params = model.init(rng(1));
    /** The most numbers that are held at once for a kernel, without what it is given. */
    async function held(n: number, options: NtkOptions): Promise<number> {
      const device = onDevice(params), x = tensorOps.constant(rng(2).normal([n, 20]));
      const before = tf.memory().numBytes;
      const { peakBytes } = await tf.profile(() =>
        empiricalNtk(model, device, x, null, options).dispose()
      );
      tf.dispose([...Object.values(device), x]);
      return (peakBytes - before) / 4;
    }
    for (const n of [8, 32]) {
      const most = await held(n, { method: "layerwise" });
      assertGreater(most, n ** 2);
      assertLess(most, bound(model, n, 2), `${n} samples`);
    }
    assertGreater(await held(2, { method: "jacobian" }), jacobian(model, 2));
  },
);
