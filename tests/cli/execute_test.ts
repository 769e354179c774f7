import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { resolventMetadata } from "../../lib/notebook/cells_hash.ts";
import { readNotebook, writeNotebook } from "../../lib/notebook/ipynb.ts";
import { notebookOf } from "../support/notebooks.ts";
import { command, fixture, inFolder } from "./command.ts";

Deno.test("execute stores outputs and their hash; --check sees what is not current", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/passing.ipynb`;
    await Deno.copyFile(fixture("passing"), path);
    const before = await command(["execute", "--check", path]);
    assertEquals(before.code, 1);
    assertStringIncludes(before.stderr, "passing.ipynb: it has no stored outputs");

    const ran = await command(["execute", path], { RESOLVENT_SEED: "99" });
    assertEquals([ran.code, ran.stderr], [0, ""]);
    const stored = await readNotebook(path);
    const shown = stored.cells.find(({ id }) => id === "shown");
    assertStringIncludes(JSON.stringify(shown), "seed 7 quick");
    const { slug, record } = resolventMetadata(stored);
    assertEquals(slug, "passing");
    assertEquals((record?.verdicts as unknown[]).length, 1);
    const after = await command(["execute", "--check", path]);
    assertEquals([after.code, after.stderr], [0, ""]);

    const [title, ...rest] = stored.cells;
    await writeNotebook(path, { ...stored, cells: [{ ...title, source: "# Another" }, ...rest] });
    const changed = await command(["execute", "--check", path]);
    assertEquals(changed.code, 1);
    assertStringIncludes(changed.stderr, "its cells have changed since it ran");

    const halfway = stored.cells.map((cell) =>
      cell.cell_type === "code" && cell.id === "shown" ? { ...cell, execution_count: null } : cell
    );
    await writeNotebook(path, { ...stored, cells: halfway });
    const partial = await command(["execute", "--check", path]);
    assertStringIncludes(partial.stderr, "cell shown has not been executed");
  });
});

Deno.test("execute leaves a notebook that fails as it was", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/throwing.ipynb`;
    await Deno.copyFile(fixture("throwing"), path);
    const { code, stderr } = await command(["execute", path]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "error: RangeError: x is too large");
    assertEquals(await Deno.readTextFile(path), await Deno.readTextFile(fixture("throwing")));
  });
});

Deno.test("execute refuses outputs beyond 250 kB", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/large.ipynb`;
    await writeNotebook(path, notebookOf(['console.log("x".repeat(250_000))'], "large"));
    const { code, stderr } = await command(["execute", path]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "as a notebook may have 250000 bytes: it would have ");
    assert((await Deno.stat(path)).size < 1000, "nothing is stored");
  });
});

Deno.test("execute refuses an unknown profile and an unknown name", async () => {
  const profile = await command(["execute", "--profile", "fast"]);
  assertEquals(profile.code, 2);
  assertStringIncludes(profile.stderr, '--profile is "fast"');
  const name = await command(["execute", "spectral-updates"]);
  assertEquals(name.code, 2);
  assertStringIncludes(name.stderr, "close to spectral-updates-when");
});
