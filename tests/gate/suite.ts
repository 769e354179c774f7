/**
 * The tests: unit tests, contracts and the fences of the documentation, in one process.
 *
 * @module
 */
import { deno, type Outcome, said, type Setting } from "./stage.ts";
import { filesOf } from "./tree.ts";

/** The test of the gate itself, which is a stage of its own. */
export const BREAK_TEST = "tests/gate/break_test.ts";

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

/** What `deno test` said about failures: from the list of errors on. */
function failuresIn(output: string): string {
  const at = output.search(/^\s*(ERRORS|error:|TS\d+)/m);
  // Without such a list the end tells most.
  return (at < 0 ? output.slice(-20_000) : output.slice(at, at + 20_000)).trim();
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
  const text = failuresIn(output);
  // One entry for each failed test, the text with the first; a type error counts as one.
  return { passed, faults: [text, ...Array(Math.max(0, failed - 1)).fill("")], notes };
}

/** All tests, and all fences of modules and pages. */
export async function checkTests(setting: Setting): Promise<Outcome> {
  return await runTests(setting, ["--doc", `--ignore=${BREAK_TEST}`]);
}

/** The fast part: tests that start no program and no browser, without the fences. */
export async function checkUnits(setting: Setting): Promise<Outcome> {
  const tests = (await filesOf(setting.root)).filter((path) =>
    path.endsWith("_test.ts") && !SLOW.some((slow) => path.startsWith(slow))
  );
  return await runTests(setting, tests);
}

/** The test that breaks copies of the tree and sees each stage fail. */
export async function checkGate(setting: Setting): Promise<Outcome> {
  return await runTests(setting, [BREAK_TEST]);
}
