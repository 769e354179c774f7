import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { allNotebooks } from "../../lib/cli/find_notebook.ts";
import { type CodeCell, readNotebook } from "../../lib/notebook/ipynb.ts";
import { jupyterRequirement } from "../support/requirements.ts";
import { executeInKernel, plain } from "./kernel.ts";

const { ignore } = jupyterRequirement();

/** A verdict's line: status, at least one space, the claim's name, perhaps notes, a colon. */
const LINE = /^(reproduced|contradicted|differs|inconclusive|not decided) +([a-z0-9-]+\/[^ :]+)/;

/** Statuses by claim, from the verdict cards that cells show. */
function statuses(cells: readonly CodeCell[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const output of cells.flatMap(({ outputs }) => outputs)) {
    if (output.output_type !== "display_data" && output.output_type !== "execute_result") continue;
    const line = plain(output.data["text/plain"] ?? "").match(LINE);
    if (line) found[line[2]] = line[1];
  }
  return found;
}

/** Runs a notebook in the kernel, without what it has stored. */
async function executed(path: string): Promise<readonly CodeCell[]> {
  const notebook = await readNotebook(path);
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell
  );
  return await executeInKernel({ ...notebook, cells }, { folder: dirname(path) });
}

const NOTEBOOKS = await allNotebooks();

/** Runs of all notebooks at once, as none has work for every core all the time; begun by the first test. */
const runs = new Map<string, Promise<readonly CodeCell[]>>();

for (const { slug, path } of NOTEBOOKS) {
  Deno.test({
    name: `${slug} gives in Deno's kernel the statuses that the script has stored`,
    ignore,
    fn: async () => {
      for (const other of NOTEBOOKS) {
        if (runs.has(other.path)) continue;
        const run = executed(other.path);
        run.catch(() => {}); // its own test will throw it
        runs.set(other.path, run);
      }
      const notebook = await readNotebook(path);
      const stored = statuses(notebook.cells.filter((cell) => cell.cell_type === "code"));
      assert(Object.keys(stored).length > 0, "it stores verdicts");
      const shown = await runs.get(path)!;
      assertEquals(statuses(shown), stored);
      assert(shown.every(({ execution_count }) => execution_count !== null));
    },
  });
}
