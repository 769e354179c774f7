/**
 * Benches that compile, types, and a package that could be published.
 *
 * @module
 */
import { byCode, deno, type Outcome, type Setting } from "./stage.ts";

/** `deno check`: the types of every module, tests included. */
export async function checkTypes(setting: Setting): Promise<Outcome> {
  return byCode(await deno(setting, ["check"]));
}

/** `deno bench --no-run`: the benches compile; they never gate by their times. */
export async function checkBenches(setting: Setting): Promise<Outcome> {
  return byCode(await deno(setting, ["bench", "--no-run", "tests/bench"]));
}

/** `deno publish --dry-run`: no slow types in the public names, and every file that they need. */
export async function checkPublish(setting: Setting): Promise<Outcome> {
  const ran = await deno(setting, ["publish", "--dry-run", "--allow-dirty"]);
  const files = ran.stderr.match(/^ +file:/gm)?.length ?? 0;
  return { ...byCode(ran), notes: ran.code === 0 ? [`${files} files in the package`] : [] };
}
