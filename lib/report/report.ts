/**
 * Executed notebooks to a folder of pages that opens without a server and without a network.
 *
 * @module
 */
import { isAbsolute, join, resolve } from "node:path";
import { cannot, shown } from "../check.ts";
import { paperClaims } from "../claims/catalog.ts";
import { resolventMetadata } from "../notebook/cells_hash.ts";
import { type Notebook, parseNotebook, readNotebook } from "../notebook/ipynb.ts";
import { type Catalogue, checkCatalogue, renderIndex } from "./catalogue.ts";
import { loadRenderers, renderPage } from "./page.ts";
import { arxivOf, titleOf } from "./paper.ts";
import type { PaperFacts } from "./provenance.ts";
import { type VerdictRow, verdictsOf } from "./verdicts.ts";

/** One page to write. */
export type ReportPage = {
  /** The executed notebook of nbformat 4.5, or the path of its file. */
  readonly notebook: Notebook | string;
  /** The record of the run: verdicts and provenance. */
  readonly record?: Readonly<Record<string, unknown>>;
  /** The paper; left out, the catalogue's entry for the notebook's slug. */
  readonly paper?: PaperFacts;
};

/** Options of a report. */
export type ReportOptions = {
  /** The catalogue, or the path of its file; left out, the index lists the pages alone. */
  readonly catalogue?: Catalogue | string;
  /** Whether to write `index.html`; default true. */
  readonly index?: boolean;
};

/**
 * Writes one page per executed notebook, `<slug>.html`, and `index.html`, the catalogue with its
 * statuses; a page that lies in the folder already keeps its link. Returns the paths written.
 *
 * @throws {TypeError} if a notebook, a record or the catalogue is malformed; {RangeError} if a
 * formula is not TeX or a page would load something; {Error} if the folder cannot be written
 */
export async function writeReport(
  pages: readonly ReportPage[],
  outDir: string,
  { catalogue, index = true }: ReportOptions = {},
): Promise<string[]> {
  const folder = isAbsolute(outDir) ? outDir : resolve(outDir);
  const papers = catalogue === undefined ? { papers: [] } : await readCatalogue(catalogue);
  const renderers = await loadRenderers();
  const verdicts = new Map<string, readonly VerdictRow[]>();
  const facts = new Map<string, PaperFacts>();
  const files = new Map<string, string>();
  for (const page of pages) {
    const notebook = typeof page.notebook === "string"
      ? await readNotebook(page.notebook)
      : parseNotebook(JSON.stringify(page.notebook), "the notebook given");
    const paper = page.paper ?? paperOf(notebook, papers, page.notebook);
    if (files.has(`${paper.slug}.html`)) {
      throw new RangeError(
        cannot("write a report", "each notebook needs its own slug", "a second slug", paper.slug),
      );
    }
    const { record } = page;
    files.set(`${paper.slug}.html`, renderPage({ notebook, paper, record, index }, renderers));
    facts.set(paper.slug, paper);
    verdicts.set(paper.slug, record === undefined ? [] : verdictsOf(record));
  }
  if (index) {
    const listed = papers.papers.length > 0 ? papers : pagesAlone(facts);
    const present = new Set(facts.keys());
    for (const { slug } of listed.papers) {
      if (await isFile(join(folder, `${slug}.html`))) present.add(slug);
    }
    files.set("index.html", renderIndex(listed, { pages: present, verdicts }));
  }
  return await writeAll(files, folder);
}

async function readCatalogue(given: Catalogue | string): Promise<Catalogue> {
  if (typeof given !== "string") return checkCatalogue(given);
  let value: unknown;
  try {
    value = JSON.parse(await Deno.readTextFile(given));
  } catch (cause) {
    throw new TypeError(
      cannot("read the catalogue", "its file must hold JSON", "the path", given),
      { cause },
    );
  }
  return checkCatalogue(value);
}

/** What is known of a notebook's paper: its entry in the catalogue, else its own title. */
function paperOf(
  notebook: Notebook,
  { papers }: Catalogue,
  given: Notebook | string,
): PaperFacts {
  const fromPath = typeof given === "string" ? given.match(/([^/\\]+)\.ipynb$/)?.[1] : undefined;
  const slug = resolventMetadata(notebook).slug ?? fromPath;
  if (slug === undefined || !/^[a-z0-9][a-z0-9-]*$/.test(slug)) {
    throw new TypeError(
      `Cannot write a report page as its notebook must name its paper in metadata.resolvent.slug: it is ${
        shown(slug)
      }`,
    );
  }
  const entry = papers.find((paper) => paper.slug === slug);
  const own = { slug, title: titleOf(notebook) ?? slug, arxiv: arxivOf(notebook) };
  if (entry === undefined) return own;
  const { title, theme, arxiv = own.arxiv } = entry;
  // the claim file says which version of the paper was read
  const file = (entry.declared?.length ?? 0) > 0 ? paperClaims(slug).paper : { arxiv };
  return { ...file, slug, title, theme };
}

function pagesAlone(facts: ReadonlyMap<string, PaperFacts>): Catalogue {
  const papers = Array.from(facts.values(), (paper) => ({
    ...paper,
    theme: paper.theme ?? "reports",
    status: "done" as const,
  }));
  return { papers };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}

async function writeAll(files: ReadonlyMap<string, string>, folder: string): Promise<string[]> {
  const written: string[] = [];
  try {
    await Deno.mkdir(folder, { recursive: true });
    for (const [name, text] of files) {
      const path = join(folder, name);
      await Deno.writeTextFile(path, text);
      written.push(path);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `Cannot write the report as its folder must be writable: the folder is ${
        shown(folder)
      } (${reason})`,
      { cause },
    );
  }
  return written;
}
