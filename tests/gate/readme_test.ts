import { assert, assertEquals } from "@std/assert";
import { filesOf } from "./tree.ts";

const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");

/** The text of a file of this tree. */
async function read(path: string): Promise<string> {
  return await Deno.readTextFile(`${ROOT}/${path}`);
}

/** The settings of this tree. */
async function settings(): Promise<{
  readonly imports: Readonly<Record<string, string>>;
  readonly tasks: Readonly<Record<string, unknown>>;
}> {
  return JSON.parse(await read("deno.json"));
}

Deno.test("pages link only to files that exist", async () => {
  const files = await filesOf(ROOT);
  const folders = new Set(files.flatMap((path) => {
    const parts = path.split("/");
    return parts.map((_, at) => parts.slice(0, at).join("/"));
  }));
  for (const page of files.filter((path) => path.endsWith(".md"))) {
    for (const [, link] of (await read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|#)/.test(link)) continue;
      const target = new URL(link, `file:///${page}`).pathname.slice(1).replace(/\/$/, "");
      assert(files.includes(target) || folders.has(target), `${page} links to ${link}`);
    }
  }
});

Deno.test("the README names only tasks that exist, and every task but aliases", async () => {
  const { tasks } = await settings();
  const readme = await read("README.md");
  const named = new Set([...readme.matchAll(/\btask ([a-z:]+)/g)].map((match) => match[1]));
  for (const name of named) assert(name in tasks, `the README names the task ${name}`);
  const unnamed = Object.keys(tasks).filter((name) => !named.has(name));
  assertEquals(unnamed, ["ok"], "tasks that the README does not name");
});

Deno.test("the README says of every dependency why, and of nothing else", async () => {
  const { imports } = await settings();
  const packages = Object.values(imports)
    .map((target) => target.match(/^(?:npm|jsr):(.*?)@[^@]*$/)?.[1])
    .filter((name) => name !== undefined);
  const section = (await read("README.md")).split("\n## Dependencies\n")[1].split("\n## ")[0];
  const rows = [...section.matchAll(/^\| `([^`]+)` +\| (.*?) *\|$/gm)];
  assertEquals(rows.map((row) => row[1]).sort(), [...packages].sort());
  for (const [, name, why] of rows) assert(why.length > 10, `the README says why ${name}`);
});

Deno.test("what the README shows is executable by Node alone and by Deno, at one version", async () => {
  const versions = [...`${await read("README.md")}${await read(".ci/run")}`
    .matchAll(/deno@(\d+\.\d+\.\d+)/g)].map((match) => match[1]);
  assert(versions.length >= 3, "the version of Deno is written in README and CI");
  assertEquals(new Set(versions).size, 1);
});
