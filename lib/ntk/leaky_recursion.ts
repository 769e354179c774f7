/**
 * The recursion of infinite width for leaky ReLU (slope 0 is ReLU, -1 is abs), by the angle between
 * two inputs.
 *
 * The plain recursion takes the angle from `k11 k22 - k12^2`, which loses half of the digits where two
 * inputs are nearly parallel. Here this square area is carried from layer to layer as a sum of
 * positive terms, so that the kernels of close and of equal points are as exact as those of others.
 *
 * @module
 */
import type { LayerConstants, LayerPairs } from "./layer_recursion.ts";

/** Nodes of the arctangent per unit: the step to a node is then at most 1/128. */
const PER_UNIT = 64;
/** Below this square sine the area of the first layer is taken from the inputs; above, 1e-14 is lost. */
const NEAR = 1e-4;

/** Constants of the recursion. */
export type LeakyConstants = LayerConstants & {
  /** Slope on the negative side. */
  readonly slope: number;
};

/** The pairs of inputs, their kernels, and what is known of each input. */
export type LeakyPairs = Pick<LayerPairs, "nngp" | "ntk" | "above"> & {
  /** Roots of the variances of the first inputs at each layer, each of length n. */
  readonly first: readonly Float64Array[];
  /** The same of the second inputs, each of length m. */
  readonly second: readonly Float64Array[];
  /** `k11 k22 - k12^2` of the first layer for a pair of nearly parallel inputs. */
  readonly areaOf: (i: number, j: number) => number;
};

/** What is computed along a row, for the pairs of one input with all others. */
type Row = {
  /** `k11 k22 - k12^2`; while a layer is computed `sine^2 / (sqrt(k11 k22) + |k12|)`. */
  readonly areas: Float64Array;
  /** Roots of the areas: `sqrt(k11 k22)` times the sine of the angle. */
  readonly sines: Float64Array;
  /** The angle between u and v, or between u and -v, whichever is smaller. */
  readonly angles: Float64Array;
};

/** Turns the kernels of the first layer into those after the last, in place. */
export function leakyRecursion(constants: LeakyConstants, pairs: LeakyPairs): void {
  const { first, second, nngp, ntk, areaOf, above } = pairs;
  const n = first[0].length, m = second[0].length;
  const arctangents = tableOfArctangents();
  const row: Row = {
    areas: new Float64Array(m),
    sines: new Float64Array(m),
    angles: new Float64Array(m),
  };
  for (let i = 0; i < n; i++) {
    const from = above ? i + 1 : 0;
    const root1 = first[0][i], roots2 = second[0];
    const kernel = nngp.subarray(i * m, (i + 1) * m), tangent = ntk.subarray(i * m, (i + 1) * m);
    for (let j = from; j < m; j++) {
      const k = kernel[j], size = root1 * roots2[j];
      const area = (size - k) * (size + k);
      row.areas[j] = area < NEAR * size * size ? areaOf(i, j) : area;
      tangent[j] = k;
    }
    // Layer by layer along the row: its pairs do not wait for each other.
    for (let layer = 0; layer < constants.layers; layer++) {
      const roots = { root1: first[layer][i], roots2: second[layer] };
      findAngles(row, kernel, roots, from, arctangents);
      stepLayer(constants, row, roots, [kernel, tangent], from);
    }
  }
}

/** Roots of the variances of a pair at one layer. */
type Roots = { readonly root1: number; readonly roots2: Float64Array };

/** The angles of a row, `2 atan(u)` with `u` from 0 to 1: a table and a Taylor step. */
function findAngles(
  { areas, sines, angles }: Row,
  kernel: Float64Array,
  { root1, roots2 }: Roots,
  from: number,
  arctangents: Float64Array,
): void {
  for (let j = from; j < kernel.length; j++) {
    const product = root1 * roots2[j], sine = Math.sqrt(areas[j]);
    const u = product > 0 ? sine / (product + Math.abs(kernel[j])) : 0;
    const node = (u * PER_UNIT + 0.5) | 0, nearest = node / PER_UNIT;
    const step = (u - nearest) / (1 + u * nearest), square = step * step;
    const series = step * (1 - square * (1 / 3 - square * (1 / 5 - square * (1 / 7))));
    angles[j] = 2 * (arctangents[node] + series);
    sines[j] = sine;
    areas[j] = sine * u;
  }
}

/** The kernels of a row and its areas, one layer on. */
function stepLayer(
  { slope, weight, bias }: LeakyConstants,
  { areas, sines, angles }: Row,
  { root1, roots2 }: Roots,
  [kernel, tangent]: readonly [Float64Array, Float64Array],
  from: number,
): void {
  // E s(u) s(v) = slope k12 + (1 - slope)^2 E relu(u) relu(v), split by the sign of k12.
  const straight = weight * slope;
  const whole = weight * (1 + slope * slope) / 2;
  const bent = weight * (1 - slope) * (1 - slope) / (2 * Math.PI);
  const folded = weight * (1 + slope) * (1 + slope) / 2;
  for (let j = from; j < kernel.length; j++) {
    const k = kernel[j], root2 = roots2[j], angle = angles[j], a = Math.abs(k);
    const curved = bent * (sines[j] - angle * a);
    // covariance = weight E s(u) s(v), lack = weight sqrt(E s(u)^2 E s(v)^2) - covariance
    let covariance = curved, lack = whole * areas[j] - curved, rate = bent * angle;
    if (k >= 0) {
      covariance += whole * a;
      rate = whole - rate;
    } else {
      covariance -= straight * a;
      lack += folded * a;
      rate += straight;
    }
    const apart = root1 - root2;
    const area = lack * (whole * root1 * root2 + covariance + 2 * bias) +
      whole * bias * apart * apart;
    areas[j] = area > 0 ? area : 0;
    kernel[j] = covariance + bias;
    tangent[j] = covariance + bias + rate * tangent[j];
  }
}

/** Arctangents of 0, 1/64, ..., 1 and one more for rounding. */
function tableOfArctangents(): Float64Array {
  return Float64Array.from({ length: PER_UNIT + 2 }, (_, i) => Math.atan(i / PER_UNIT));
}
