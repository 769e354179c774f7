/**
 * The kinds of array over which the suite of optimizers runs.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { applyUpdate, type ArrayKind, isMatrix, type Matrix, tensorOps } from "resolvent";
import { isTensor, type Tensor, tf } from "../../lib/backend/tf.ts";
import { type BackendName, numbersOf, ROUNDING, useBackend } from "../support/backends.ts";
import type { Opaque } from "./members.ts";

/** A kind of array: how matrices become one, how it is read, and how exact it is. */
export type Arrays<A extends ArrayKind = ArrayKind> = {
  readonly name: string;
  readonly from: (a: Matrix) => A;
  readonly read: (a: A) => Promise<Matrix>;
  /** Makes its backend the one in use. */
  readonly start: () => Promise<unknown>;
  /** Runs what makes arrays, after which only those of its result are left. */
  readonly scope: <T>(run: () => T) => T;
  /** Frees the arrays of a value. */
  readonly free: (value: unknown) => void;
  /** Rounding of a few products and decompositions at sizes below 10, relative to the update. */
  readonly rounding: number;
  /** Number of steps of a descent over a distance of about 5, and how near it must end. */
  readonly descent: { readonly count: number; readonly near: number };
};

/** A step of fixed length with memory of 20 steps ends about 20 * 0.4/300 from the minimum in each direction. */
const LONG = { count: 300, near: 0.06 };

/**
 * Where a step takes 50 ms: the memory is nearly all of the descent, which ends within half of its
 * distance. That the steps are those of matrices, whose descent is long, is a test of its own.
 */
const SHORT = { count: 24, near: 2 };

/** Matrices. */
export const MATRICES: Arrays<Matrix> = {
  name: "matrices",
  from: (a) => a,
  read: (a) => Promise.resolve(a),
  start: () => Promise.resolve(),
  scope: (run) => run(),
  free: () => {},
  rounding: 1e-9,
  descent: LONG,
};

/** Updates come from tens of operations, such as an iteration where a polar factor is one. */
const DEPTH = 10;

/** Tensors on a backend. */
export function tensorsOn(name: BackendName): Arrays<Tensor> {
  return {
    name: `tensors on ${name}`,
    from: tensorOps.constant,
    read: numbersOf,
    start: () => useBackend(name),
    scope: (run) => tf("run a test").tidy(run as () => never),
    free: (value) => arraysIn(value).forEach((a) => isTensor(a) && a.dispose()),
    rounding: DEPTH * ROUNDING[name],
    descent: name === "webgpu" ? SHORT : LONG,
  };
}

/** The arrays of a value, in their order. */
export function arraysIn(value: unknown): readonly ArrayKind[] {
  if (isMatrix(value) || isTensor(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(arraysIn) : [];
}

/** A run along given gradients: each update, and the last state. */
export type Path<A> = { readonly updates: readonly A[]; readonly state: null; readonly w: A };

/** The updates along given gradients. */
export function along<A extends ArrayKind>(
  rule: Opaque,
  gradients: readonly A[],
  start: A,
  from?: null,
): Path<A> {
  let w: A = start;
  let state: null = from === undefined ? rule.init(start) : from;
  const updates = gradients.map((g) => {
    const [update, next] = rule.update(g, state, w);
    [w, state] = [applyUpdate(w, update), next];
    return update;
  });
  return { updates, state, w };
}

/** The updates along given gradients over a kind of array, read at the end. */
export async function path<A extends ArrayKind>(
  arrays: Arrays<A>,
  rule: Opaque,
  gradients: readonly Matrix[],
  start: Matrix,
): Promise<readonly Matrix[]> {
  const { updates } = arrays.scope(() =>
    along(rule, gradients.map(arrays.from), arrays.from(start))
  );
  const found = await Promise.all(updates.map(arrays.read));
  arrays.free(updates);
  return found;
}

/** Asserts that the arrays of two values hold the same numbers, bit for bit, and that there are some. */
export async function assertSameNumbers<A extends ArrayKind>(
  arrays: Arrays<A>,
  actual: unknown,
  expected: unknown,
): Promise<void> {
  const [a, b] = [actual, expected].map((value) => arraysIn(value) as readonly A[]);
  assertEquals(await Promise.all(a.map(arrays.read)), await Promise.all(b.map(arrays.read)));
}
