/**
 * Where this project is, and where it keeps what it can make again.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { JoinedModule } from "./join.ts";

/** Paths of the project. */
export type Project = {
  readonly root: string;
  readonly config: string;
  readonly notebooks: string;
  readonly joined: string;
};

/** Finds the project from this file. */
export function project(): Project {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  return {
    root,
    config: join(root, "deno.json"),
    notebooks: join(root, "notebooks"),
    joined: join(root, ".resolvent", "joined"),
  };
}

/** Writes a joined module to a file named for its notebook and its content; returns its address. */
export async function writeJoined(slug: string, { code }: JoinedModule): Promise<string> {
  const folder = project().joined;
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 12);
  const path = join(folder, `${slug}-${hash}.ts`);
  try {
    await Deno.mkdir(folder, { recursive: true });
    const temporary = `${path}.${Deno.pid}.tmp`;
    await Deno.writeTextFile(temporary, code);
    await Deno.rename(temporary, path);
  } catch (error) {
    throw new Error(
      `Cannot join a notebook as the project's folder must be writable: ${path} (${
        (error as Error).message
      })`,
      { cause: error },
    );
  }
  return pathToFileURL(path).href;
}
