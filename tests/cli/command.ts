/**
 * The command line in a process of its own.
 *
 * @module
 */
import { fromFileUrl } from "../support/notebooks.ts";

const MAIN = fromFileUrl(new URL("../../lib/cli/main.ts", import.meta.url));

/** Path of a fixture. */
export function fixture(name: string): string {
  return fromFileUrl(new URL(`./fixtures/${name}.ipynb`, import.meta.url));
}

/** What a command wrote and how it ended. */
export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Starts a command; settings of this process are kept out. */
export function startCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", MAIN, ...args],
    env: {
      NO_COLOR: "1",
      RESOLVENT_PROFILE: "",
      RESOLVENT_SEED: "",
      RESOLVENT_BACKEND: "",
      RESOLVENT_DEBUG: "",
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits for the end of a command; what Deno says of packages that it fetches is left out. */
export async function ended(process: Deno.ChildProcess): Promise<Ran> {
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stderr).replace(/^(Download|Initialize) .*\n/gm, "");
  return { code, stdout: decoder.decode(stdout), stderr: said };
}

/** Runs a command to its end. */
export async function command(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Ran> {
  return await ended(startCommand(args, env));
}

/** Gives a temporary folder to `work`, and removes it. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
