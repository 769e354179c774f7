import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { pathToFileURL } from "node:url";
import { loadCompiler } from "../../lib/notebook/cell_syntax.ts";
import { localFile, localModules, writtenAfter } from "../../lib/notebook/local_modules.ts";

/** Calls `use` with the address of a folder of files, which is removed afterwards. */
async function inFolder(
  files: Readonly<Record<string, string>>,
  use: (folder: URL) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempDir();
  try {
    const folder = pathToFileURL(`${path}/`);
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(new URL(".", new URL(name, folder)), { recursive: true });
      await Deno.writeTextFile(new URL(name, folder), text);
    }
    await use(folder);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

const FILES = {
  "a/mine.ts": `import { b } from "../b.ts"; import "npm:zod"; import { x } from "resolvent";`,
  "b.ts":
    `import data from "./c d.json" with { type: "json" }; export const b = import("./a/e.ts");`,
  "c d.json": `{ "import": "./none.ts" }`,
  "a/e.ts": `import type { b } from "../b.ts";`,
  "a/other.ts": ``,
};

Deno.test("localModules() finds what a module imports from this disk, directly or not", () =>
  inFolder(FILES, async (folder) => {
    const compiler = await loadCompiler();
    const entry = new URL("a/mine.ts", folder);
    const found = () => localModules(compiler, "keep x", entry);
    const before = await found();
    assertEquals(before.map(({ path }) => path), ["../b.ts", "../c d.json", "e.ts", "mine.ts"]);
    await Deno.writeTextFile(new URL("a/other.ts", folder), "1");
    assertEquals(await found(), before);
    await Deno.writeTextFile(new URL("c d.json", folder), "{}");
    assertNotEquals((await found()).map(({ hash }) => hash), before.map(({ hash }) => hash));
    await Deno.remove(new URL("b.ts", folder));
    await assertRejects(
      found,
      Error,
      "Cannot keep x as modules that fn imports must be readable: ",
    );
  }));

Deno.test("localModules() gives a project that was moved the same", () =>
  inFolder(FILES, async (folder) => {
    const compiler = await loadCompiler();
    const seen: unknown[] = [];
    for (const at of [folder, new URL("moved/", folder)]) {
      if (at !== folder) {
        for (const name of ["a", "b.ts", "c d.json"]) {
          await Deno.mkdir(at, { recursive: true });
          await Deno.rename(new URL(name, folder), new URL(name, at));
        }
      }
      const modules = await localModules(compiler, "keep x", new URL("a/mine.ts", at));
      seen.push(modules.map(({ path, hash }) => [path, hash]));
    }
    assertEquals(seen[1], seen[0]);
  }));

Deno.test("localFile() leaves out packages, pages and the library itself", () => {
  const base = new URL("file:///project/nb.ts");
  const table = {
    "./mine.ts?version=2": "file:///project/mine.ts",
    "/mine.ts": "file:///mine.ts",
    "file:///x.ts#a": "file:///x.ts",
    "npm:zod": null,
    "node:fs": null,
    "https://example.org/x.ts": null,
    "zod": null,
    "resolvent": null,
    "resolvent/notebook": null,
    "no-such-name": null,
    "./node_modules/a/index.js": null,
    "@std/assert": import.meta.resolve("@std/assert"), // a folder of this project
  };
  const found = Object.keys(table).map((name) => localFile(name, base)?.href ?? null);
  assertEquals(found, Object.values(table));
  assertEquals(localFile("./a.ts", new URL("https://example.org/")), null);
});

Deno.test("writtenAfter() gives a file that is as new as the moment", () =>
  inFolder({ "a.ts": "", "b.ts": "" }, async (folder) => {
    const file = (name: string) => new URL(name, folder);
    const modules = ["a.ts", "b.ts"].map((path) => ({ file: file(path), path, hash: "" }));
    const moment = new Date("2024-01-01T12:00:00Z");
    await Deno.utime(file("a.ts"), moment, new Date(moment.valueOf() - 1000));
    await Deno.utime(file("b.ts"), moment, new Date(moment.valueOf() - 1000));
    assertEquals(await writtenAfter(modules, moment), null);
    await Deno.utime(file("b.ts"), moment, moment);
    assertEquals(await writtenAfter(modules, moment), file("b.ts"));
  }));
