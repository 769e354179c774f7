/**
 * `--backend`: what computes with tensors in a run.
 *
 * @module
 */
import { BACKEND_NAMES, type BackendName } from "../backend/info.ts";
import { checkChoice } from "../check.ts";
import { UsageError } from "./failure.ts";

/** Checks the name of a backend; nothing, or an empty text, leaves the choice to the run. */
export function backendSetting(doing: string, name: string | undefined): BackendName | undefined {
  if (!name) return undefined;
  try {
    return checkChoice(doing, "--backend", name, BACKEND_NAMES);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
