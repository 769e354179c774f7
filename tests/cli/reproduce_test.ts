import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { cellsHash } from "../../lib/notebook/cells_hash.ts";
import { readNotebook } from "../../lib/notebook/ipynb.ts";
import { command, ended, fixture, inFolder, startCommand } from "./command.ts";

/** Names of the files of a folder. */
function filesOf(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

Deno.test("reproduce prints verdicts and writes notebook, figures, record and page", async () => {
  await inFolder(async (folder) => {
    const out = `${folder}/new/out`;
    const { code, stdout, stderr } = await command([
      "reproduce",
      fixture("passing"),
      "--out",
      out,
    ], { RESOLVENT_BLAS: "off" });
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "passing (quick profile)\n");
    assertMatch(stdout, /Linear algebra: portable TypeScript, up to 10 minutes on two cores\n/);
    assertMatch(stdout, /With a BLAS under a minute: .+\n/);
    assertStringIncludes(stdout, "reproduced    spectral-updates-when/band-counterexample: 1.5");
    assertStringIncludes(stdout, "1 claim tested");
    assertMatch(stdout, /All 6 cells ran in [\d.]+ s with seed 7: see /);

    assertEquals(filesOf(out), ["figures", "passing.html", "passing.ipynb", "record.json"]);
    assertEquals(filesOf(`${out}/figures`), ["01-squares-grow.png", "01-squares-grow.svg"]);
    const png = await Deno.readFile(`${out}/figures/01-squares-grow.png`);
    assertEquals([...png.subarray(1, 4)], [80, 78, 71]);
    const svg = await Deno.readTextFile(`${out}/figures/01-squares-grow.svg`);
    assertStringIncludes(svg, "<svg");
    const page = await Deno.readTextFile(`${out}/passing.html`);
    assertStringIncludes(page, "band-counterexample");

    const record = JSON.parse(await Deno.readTextFile(`${out}/record.json`));
    assertEquals(
      [record.slug, record.status, record.profile, record.seed, record.error],
      ["passing", "complete", "quick", "7", undefined],
    );
    assertEquals(record.verdicts.map(({ status }: { status: string }) => status), ["reproduced"]);
    assertEquals(record.provenance.linalg.name, "portable");
    assertEquals(record.provenance.seed, 7);
    const notebook = await readNotebook(`${out}/passing.ipynb`);
    assertEquals(record.provenance.cells, cellsHash(await readNotebook(fixture("passing"))));
    assertEquals(record.cells.map(({ id }: { id: string }) => id), [
      "imports",
      "study",
      "verdict",
      "figure",
      "shown",
      "end",
    ]);
    assert(
      notebook.cells.every((cell) => cell.cell_type !== "code" || cell.execution_count !== null),
    );
  });
});

Deno.test("reproduce takes profile and seed from its options, else from the environment", async () => {
  await inFolder(async (out) => {
    const args = ["reproduce", fixture("passing"), "--out", out];
    const seedAndProfile = async () => {
      const { cells } = await readNotebook(`${out}/passing.ipynb`);
      const shown = cells.find(({ id }) => id === "shown");
      return JSON.stringify(shown?.cell_type === "code" ? shown.outputs[0] : null);
    };
    const given = await command([...args, "--seed", "11", "--profile", "full"]);
    assertEquals(given.code, 0);
    assertStringIncludes(given.stdout, "passing (full profile, seed 11)");
    assertStringIncludes(await seedAndProfile(), "seed 11 full");
    const inherited = await command(args, { RESOLVENT_SEED: "12", RESOLVENT_PROFILE: "quick" });
    assertEquals(inherited.code, 0);
    assertStringIncludes(await seedAndProfile(), "seed 12 quick");
  });
});

Deno.test("reproduce ends with 1 where a verdict is not the expected one", async () => {
  await inFolder(async (out) => {
    const { code, stderr } = await command(["reproduce", fixture("failing-verdict"), "--out", out]);
    assertEquals(code, 1);
    assertMatch(stderr, /^error: Cannot accept the verdicts of spectral-updates-when/);
    assertStringIncludes(stderr, "expected contradicted, found reproduced");
    const record = JSON.parse(await Deno.readTextFile(`${out}/record.json`));
    assertEquals([record.status, record.verdicts.length], ["failed", 1]);
  });
});

Deno.test("reproduce ends with 1 where a cell throws, and names cell and line", async () => {
  await inFolder(async (out) => {
    const { code, stderr } = await command(["reproduce", fixture("throwing"), "--out", out]);
    assertEquals(code, 1);
    assertEquals(stderr.split("\n").slice(0, 4), [
      "error: RangeError: x is too large",
      "    at scale (cell 2 (throws), line 2, column 20)",
      "    at cell 2 (throws), line 5, column 1",
      `Failed after 1 of 3 cells: see ${out}`,
    ]);
    const { cells } = await readNotebook(`${out}/throwing.ipynb`);
    const types = cells.map((cell) =>
      cell.cell_type === "code" ? cell.outputs.map(({ output_type }) => output_type) : []
    );
    assertEquals(types, [[], ["execute_result"], ["error"], []]);
  });
});

Deno.test({
  name: "reproduce leaves what is done on Ctrl-C, and says so",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await inFolder(async (out) => {
      const process = startCommand(["reproduce", fixture("endless"), "--out", out]);
      await new Promise((done) => setTimeout(done, 2500));
      process.kill("SIGINT");
      await new Promise((done) => setTimeout(done, 100));
      try {
        process.kill("SIGINT"); // `deno task` passes on what the terminal has sent as well
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // a TypeError: it has ended already
      }
      const { code, stderr } = await ended(process);
      assertEquals(code, 130);
      assertMatch(stderr, /Interrupted after 1 of 3 cells and [\d.]+ s: what is done is in /);
      const record = JSON.parse(await Deno.readTextFile(`${out}/record.json`));
      assertEquals(record.status, "interrupted");
      const { cells } = await readNotebook(`${out}/endless.ipynb`);
      const [, first, second, third] = cells.map((cell) =>
        cell.cell_type === "code" ? cell.outputs.map(({ output_type }) => output_type) : []
      );
      assertEquals([first, second, third], [["stream", "execute_result"], ["error"], []]);
    });
  },
});

const REFUSED: readonly (readonly [string, readonly string[], number, string])[] = [
  [
    "an unknown name, with names like it",
    ["spectral-update-when"],
    2,
    'error: Cannot reproduce "spectral-update-when" as it must be the name of a paper of the catalogue, close to spectral-updates-when',
  ],
  [
    "a paper without a notebook",
    ["shampoo-adam-eigenbasis"],
    2,
    "is in the catalogue but its notebook is not written yet: its status is open",
  ],
  ["no name", [], 2, "error: Cannot reproduce as the name of a paper must be given"],
  [
    "a seed that is no integer",
    ["x", "--seed", "1.5"],
    2,
    "--seed must be an integer of at least 0",
  ],
  ["an unknown profile", ["x", "--profile", "fast"], 2, '--profile is "fast"'],
  ["an unknown option", ["x", "--fast"], 2, "unknown option '--fast'"],
  [
    "a file in the place of the folder",
    [fixture("passing"), "--out", fixture("passing")],
    2,
    "error: Cannot write results as --out must be a folder that can be written: --out is ",
  ],
  [
    "a folder without a name",
    [fixture("passing"), "--out", ""],
    2,
    'error: Cannot write results as --out must be a folder that can be written: --out is ""',
  ],
  [
    "a folder that cannot be made",
    [fixture("passing"), "--out", `${fixture("passing")}/below`],
    2,
    "--out must be a folder that can be written",
  ],
  [
    "a notebook that does not exist",
    ["none.ipynb"],
    1,
    "error: Cannot read a notebook as the file must be readable:",
  ],
];

for (const [what, args, expected, message] of REFUSED) {
  Deno.test(`reproduce refuses ${what}`, async () => {
    const { code, stdout, stderr } = await command(["reproduce", ...args]);
    assertEquals([code, stdout], [expected, ""]);
    assertStringIncludes(stderr, message);
    assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
  });
}

Deno.test("reproduce refuses a malformed notebook, its stack only where it is asked for", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/bad.ipynb`;
    await Deno.writeTextFile(path, "{}");
    const { code, stderr } = await command(["reproduce", path, "--out", folder]);
    assertEquals(code, 1);
    assertMatch(stderr, /^error: Cannot read a notebook as .*bad\.ipynb must be valid.*\n$/);
    const verbose = await command(["reproduce", path, "--out", folder, "--verbose"]);
    assertMatch(verbose.stderr, /\n\s+at /);
  });
});

Deno.test("reproduce --list shows the catalogue with the status of each paper", async () => {
  const { code, stdout } = await command(["reproduce", "--list"]);
  assertEquals(code, 0);
  assertMatch(stdout, /\n {2}(open|partly|done) +spectral-updates-when +When do spectral/);
  assertMatch(stdout, /\n235 papers: \d+ done, \d+ partly, \d+ open, \d+ out\n$/);
});
