/**
 * Norms and polar factors of tensors, without a read where reads must be awaited.
 *
 * @module
 */
import { type NewtonSchulzOptions, newtonSchulzPlan } from "../linalg/newton_schulz.ts";
import { type Polar, polarWithin } from "../linalg/polar.ts";
import {
  type PolarExpressOptions,
  polarExpressPlan,
  widePolarPlan,
} from "../linalg/polar_express.ts";
import { type IterationOps, type QuinticPlan, quinticSteps } from "../linalg/quintic_iteration.ts";
import type { Matrix } from "../matrix.ts";
import { sides } from "./tensor_blocks.ts";
import { type Scalar, type Tensor, type Tf, tf } from "./tf.ts";

/** Smallest normal and largest finite number of float32. */
const TINY = 2 ** -126, HUGE = (2 - 2 ** -23) * 2 ** 127;

/** Distance from 1 to the next number of float32. */
const EPSILON = 2 ** -23;

/** `a min(1, max / ‖a‖_F)`. */
export function clipNorm(a: Tensor, max: number): Tensor {
  const library = tf("clip a tensor");
  if (a.size === 0) return library.clone(a);
  const limit = Math.max(TINY, Math.min(max, HUGE));
  return library.tidy(() => {
    const { unit, norm } = normOf(library, a);
    // ‖a‖ / limit in two factors of at least 1, as it may itself overflow
    const share = library.div(unit, limit);
    const rest = library.maximum(library.mul(norm, library.minimum(share, 1)), 1);
    return library.div(library.div(a, library.maximum(share, 1)), rest);
  });
}

/** Newton-Schulz on the device. */
export function newtonSchulz(a: Tensor, options: NewtonSchulzOptions = {}): Tensor {
  return iterated("orthogonalise by Newton-Schulz", a, newtonSchulzPlan(options));
}

/** Polar Express on the device. */
export function polarExpress(a: Tensor, options: PolarExpressOptions = {}): Tensor {
  return iterated("orthogonalise by Polar Express", a, polarExpressPlan(options));
}

/**
 * The polar factor over the numerical range of float32: a decomposition in float64 where reads do not
 * wait, {@linkcode devicePolar} elsewhere.
 */
export function polar(a: Tensor): Tensor {
  const library = tf("compute a polar factor");
  if (!readsAtOnce(library)) return devicePolar(a);
  return crossed(library, a, ({ factor }) => factor.data);
}

/** c times nuclear norm times polar factor; the norm is `<polar(A), A>` where the factor is. */
export function nuclearPolar(a: Tensor, c: number): Tensor {
  const library = tf("compute a polar factor");
  if (readsAtOnce(library)) {
    return crossed(library, a, ({ factor, singularValues }) => {
      const length = c * singularValues.reduce((sum, s) => sum + s, 0);
      return factor.data.map((entry) => length * entry);
    });
  }
  if (a.size === 0) return library.clone(a);
  return library.tidy(() => {
    const factor = devicePolar(a);
    const nuclear = library.sum(library.mul(factor, a));
    return library.mul(factor, library.mul(nuclear, c));
  });
}

/**
 * The polar factor by products alone: 11 polynomials that are best for singular values from 1e-5 of
 * the Frobenius norm, without a read.
 *
 * In float64 those values would go to 1 up to 1e-11. In float32 rounding mixes the directions: for
 * the smallest singular value s the factor is off by at most `2^-17 + 2^-24 ‖A‖_F / s` in the spectral
 * norm (measured, with room to spare). Smaller values fade out where a decomposition would cut them
 * off: 1e-6 of the norm goes to about 0.5, 1e-8, which is rounding of the entries, to below 0.006.
 */
export function devicePolar(a: Tensor): Tensor {
  return iterated("compute a polar factor", a, widePolarPlan());
}

/** The polynomials of a plan in turn; one new tensor is left. */
function iterated(doing: string, a: Tensor, plan: QuinticPlan): Tensor {
  const library = tf(doing);
  sides(doing, a);
  if (a.size === 0) return library.clone(a);
  return library.tidy(() => quinticSteps(tensorIteration(library), a, plan));
}

/** The operations of the iteration. */
function tensorIteration(library: Tf): IterationOps<Tensor> {
  return {
    shape: (a) => a.shape,
    transpose: (a) => library.transpose(a),
    overNorm: (a, factor, epsilon) => {
      const { unit, norm } = normOf(library, a);
      const size = library.add(library.mul(norm, factor), library.div(epsilon, unit));
      return library.div(library.div(a, unit), library.maximum(size, TINY));
    },
    productTransposed: (a, b) => library.matMul(a, b, false, true),
    product: (a, b) => library.matMul(a, b),
    combination: (x, c, y, d) => {
      const second = d === 1 ? y : library.mul(y, d);
      return library.add(library.mul(x, c), second);
    },
  };
}

/** The largest size of an entry, at least TINY, and the Frobenius norm in that unit: no overflow. */
function normOf(library: Tf, a: Tensor): { readonly unit: Scalar; readonly norm: Scalar } {
  const unit = library.maximum(library.max(library.abs(a)), TINY);
  const norm = library.sqrt(library.sum(library.square(library.div(a, unit))));
  return { unit: unit as Scalar, norm: norm as Scalar };
}

/** Whether a tensor's numbers can be had without waiting. */
function readsAtOnce(library: Tf): boolean {
  return library.getBackend() !== "webgpu";
}

/** What a float64 decomposition gives, as a tensor. */
function crossed(library: Tf, a: Tensor, take: (found: Polar) => Float64Array): Tensor {
  const [rows, cols] = sides("compute a polar factor", a);
  const matrix: Matrix = { rows, cols, data: Float64Array.from(a.dataSync()) };
  const found = polarWithin(matrix, Math.max(rows, cols) * EPSILON);
  return library.tensor2d(Float32Array.from(take(found)), [rows, cols]);
}
