/**
 * Notebooks: as programs, as runs, and as files whose outputs are stored.
 *
 * @module
 */
import { byCode, counted, deno, type Outcome, said, type Setting, together } from "./stage.ts";
import { checkNotebookTests } from "./suite.ts";
import { copyTree, filesOf } from "./tree.ts";

/** Seconds that the quick profile may take on two cores, as the reader is promised. */
const QUICK = { withBlas: 60, without: 600 };

/** A promised time is tested at three times its value; machines differ. */
const PATIENCE = 3;

/** Paths of the notebooks of a tree. */
async function notebooksOf(root: string): Promise<readonly string[]> {
  return (await filesOf(root)).filter((path) => /^notebooks\/.*\.ipynb$/.test(path));
}

/** Types and rules of the cells, joined to one module for each notebook. */
export async function checkCells(setting: Setting): Promise<Outcome> {
  const { length } = await notebooksOf(setting.root);
  const checked = byCode(await deno(setting, ["run", "-A", "lib/cli/main.ts", "check"]));
  return { ...checked, passed: checked.passed * length };
}

/** Runs one notebook as a reader would, and holds its time against what is promised. */
async function runOne(setting: Setting, path: string, limit: number): Promise<Outcome> {
  const slug = path.split("/").at(-1)!.replace(/\.ipynb$/, "");
  const start = performance.now();
  const out = `${setting.root}/out`;
  const ran = await deno(setting, [
    "run",
    "-A",
    "lib/cli/main.ts",
    "reproduce",
    slug,
    "--out",
    out,
  ]);
  const seconds = (performance.now() - start) / 1000;
  const time = `${slug}: ${seconds.toFixed(1)} s of ${limit} s`;
  const run = byCode(ran);
  const late = seconds > PATIENCE * limit ? [`${time}, more than ${PATIENCE} times`] : [];
  return together([{ ...run, notes: [time] }, counted(1, late)]);
}

/** What does the linear algebra of a tree, and how to get something faster. */
async function providerOf(setting: Setting): Promise<{ name: string; hint: string | null }> {
  const lines = [
    'import { linalgProvider } from "./mod.ts";',
    "console.log(JSON.stringify(linalgProvider()));",
  ];
  const ran = await deno(setting, ["eval", lines.join("\n")]);
  if (ran.code !== 0) throw new Error(said(ran));
  return JSON.parse(ran.stdout);
}

/** Every notebook, by the command line and as tests run it elsewhere, in a fresh copy of the tree. */
export async function checkRuns(setting: Setting): Promise<Outcome> {
  const { name, hint } = await providerOf(setting);
  const hasBlas = name !== "portable";
  const missing = !hasBlas && setting.requireAll ? [`No BLAS was found: ${hint}`] : [];
  const root = await copyTree(setting.root);
  try {
    const outcomes: Outcome[] = [{ passed: 0, faults: missing, notes: hint ? [hint] : [] }];
    for (const path of await notebooksOf(root)) {
      const limit = hasBlas ? QUICK.withBlas : QUICK.without;
      outcomes.push(await runOne({ ...setting, root }, path, limit));
    }
    outcomes.push(await checkNotebookTests({ ...setting, root }));
    return together(outcomes);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** Stored outputs are those of the cells above them; ledger and catalogue are what they are made of. */
export async function checkStored(setting: Setting): Promise<Outcome> {
  return byCode(await deno(setting, ["run", "-A", "lib/cli/main.ts", "execute", "--check"]));
}
