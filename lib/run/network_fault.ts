/**
 * Where a run became something else than finite: its last steps are taken again, and each is read.
 *
 * @module
 */
import { toMatrix } from "../backend/crossing.ts";
import type { Matrix } from "../matrix.ts";
import { checkFinite, checkValue } from "./finite.ts";
import { matricesOf, release } from "./network_arrays.ts";
import { lossAt, type Point, type Problem, takeStep } from "./network_step.ts";

/**
 * Throws what was first not finite in the steps from a point that is, up to the loss at step `end`;
 * returns if there is nothing, as when a loss does not depend on its arguments alone.
 */
export async function throwFirstFault(problem: Problem, from: Point, end: number): Promise<void> {
  let point = from;
  try {
    while (point.step < end) {
      const { step } = point;
      const { next, loss, seen } = takeStep(
        problem,
        point,
        ({ gradient, update }) => ({ gradient, update }),
      );
      const before = point;
      point = next;
      release(before, from, next);
      try {
        checkValue("loss", (await toMatrix(loss)).data[0], `at step ${step}`);
        checkFinite("gradient", await read(seen.gradient), `at step ${step}`);
        checkFinite("update", await read(seen.update), `at step ${step}`);
        checkFinite("parameter", await read(next.params), `after step ${step}`);
      } finally {
        release([loss, seen], from, next);
      }
    }
    const last = lossAt(problem, point);
    const { data } = await toMatrix(last).finally(() => last.dispose());
    checkValue("loss", data[0], `at step ${end}`);
  } finally {
    release(point, from);
  }
}

/** Reads a record of tensors. */
async function read(record: Point["params"]): Promise<Readonly<Record<string, Matrix>>> {
  return await matricesOf(record) as Readonly<Record<string, Matrix>>;
}
