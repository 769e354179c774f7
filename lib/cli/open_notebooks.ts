/**
 * `notebook`: starts JupyterLab on the notebooks.
 *
 * @module
 */
import { allNotebooks } from "./find_notebook.ts";
import { EXIT, UsageError } from "./failure.ts";
import { project } from "../notebook/project.ts";
import { pythonProgram } from "./python_program.ts";

/** How to get what is missing. */
const HOW =
  "python3 -m venv .venv && .venv/bin/pip install jupyterlab && source .venv/bin/activate";

/** Runs a program to its end and returns what it wrote, or null where there is no such program. */
async function outputOf(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const command = new Deno.Command(program, { args: [...args], stdin: "null", stderr: "null" });
    const { success, stdout } = await command.output();
    return success ? new TextDecoder().decode(stdout) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Installs Deno's kernel where Jupyter does not have it. */
async function installKernel(): Promise<void> {
  const list = await outputOf(pythonProgram("jupyter"), ["kernelspec", "list", "--json"]);
  if (list !== null && "deno" in (JSON.parse(list).kernelspecs ?? {})) return;
  const installed = await outputOf(Deno.execPath(), ["jupyter", "--install", "--force"]);
  if (installed === null) {
    throw new Error("Cannot start JupyterLab as Deno's kernel must be installed: it is not");
  }
}

/** Starts JupyterLab on the project's notebooks; returns its exit code. */
export async function openNotebooks(args: readonly string[]): Promise<number> {
  if (await outputOf(pythonProgram("jupyter"), ["lab", "--version"]) === null) {
    throw new UsageError(`Cannot start JupyterLab as it must be installed: ${HOW}`);
  }
  await installKernel();
  const paths = (await allNotebooks()).map(({ path }) => path);
  // what a notebook stores is shown at once only if it is trusted
  if (paths.length > 0) await outputOf(pythonProgram("jupyter"), ["trust", ...paths]);
  const lab = new Deno.Command(pythonProgram("jupyter"), {
    args: ["lab", project().notebooks, ...args],
  }).spawn();
  const ignore = () => {}; // Ctrl-C is JupyterLab's: it asks whether to stop
  Deno.addSignalListener("SIGINT", ignore);
  const { code } = await lab.status;
  Deno.removeSignalListener("SIGINT", ignore);
  return code === 0 ? EXIT.done : EXIT.failed;
}
