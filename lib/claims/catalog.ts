/**
 * The catalogue, the claim files and the ledger, as they lie in the folder of the notebooks.
 *
 * @module
 */
import { cannot } from "../check.ts";
import type { Paper } from "./build_catalog.ts";
import { type PaperClaims, parseClaimFile } from "./claim_file.ts";
import { EMPTY_LEDGER, type Ledger, parseLedger } from "./ledger_schema.ts";
import { suggestion } from "./slugs.ts";

/** The folder of the notebooks. */
export const NOTEBOOKS = new URL("../../notebooks/", import.meta.url);

/** Every paper of the catalogue, with its status. */
export function loadCatalog(folder: URL = NOTEBOOKS): readonly Paper[] {
  const text = readText("read the catalogue", "catalog.json", folder);
  if (text !== null) return (JSON.parse(text) as { readonly papers: readonly Paper[] }).papers;
  throw new Error(
    `Cannot read the catalogue as ${new URL("catalog.json", folder).pathname} must exist: ` +
      "it is made by lib/claims/build_catalog.ts",
  );
}

/** The paper of a name; an error for an unknown one names the closest. */
export function findPaper(slug: string, folder: URL = NOTEBOOKS): Paper {
  const papers = loadCatalog(folder);
  const found = papers.find((paper) => paper.slug === slug);
  if (found !== undefined) return found;
  const close = suggestion(slug, papers.map((paper) => paper.slug));
  throw new RangeError(
    cannot("find a paper", "slug must be in the catalogue", "slug", slug) + close,
  );
}

/** The claims of a paper, from its claim file. */
export function paperClaims(slug: string, folder: URL = NOTEBOOKS): PaperClaims {
  findPaper(slug, folder);
  const name = `claims/${slug}.json`;
  const text = readText(`read the claims of ${slug}`, name, folder);
  if (text !== null) return parseClaimFile(name, text);
  throw new Error(
    `Cannot read the claims of ${slug} as its claim file must exist: ` +
      `${new URL(name, folder).pathname} does not`,
  );
}

/** The ledger; without a file, one without claims. */
export function loadLedger(folder: URL = NOTEBOOKS): Ledger {
  const text = readText("read the ledger", "ledger.json", folder);
  return text === null ? EMPTY_LEDGER : parseLedger(text);
}

/** Text of a file of the folder, or null where there is none. */
function readText(doing: string, name: string, folder: URL): string | null {
  if (folder.protocol !== "file:") {
    throw new Error(
      cannot(doing, "the notebooks must be files of a checkout", "their folder", folder.href),
    );
  }
  try {
    return Deno.readTextFileSync(new URL(name, folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
