/**
 * The tests: unit tests, contracts and the fences of the documentation, in two processes.
 *
 * @module
 */
import { deno, type Outcome, said, type Setting, together } from "./stage.ts";
import { filesOf } from "./tree.ts";

/** The test of the gate itself, which is a stage of its own. */
export const BREAK_TEST = "tests/gate/break_test.ts";

/**
 * The tests that take minutes, in the stage that runs notebooks: whole notebooks in Deno's kernel or
 * on WebGPU, and beside them our own kernel in JupyterLab and with other clients.
 */
const NOTEBOOK_TESTS: readonly (readonly string[])[] = [
  [
    "tests/jupyter/notebooks_contract_test.ts",
    "tests/jupyter/lab_guard_contract_test.ts",
    "tests/cli/webgpu_contract_test.ts",
  ],
  ["tests/jupyter/lab_contract_test.ts", "tests/jupyter/clients_contract_test.ts"],
];

/** Tests of time, beside which no others run. */
const ALONE = ["tests/jupyter/latency_contract_test.ts"];

/** Folders whose tests start programs, browsers or kernels; the fast part leaves them out. */
const SLOW: readonly string[] = [
  "tests/notebook/",
  "tests/report/",
  "tests/cli/",
  "tests/jupyter/",
  BREAK_TEST,
];

/** Reads "ok | 12 passed (3 steps) | 0 failed | 1 ignored (2s)", the last line of `deno test`. */
export function summaryOf(output: string): { passed: number; failed: number; ignored: number } {
  const line = [...output.matchAll(/\| (\d+) passed.*?\| (\d+) failed(?:.*?\| (\d+) ignored)?/g)]
    .at(-1);
  const [passed, failed, ignored] = [1, 2, 3].map((at) => Number(line?.[at] ?? 0));
  return { passed, failed, ignored };
}

/** What `deno test` said about failures: from the list of errors on, without one how it ended. */
export function failuresIn(output: string, code: number): string {
  const at = output.search(/^\s*(ERRORS|error:|TS\d+)/m);
  if (at >= 0) return output.slice(at, at + 20_000).trim();
  // Above 128 it was a signal: a crash, perhaps after all tests had passed.
  const end = code > 128 ? `by signal ${code - 128}` : `with code ${code}`;
  return `deno test ended ${end} and told no failure; its last lines:\n${
    output.slice(-2000).trim()
  }`;
}

/** Runs `deno test` and turns its last line into an outcome. */
async function runTests(setting: Setting, args: readonly string[]): Promise<Outcome> {
  const env: Record<string, string> = setting.requireAll ? { RESOLVENT_REQUIRE_ALL: "1" } : {};
  const ran = await deno(setting, ["test", "-A", "--permit-no-files", ...args], env);
  const output = said(ran);
  const { passed, failed, ignored } = summaryOf(output);
  const skips = output.split("\n").filter((line) => /^\s*(Skipped|skipped)\b/.test(line));
  const notes = [...new Set(skips.map((line) => line.trim()))];
  if (ignored > 0) notes.push(`${ignored} tests ignored`);
  if (ran.code === 0) return { passed, faults: [], notes };
  const text = failuresIn(output, ran.code);
  // One entry for each failed test, the text with the first; a type error counts as one.
  return { passed, faults: [text, ...Array(Math.max(0, failed - 1)).fill("")], notes };
}

/** Runs several processes of tests at once, as a test seldom has work for a second core. */
async function runLanes(setting: Setting, lanes: readonly (readonly string[])[]): Promise<Outcome> {
  // Without names of files, all would run.
  const some = lanes.filter((args) => args.length > 0);
  return together(await Promise.all(some.map((args) => runTests(setting, args))));
}

/** Files of tests that start no program and no browser. */
async function unitsOf({ root }: Setting): Promise<readonly string[]> {
  return (await filesOf(root)).filter((path) =>
    path.endsWith("_test.ts") && !SLOW.some((slow) => path.startsWith(slow))
  );
}

/** All tests but those of other stages, and all fences of modules and pages. */
export async function checkTests(setting: Setting): Promise<Outcome> {
  const files = await filesOf(setting.root);
  const units = await unitsOf(setting);
  const elsewhere = [BREAK_TEST, ...NOTEBOOK_TESTS.flat(), ...ALONE, ...units];
  const most = await runLanes(setting, [units, ["--doc", `--ignore=${elsewhere}`]]);
  const alone = await runLanes(setting, [ALONE.filter((path) => files.includes(path))]);
  return together([most, alone]);
}

/** The fast part: tests that start no program and no browser, without the fences. */
export async function checkUnits(setting: Setting): Promise<Outcome> {
  const units = await unitsOf(setting);
  return await runLanes(setting, [0, 1].map((lane) => units.filter((_, at) => at % 2 === lane)));
}

/** The tests that run whole notebooks, or a browser for long. */
export async function checkNotebookTests(setting: Setting): Promise<Outcome> {
  const files = await filesOf(setting.root);
  const lanes = NOTEBOOK_TESTS.map((lane) => lane.filter((path) => files.includes(path)));
  return await runLanes(setting, lanes);
}

/** The test that breaks copies of the tree and sees each stage fail. */
export async function checkGate(setting: Setting): Promise<Outcome> {
  return await runTests(setting, [BREAK_TEST]);
}
