/**
 * Programs of Python, where an environment is active.
 *
 * @module
 */
import { join } from "node:path";

/** Variables that name the active Python environment. */
const VARIABLES = ["VIRTUAL_ENV", "CONDA_PREFIX"];

/** The root of the active Python environment, or null. */
export function pythonRoot(): string | null {
  return VARIABLES.map((name) => Deno.env.get(name)).find(Boolean) ?? null;
}

/**
 * Path of a program (`python3`, `jupyter`) in the active Python environment, or its bare name where
 * none has it. The search path alone does not do: npx puts the folder of Node before everything, and
 * often a system Python lies there.
 */
export function pythonProgram(name: string): string {
  for (const variable of VARIABLES) {
    const root = Deno.env.get(variable);
    if (!root) continue;
    const folder = Deno.build.os === "windows" ? "Scripts" : "bin";
    const path = join(root, folder, Deno.build.os === "windows" ? `${name}.exe` : name);
    try {
      if (Deno.statSync(path).isFile) return path;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return name;
}
