/**
 * The end of a report: how to run it again, what it was made with, and the paper it is about.
 *
 * @module
 */
import { escapeHtml } from "./html.ts";

/** What a report says of its paper. */
export type PaperFacts = {
  /** Name in the catalogue. */
  readonly slug: string;
  /** Title. */
  readonly title: string;
  /** Theme of the catalogue, the folder of its notebook. */
  readonly theme?: string;
  /** arXiv number, such as `2512.04299`. */
  readonly arxiv?: string;
  /** Authors in one line. */
  readonly authors?: string;
  /** Which version was read. */
  readonly readings?: string;
};

/** The Deno release that the commands name, as the README does. */
const DENO_RELEASE = "2.9.6";

/** The box that says how to run this report's notebook in four ways. */
export function renderRunBox(
  paper: PaperFacts,
  { seed, profile }: { readonly seed?: string; readonly profile?: string },
): string {
  const options = [profile && profile !== "quick" ? ` --profile ${profile}` : ""].join("");
  const command = `task reproduce ${paper.slug}${options}`;
  const other = seed === undefined ? "N" : String(Number(seed) + 1 || "N");
  const path = `notebooks/${paper.theme ?? "<theme>"}/${paper.slug}.ipynb`;
  const ways: readonly (readonly [string, string])[] = [
    ["With Node alone", `npx -y deno@${DENO_RELEASE} ${command}`],
    ["With Deno", `deno ${command}`],
    ["In Jupyter", `deno task notebook   # then open ${path}`],
    [
      seed === undefined ? "With a seed of your own" : `With another seed (this page: ${seed})`,
      `deno ${command} --seed ${other}`,
    ],
  ];
  const items = ways.map(([name, line]) =>
    `<dt>${escapeHtml(name)}</dt><dd><pre tabindex="0" role="group" aria-label="Command: ${
      escapeHtml(name)
    }"><code>${escapeHtml(line)}</code></pre></dd>`
  ).join("\n");
  return `<section class="run" aria-labelledby="run"><h2 id="run">Run this yourself</h2>
<p>In a copy of the repository:</p>
<dl>
${items}
</dl></section>`;
}

/** The citation of the paper, and of what was read of it. */
export function renderCitation(paper: PaperFacts): string {
  const authors = paper.authors === undefined ? "" : `${escapeHtml(paper.authors)}. `;
  const link = paper.arxiv === undefined ? "" : ` ${arxivLink(paper.arxiv)}.`;
  const readings = paper.readings === undefined
    ? ""
    : `<p class="note">Read: ${escapeHtml(paper.readings)}.</p>`;
  return `<section aria-labelledby="paper"><h2 id="paper">The paper</h2>
<p>${authors}<cite>${escapeHtml(paper.title)}</cite>${
    /[.?!]$/.test(paper.title) ? "" : "."
  }${link}</p>${readings}</section>`;
}

/** A link to the paper's page, which a reader may follow; plain text for what is no number there. */
export function arxivLink(arxiv: string): string {
  const id = escapeHtml(arxiv);
  if (!/^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})(v\d+)?$/.test(arxiv)) return id;
  return `<a href="https://arxiv.org/abs/${id}">arXiv:${id}</a>`;
}

/** The list of everything that a run's record says about how it was made. */
export function renderProvenance(
  facts: readonly (readonly [name: string, value: string])[],
): string {
  if (facts.length === 0) return "";
  const items = facts.map(([name, value]) =>
    `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`
  ).join("\n");
  return `<section aria-labelledby="provenance"><h2 id="provenance">Provenance</h2>
<dl class="facts">
${items}
</dl></section>`;
}

/** Names of the fields that a reader would not guess from the key. */
const NAMES: Readonly<Record<string, string>> = {
  v8: "V8",
  typescript: "TypeScript",
  os: "System",
  arch: "Processor",
  linalg: "Linear algebra",
  source: "Library, SHA-256",
  cells: "Cells, SHA-256",
  seconds: "Time of all cells",
};

/** Words for a field of a record: `rootSeed` becomes "Root seed". */
function nameOf(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll(/[_-]/g, " ");
  return NAMES[key] ?? words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** Flattens a record into pairs of names and texts; null and empty fields are left out. */
export function factsOf(
  record: Readonly<Record<string, unknown>>,
  above = "",
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const name = above === "" ? nameOf(key) : `${above}: ${nameOf(key).toLowerCase()}`;
    if (value === null || value === undefined || value === "") return [];
    if (Array.isArray(value)) {
      const items = value.map((item) => typeof item === "object" ? JSON.stringify(item) : item);
      return items.length === 0 ? [] : [[name, items.join(", ")] as const];
    }
    if (key === "linalg") return [[name, libraryText(value as Library)] as const];
    if (typeof value === "object") return factsOf(value as Record<string, unknown>, name);
    if (key === "seconds") return [[name, secondsText(Number(value))] as const];
    if (key === "date") return [[name, dateText(String(value))] as const];
    return [[name, String(value)] as const];
  });
}

type Library = {
  readonly name?: string;
  readonly version?: string | null;
  readonly library?: string | null;
};

function libraryText({ name, version, library }: Library): string {
  return [name, version, library && `(${library})`].filter(Boolean).join(" ");
}

function dateText(date: string): string {
  return date.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, "$1, $2 UTC");
}

/** A duration in words. */
export function secondsText(seconds: number): string {
  if (seconds < 1) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
