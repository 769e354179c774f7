import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Breaks } from "./breaks.ts";
import { CODE_BREAKS } from "./breaks_code.ts";
import { NOTEBOOK_BREAKS } from "./breaks_notebooks.ts";
import { PUBLIC_BREAKS } from "./breaks_public.ts";
import { main } from "./main.ts";
import { type Outcome, runStage } from "./stage.ts";
import { pick } from "./stages.ts";
import { copyTree } from "./tree.ts";

const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");

const BREAKS: readonly Breaks[] = [...CODE_BREAKS, ...PUBLIC_BREAKS, ...NOTEBOOK_BREAKS];

/** Runs one stage on a tree. */
async function runOn(root: string, name: string): Promise<Outcome> {
  return await runStage(pick([name])[0], { root, requireAll: false });
}

/** Writes files into a tree, calls `use`, and puts everything back. */
async function withChanges(
  root: string,
  changes: Readonly<Record<string, (before: string) => string>>,
  use: () => Promise<void>,
): Promise<void> {
  const before = new Map<string, string | null>();
  for (const [path, change] of Object.entries(changes)) {
    const text = await Deno.readTextFile(`${root}/${path}`).catch(() => null);
    before.set(path, text);
    const after = change(text ?? "");
    assert(after !== text, `the change of ${path} changes nothing`);
    await Deno.mkdir(`${root}/${path.replace(/[^/]*$/, "")}`, { recursive: true });
    await Deno.writeTextFile(`${root}/${path}`, after);
  }
  try {
    await use();
  } finally {
    for (const [path, text] of before) {
      if (text === null) await Deno.remove(`${root}/${path}`);
      else await Deno.writeTextFile(`${root}/${path}`, text);
    }
  }
}

for (const { stage, keep, prepare, breaks } of BREAKS) {
  Deno.test(`stage ${stage} passes a copy of the tree and fails each broken one`, async (t) => {
    const root = await copyTree(ROOT, keep);
    try {
      await prepare?.(root);
      await t.step("unbroken", async () => {
        const { passed, faults } = await runOn(root, stage);
        assertEquals(faults, []);
        assert(passed > 0, "an empty stage proves nothing");
      });
      for (const { name, changes, says } of breaks) {
        await t.step(name, async () => {
          await withChanges(root, changes, async () => {
            const { faults } = await runOn(root, stage);
            assert(faults.length > 0, "the stage passed");
            assertMatch(faults.join("\n"), says);
          });
        });
      }
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  });
}

Deno.test("every stage but this test is broken here", () => {
  const broken = new Set(BREAKS.map(({ stage }) => stage));
  const source = Deno.readTextFileSync(new URL("./stages.ts", import.meta.url));
  const names = [...source.split("const UNITS")[0].matchAll(/stage\(\s*"(\w+)"/g)];
  assertEquals(names.map((match) => match[1]).filter((name) => !broken.has(name)), ["gate"]);
});

Deno.test("main() exits with 1 and counts a failure, with 0 when everything passed", async () => {
  const root = await copyTree(
    ROOT,
    (path) => path === "deno.json" || /^tests\/(lint|std)/.test(path),
  );
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => void lines.push(line);
  try {
    assertEquals(await main(["--root", root, "--only", "fmt"]), 0);
    assertEquals(lines.at(-1), "1 passed, 0 failed");
    await Deno.writeTextFile(`${root}/deno.json`, "{ }");
    assertEquals(await main(["--root", root, "--only", "fmt"]), 1);
    assertEquals(lines.at(-1), "0 passed, 1 failed");
  } finally {
    console.log = log;
    await Deno.remove(root, { recursive: true });
  }
});
