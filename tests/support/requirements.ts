/**
 * Programs that some tests need and a user's machine may lack.
 *
 * @module
 */
import { pythonProgram } from "../../lib/cli/python_program.ts";

/**
 * Tells whether the tests of `name` can run. Where they cannot, one line says how to get what is
 * missing, and they are ignored; with RESOLVENT_REQUIRE_ALL=1 that is an error instead.
 */
export function requirement(
  name: string,
  probe: () => boolean,
  howToGet: string,
): { readonly ignore: boolean } {
  if (probe()) return { ignore: false };
  if (Deno.env.get("RESOLVENT_REQUIRE_ALL") === "1") {
    throw new Error(`Cannot run the tests of ${name} as all must run: get it by ${howToGet}`);
  }
  console.log(`Skipped the tests of ${name}: get it by ${howToGet}`);
  return { ignore: true };
}

/** Tells whether a program runs and ends well. */
export function succeeds(program: string, args: readonly string[]): boolean {
  try {
    const command = new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    return command.outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Jupyter's client for Python, with Deno's kernel. */
export function jupyterRequirement(): { readonly ignore: boolean } {
  return requirement(
    "Jupyter",
    () =>
      succeeds(pythonProgram("python3"), [
        "-c",
        "import nbclient, nbformat; from jupyter_client.kernelspec import get_kernel_spec; " +
        "get_kernel_spec('deno')",
      ]),
    "python3 -m pip install jupyterlab nbclient && deno jupyter --install",
  );
}
