/**
 * The files of a tree, as a fresh clone would have them, and copies of it.
 *
 * @module
 */

/** Folders that a clone does not have; the same as in .gitignore. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ".git",
  ".resolvent",
  "out",
  "coverage",
  "node_modules",
  ".ipynb_checkpoints",
]);

/** Paths of all files of a tree, relative to it, in order; Git is not needed. */
export async function filesOf(root: string, folder = ""): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(`${root}/${folder}`)) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile) files.push(path);
    else if (entry.isDirectory && !LEFT_OUT.has(entry.name)) {
      files.push(...await filesOf(root, path));
    }
  }
  return files.sort();
}

/** Copies the files of a tree that `keep` accepts into a new temporary folder and returns it. */
export async function copyTree(
  root: string,
  keep: (path: string) => boolean = () => true,
): Promise<string> {
  // The real path: on some systems the temporary folder is a link, and messages name its target.
  const to = await Deno.realPath(await Deno.makeTempDir({ prefix: "resolvent-copy-" }));
  for (const path of await filesOf(root)) {
    if (!keep(path)) continue;
    const at = path.lastIndexOf("/");
    if (at >= 0) await Deno.mkdir(`${to}/${path.slice(0, at)}`, { recursive: true });
    await Deno.copyFile(`${root}/${path}`, `${to}/${path}`);
  }
  return to;
}

/** Calls `use` with a new temporary folder that is removed afterwards. */
export async function inTemporary<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "resolvent-gate-" }));
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
