/**
 * `kernel install` and `kernel uninstall`: the kernel in the list of Jupyter.
 *
 * @module
 */
import { installKernel, type KernelPlace, uninstallKernel } from "../jupyter/kernelspec.ts";
import { EXIT, UsageError } from "./failure.ts";
import { pythonRoot } from "./python_program.ts";

/** Where to, as the command line says it. */
export type KernelOptions = KernelPlace & { readonly sysPrefix?: boolean };

/** The place that is meant. */
function placeOf({ sysPrefix = false, ...place }: KernelOptions): KernelPlace {
  if (!sysPrefix) return place;
  const prefix = pythonRoot();
  if (prefix !== null) return { ...place, prefix };
  throw new UsageError(
    "Cannot find the kernel's place as --sys-prefix needs an active Python environment: there is none",
  );
}

/** Installs the kernel; returns the exit code. */
export async function install(options: KernelOptions): Promise<number> {
  console.log(`Installed in ${await installKernel(placeOf(options))}`);
  console.log('Start JupyterLab, open a notebook and choose "Resolvent (TypeScript, reactive)"');
  return EXIT.done;
}

/** Uninstalls the kernel; returns the exit code. */
export async function uninstall(options: KernelOptions): Promise<number> {
  console.log(`Removed ${await uninstallKernel(placeOf(options))}`);
  return EXIT.done;
}
