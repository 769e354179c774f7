import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { allNotebooks } from "../../lib/cli/find_notebook.ts";
import { type CodeCell, readNotebook } from "../../lib/notebook/ipynb.ts";
import { jupyterRequirement } from "../support/requirements.ts";
import { executeInKernel, type Execution, plain } from "./kernel.ts";
import { writeKernelspec } from "./lab.ts";

const { ignore } = jupyterRequirement();

const folder = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Where clients find our kernel, and it finds what workers have computed. */
async function ourKernel(): Promise<Readonly<Record<string, string>>> {
  await writeKernelspec(`${folder}/share`);
  return { JUPYTER_PATH: `${folder}/share`, RESOLVENT_RESULTS: `${folder}/results` };
}

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

/** Runs a notebook, without what it has stored. */
async function executed(path: string, how: Execution): Promise<readonly CodeCell[]> {
  const notebook = await readNotebook(path);
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell
  );
  return await executeInKernel({ ...notebook, cells }, { folder: dirname(path), ...how });
}

const NOTEBOOKS = await allNotebooks();

/** Who runs notebooks in which kernel; papermill finds what workers have computed for nbclient. */
const WAYS: Readonly<Record<string, Execution>> = {
  "nbclient in Deno's kernel": { kernel: "deno" },
  "nbclient in our kernel": { kernel: "resolvent" },
  "papermill in our kernel": { kernel: "resolvent", program: "papermill" },
};

for (const [way, how] of Object.entries(WAYS)) {
  /** Runs of all at once, as none has work for every core all the time; begun by the first test. */
  const runs = new Map<string, Promise<readonly CodeCell[]>>();
  for (const { slug, path } of NOTEBOOKS) {
    Deno.test({
      name: `${slug} gives by ${way} the statuses that the script has stored`,
      ignore,
      fn: async () => {
        const env = how.kernel === "deno" ? {} : await ourKernel();
        for (const other of NOTEBOOKS) {
          if (runs.has(other.path)) continue;
          const run = executed(other.path, { ...how, env });
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
}
