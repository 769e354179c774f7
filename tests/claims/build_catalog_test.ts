import { assert, assertEquals, assertThrows } from "@std/assert";
import { buildCatalog, catalogOf, renderCatalog } from "../../lib/claims/build_catalog.ts";
import { NOTEBOOKS } from "../../lib/claims/catalog.ts";
import type { PaperClaims } from "../../lib/claims/claim_file.ts";
import { declare } from "../../lib/claims/declaration.ts";
import { EMPTY_LEDGER, type Ledger, type LedgerVerdict } from "../../lib/claims/ledger_schema.ts";
import { fields } from "./fixture.ts";

const HEAD = "slug\ttitle\ttheme\tfit\tclaims\texperiment\tneeds";
const TABLE = [
  HEAD,
  "paper\tA paper\ttheme\tA\tone || two\tdo it\tmatrices",
  "small\tA stand-in\ttheme\tC\tthree\tProxy: do less\tmodels",
  "none\tA survey\tother\tD\tfour\tnone; useful only as a source of formulas\tnothing",
  "toy\tA toy\tother\tD\tfive\tNone planned (a toy would not be the claim)\tnothing",
].join("\n") + "\n";

const FILE: PaperClaims = {
  paper: { slug: "paper", title: "A paper", arxiv: "1", readings: "v1" },
  claims: [declare(fields())],
  ours: [declare(fields({ id: "paper/own" }))],
  refused: [],
  notes: [],
};

/** A ledger that has decided these claims. */
function decided(...ids: readonly string[]): Ledger {
  const entry = { verdicts: { full: {} as LedgerVerdict } };
  return {
    ...EMPTY_LEDGER,
    claims: Object.fromEntries(ids.map((id) => [id, entry])) as unknown as Ledger["claims"],
  };
}

Deno.test("buildCatalog() tells done, partly, open and out apart", () => {
  const statusOf = (ledger: Ledger, notebooks: readonly string[]) =>
    buildCatalog(TABLE, [FILE], { ledger, notebooks })[0].status;
  const notebook = "theme/paper.ipynb";
  assertEquals(statusOf(EMPTY_LEDGER, []), "open");
  assertEquals(statusOf(EMPTY_LEDGER, [notebook]), "partly");
  assertEquals(statusOf(decided("paper/claim"), [notebook]), "partly");
  assertEquals(statusOf(decided("paper/claim", "paper/own"), [notebook]), "done");
  assertEquals(statusOf(decided("paper/claim", "paper/own"), ["other/paper.ipynb"]), "open");
  const [paper, small, none, toy] = buildCatalog(TABLE, [FILE]);
  assertEquals([paper.claims, paper.declared.length, paper.decided], [["one", "two"], 2, 0]);
  assertEquals([small.status, small.reason?.includes("stand-in")], ["open", true]);
  assertEquals(
    [none.status, none.reason],
    ["out", "no experiment of these sizes tests its claims: useful only as a source of formulas"],
  );
  assert(toy.reason?.endsWith("claims (a toy would not be the claim)"), toy.reason);
});

Deno.test("buildCatalog() says which line of the table is wrong", () => {
  assertThrows(() => buildCatalog("a\tb\n", []), TypeError, "the table's columns must be slug");
  const cases = [
    ["x\ty", "in line 2 it has 2 cells"],
    ["a b\tt\tt\tA\tc\te\tn", 'its slug is "a b"'],
    ["a\tt\tt\tE\tc\te\tn", 'its fit is "E"'],
    ["a\tt\tt\tA\tc\te\tn\na\tt\tt\tA\tc\te\tn", "in line 3 its slug a came before"],
  ];
  for (const [rows, text] of cases) {
    assertThrows(() => buildCatalog(`${HEAD}\n${rows}\n`, []), TypeError, text);
  }
  assertThrows(
    () => buildCatalog(`${HEAD}\na\tt\tt\tA\tc\te\tn\n`, [FILE]),
    RangeError,
    'every claim file belongs to a paper: slug is "paper"',
  );
});

Deno.test("catalogOf() of the notebooks is catalog.json, with all papers", async () => {
  const text = await catalogOf(NOTEBOOKS);
  const { papers } = JSON.parse(text);
  assertEquals(papers.length, 235);
  assertEquals(text, renderCatalog(papers));
  assertEquals(await Deno.readTextFile(new URL("catalog.json", NOTEBOOKS)), text);
});
