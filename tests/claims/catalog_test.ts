import { assert, assertEquals, assertThrows } from "@std/assert";
import { findPaper, loadCatalog, loadLedger, paperClaims } from "../../lib/claims/catalog.ts";
import { EMPTY_LEDGER } from "../../lib/claims/ledger_schema.ts";

Deno.test("loadCatalog() reads 235 papers, each with a theme, a fit and claims", () => {
  const papers = loadCatalog();
  assertEquals(papers.length, 235);
  assert(papers.every((paper) => paper.theme !== "" && paper.claims.length > 0));
  assert(papers.every(({ status, reason }) => status !== "out" || (reason ?? "").length > 10));
});

Deno.test("findPaper() and paperClaims() give a paper, or the closest names", () => {
  assertEquals(findPaper("spectral-updates-when").theme, "spectral-updates");
  const { claims, ours } = paperClaims("spectral-updates-when");
  assertEquals(
    findPaper("spectral-updates-when").declared,
    [...claims, ...ours].map(({ id }) => id),
  );
  assertThrows(
    () => paperClaims("spectral-update-when"),
    RangeError,
    'slug must be in the catalogue: slug is "spectral-update-when", close to spectral-updates-when',
  );
  const open = loadCatalog().find(({ declared }) => declared.length === 0)!;
  assertThrows(() => paperClaims(open.slug), Error, "as its claim file must exist");
});

Deno.test("loadCatalog() and loadLedger() say what is missing in another folder", async () => {
  const folder = new URL(`file://${await Deno.makeTempDir()}/`);
  assertThrows(() => loadCatalog(folder), Error, "it is made by lib/claims/build_catalog.ts");
  assertEquals(loadLedger(folder), EMPTY_LEDGER);
  await Deno.writeTextFile(new URL("ledger.json", folder), "{}");
  assertThrows(() => loadLedger(folder), TypeError, "Cannot read the ledger");
  assertThrows(
    () => loadCatalog(new URL("https://example.org/notebooks/")),
    Error,
    "the notebooks must be files of a checkout",
  );
  await Deno.remove(folder, { recursive: true });
});
