/**
 * The hash of this library's own source.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** Where the library stands: the folder of mod.ts. */
const ROOT = new URL("../../", import.meta.url);

/**
 * SHA-256, in hexadecimal, of mod.ts, every module of `lib` and `deno.lock` where there is one, each
 * as its path and bytes, in order of path; the address of the library where it is not on this disk.
 */
export function sourceHash(root: URL = ROOT): string {
  if (root.protocol !== "file:") return root.href;
  const hash = createHash("sha256");
  for (const path of ["mod.ts", ...modulesIn(root, "lib/"), "deno.lock"].sort()) {
    const bytes = read(new URL(path, root));
    if (bytes === null && path === "deno.lock") continue;
    if (bytes === null) {
      throw new Error(`Cannot hash the source as ${path} must exist: it does not`);
    }
    hash.update(`${path}\n${bytes.length}\n`);
    hash.update(bytes);
  }
  return hash.digest("hex");
}

/** Paths of the modules below a folder, relative to the root, with forward slashes. */
function modulesIn(root: URL, folder: string): readonly string[] {
  return [...Deno.readDirSync(new URL(folder, root))].flatMap((entry) => {
    const path = folder + entry.name;
    if (entry.isDirectory) return modulesIn(root, `${path}/`);
    return entry.isFile && path.endsWith(".ts") ? [path] : [];
  });
}

/** Bytes of a file, null if it does not exist. */
function read(file: URL): Uint8Array | null {
  try {
    return Deno.readFileSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
