/**
 * `check`: notebooks as programs.
 *
 * @module
 */
import { checkNotebooks, shownProblem } from "../notebook/check_notebook.ts";
import { EXIT } from "./failure.ts";
import { findNotebooks, shortPath } from "./find_notebook.ts";

/** Prints what types and lint rules say of the cells; returns the exit code. */
export async function checkCells(wanted: readonly string[]): Promise<number> {
  const found = await findNotebooks(wanted, "check");
  const problems = await checkNotebooks(found.map(({ path }) => shortPath(path)));
  for (const problem of problems) console.error(`error: ${shownProblem(problem)}`);
  if (problems.length > 0) return EXIT.failed;
  console.log(`${found.length} notebooks: types and rules hold`);
  return EXIT.done;
}
