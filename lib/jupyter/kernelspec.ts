/**
 * The kernel in the list of Jupyter: where that is, and what is written there.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cannot } from "../check.ts";

/** Where a kernel is installed. */
export type KernelPlace = {
  /** Name of the kernel in Jupyter (default: `resolvent`). */
  readonly name?: string;
  /** Root of an environment, instead of the user's own folder. */
  readonly prefix?: string;
};

/** Pictures that Jupyter shows. */
const LOGOS = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"] as const;

/** What a file says by which a kernel of ours is known. */
const MAIN = new URL("./main.ts", import.meta.url);

/** The user's folder for data of Jupyter, as Jupyter itself finds it. */
export function jupyterData(
  os: typeof Deno.build.os,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const doing = "install the kernel";
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (os === "windows") {
    throw new Error(cannot(doing, "the system must be Linux or macOS", "the system", os));
  }
  if (!env.HOME) throw new Error(cannot(doing, "the home folder must be known", "HOME", env.HOME));
  if (os === "darwin") return join(env.HOME, "Library", "Jupyter");
  return join(env.XDG_DATA_HOME || join(env.HOME, ".local", "share"), "jupyter");
}

/** The folder of a kernel. */
function folderOf({ name = "resolvent", prefix }: KernelPlace): string {
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    throw new RangeError(
      cannot("install the kernel", "its name may have letters, digits, . _ -", "name", name),
    );
  }
  const data = prefix === undefined
    ? jupyterData(Deno.build.os, Deno.env.toObject())
    : join(prefix, "share", "jupyter");
  return join(data, "kernels", name);
}

/** What Jupyter reads: how the kernel is started. */
export function kernelspec(): Readonly<Record<string, unknown>> {
  const isFile = MAIN.protocol === "file:";
  const config = isFile
    ? ["--config", fileURLToPath(new URL("../../deno.json", import.meta.url))]
    : [];
  const main = isFile ? fileURLToPath(MAIN) : MAIN.href;
  const flags = ["run", "-A", "--quiet", "--no-check", "--no-lock", ...config];
  return {
    argv: [Deno.execPath(), ...flags, main, "{connection_file}"],
    display_name: "Resolvent (TypeScript, reactive)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { supported_encryption: "curve", debugger: false },
  };
}

/** Tells whether a folder holds a kernel of ours; null where it holds none. */
async function isOurs(folder: string): Promise<boolean | null> {
  try {
    const text = await Deno.readTextFile(join(folder, "kernel.json"));
    return /lib\/jupyter\/main\.ts"/.test(text);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Puts the kernel in the list of Jupyter, in place of an earlier one of ours.
 *
 * @returns the folder that was written
 * @throws {Error} if another kernel has the name, or no folder is known
 */
export async function installKernel(place: KernelPlace = {}): Promise<string> {
  const folder = folderOf(place);
  if (await isOurs(folder) === false) {
    throw new Error(cannot("install the kernel", "the name must be free", "another's", folder));
  }
  await Deno.mkdir(folder, { recursive: true });
  for (const logo of LOGOS) {
    const bytes = await (await fetch(new URL(`./logos/${logo}`, import.meta.url))).bytes();
    await Deno.writeFile(join(folder, logo), bytes);
  }
  await Deno.writeTextFile(
    join(folder, "kernel.json"),
    JSON.stringify(kernelspec(), null, 2) + "\n",
  );
  return folder;
}

/**
 * Takes the kernel from the list of Jupyter.
 *
 * @returns the folder that was removed
 * @throws {Error} if there is no kernel of ours
 */
export async function uninstallKernel(place: KernelPlace = {}): Promise<string> {
  const folder = folderOf(place);
  if (!await isOurs(folder)) {
    throw new Error(
      cannot("uninstall the kernel", "it must be installed", "not there or another's", folder),
    );
  }
  await Deno.remove(folder, { recursive: true });
  return folder;
}
