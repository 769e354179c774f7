/**
 * The gate: runs its stages in order and ends with the line "N passed, N failed".
 *
 * ```sh
 * deno task test                          # the whole gate
 * deno task test --only fmt,lint          # some stages
 * deno task test --root DIR --only docs   # on another tree
 * deno task test --update-names           # writes the list and the table of public names
 * ```
 *
 * @module
 */
import { parseArgs } from "node:util";
import { type Outcome, runStage, type Stage } from "./stage.ts";
import { FAST, pick, STAGES, STATIC } from "./stages.ts";

/** Writes the lines of one stage. */
function print(stage: Stage, { passed, faults, notes = [] }: Outcome, seconds: number): void {
  const verdict = faults.length === 0 ? "ok  " : "FAIL";
  const time = `${seconds.toFixed(1)} s of ${stage.limit} s`;
  const counts = `${passed} passed, ${faults.length} failed`;
  console.log(
    `${verdict}  ${stage.name.padEnd(9)}  ${time.padEnd(18)}  ${counts.padEnd(24)}  ${stage.title}`,
  );
  for (const line of notes) console.log(`      ${line}`);
  for (const fault of faults) {
    if (fault !== "") console.log(fault.split("\n").map((line) => `      ${line}`).join("\n"));
  }
}

/** Names of the stages that the options ask for. */
function chosen(options: { only?: string; unit?: boolean; static?: boolean }): readonly string[] {
  if (options.only !== undefined) return options.only.split(",");
  if (options.unit) return FAST;
  if (options.static) return STATIC;
  return STAGES.map(({ name }) => name);
}

/** Runs the gate and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      root: { type: "string" },
      only: { type: "string" },
      unit: { type: "boolean" },
      static: { type: "boolean" },
      "update-names": { type: "boolean" },
    },
  });
  const root = await Deno.realPath(values.root ?? new URL("../../", import.meta.url).pathname);
  if (values["update-names"]) {
    const { LIST, updateNames } = await import("./names.ts");
    const signal = new AbortController().signal;
    const count = await updateNames({ root, requireAll: false, signal });
    console.log(`${LIST}: ${count} names`);
    return 0;
  }
  const requireAll = Deno.env.get("RESOLVENT_REQUIRE_ALL") === "1";
  let [passed, failed] = [0, 0];
  for (const stage of pick(chosen(values))) {
    const start = performance.now();
    const outcome = await runStage(stage, { root, requireAll });
    print(stage, outcome, (performance.now() - start) / 1000);
    passed += outcome.passed;
    failed += outcome.faults.length;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
