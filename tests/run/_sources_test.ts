/**
 * Tests of the hash of the source.
 *
 * @module
 */
import { assertEquals, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import { sourceHash } from "../../lib/run/_sources.ts";

/** A library of two modules in a folder that is removed afterwards. */
async function inCopy(test: (root: URL, write: (path: string, text: string) => void) => void) {
  const folder = await Deno.makeTempDir();
  const root = new URL(`file://${folder}/`);
  function write(path: string, text: string): void {
    const file = new URL(path, root);
    Deno.mkdirSync(new URL(".", file), { recursive: true });
    Deno.writeTextFileSync(file, text);
  }
  try {
    write("mod.ts", "1");
    write("lib/a/b.ts", "2");
    test(root, write);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("sourceHash() changes with modules and lock file, with nothing else", async () => {
  await inCopy((root, write) => {
    const hashes = [sourceHash(root)];
    assertMatch(hashes[0], /^[0-9a-f]{64}$/);
    for (const path of ["README.md", "lib/a/notes.txt", "tests/x.ts"]) write(path, "x");
    assertEquals(sourceHash(root), hashes[0]);
    for (const [path, text] of [["mod.ts", "1\r"], ["lib/c.ts", ""], ["deno.lock", "{}"]]) {
      write(path, text);
      hashes.push(sourceHash(root));
    }
    write("lib/a/b.ts", "");
    write("lib/c.ts", "2"); // the same bytes in another file
    hashes.push(sourceHash(root));
    assertEquals(new Set(hashes).size, hashes.length);
  });
});

Deno.test("sourceHash() is of this library by default, and an address where it is not on disk", () => {
  assertEquals(sourceHash(), sourceHash(new URL("../../", import.meta.url)));
  assertNotEquals(sourceHash(), "");
  assertEquals(sourceHash(new URL("https://example.org/r/")), "https://example.org/r/");
});

Deno.test("sourceHash() refuses a library without its entry", async () => {
  await inCopy((root) => {
    Deno.removeSync(new URL("mod.ts", root));
    assertThrows(() => sourceHash(root), Error, "Cannot hash the source as mod.ts must exist");
  });
});
