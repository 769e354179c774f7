import { assertEquals, assertThrows } from "@std/assert";
import { KeptResults } from "../../lib/run/_kept_results.ts";
import { fromFileUrl } from "../support/notebooks.ts";

/** Calls `use` with a folder that is removed afterwards. */
async function inFolder(use: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("KeptResults gives back what was kept, to the bit, and only for the same origin", () =>
  inFolder((folder) => {
    const value = { a: Float64Array.of(0.1, -0, NaN), b: ["text", null, 12n], c: { d: undefined } };
    new KeptResults(folder, "one").set("call", value);
    assertEquals(new KeptResults(folder, "one").get("call"), { value });
    assertEquals(new KeptResults(folder, "one").get("other call"), undefined);
    assertEquals(new KeptResults(folder, "other source").get("call"), undefined);
    assertEquals([...Deno.readDirSync(folder)].length, 1, "nothing half written stays");
  }));

Deno.test("KeptResults counts a damaged file as none, and replaces it", () =>
  inFolder((folder) => {
    const kept = new KeptResults(folder, "one");
    kept.set("call", 1);
    const [{ name }] = Deno.readDirSync(folder);
    Deno.truncateSync(`${folder}/${name}`, 3);
    assertEquals(kept.get("call"), undefined);
    kept.set("call", 2);
    assertEquals(kept.get("call"), { value: 2 });
  }));

Deno.test("KeptResults says where it cannot keep anything", () =>
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    assertThrows(
      () => new KeptResults(`${folder}/file`, "one"),
      Error,
      "Cannot keep results as RESOLVENT_RESULTS must be a folder: it is ",
    );
  }));

Deno.test("a script goes on from results that another process has kept", () =>
  inFolder(async (folder) => {
    const run = async (env: Record<string, string>) => {
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", fromFileUrl(new URL("./_count_calls.ts", import.meta.url)), folder],
        env,
      }).output();
      const decoder = new TextDecoder();
      return (decoder.decode(stdout) || decoder.decode(stderr)).trim();
    };
    const results = { RESOLVENT_RESULTS: `${folder}/results` };
    assertEquals(await run(results), "1,4,9 after 3 calls");
    assertEquals(await run(results), "1,4,9 after 3 calls", "none was made again");
    assertEquals(await run({}), "1,4,9 after 6 calls", "without a folder all are");
  }));
