/**
 * Formatting and house rules.
 *
 * @module
 */
import { byCode, deno, type Outcome, type Setting } from "./stage.ts";

/** `deno fmt --check` of the whole tree; it reads the cells of notebooks too. */
export async function checkFormat(setting: Setting): Promise<Outcome> {
  return byCode(await deno(setting, ["fmt", "--check"]));
}

/** `deno lint` with the plugin of the tree; it never sees notebooks, which are linted once joined. */
export async function checkLint(setting: Setting): Promise<Outcome> {
  return byCode(await deno(setting, ["lint"]));
}
