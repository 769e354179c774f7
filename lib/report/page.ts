/**
 * One executed notebook as one page.
 *
 * @module
 */
import type { Notebook } from "../notebook/ipynb.ts";
import { renderCells, type Renderers } from "./cells.ts";
import { renderDocument } from "./document.ts";
import { loadHighlight } from "./highlight.ts";
import { escapeHtml } from "./html.ts";
import { loadMarkdown, newOutline, type Outline } from "./markdown.ts";
import { loadMaths } from "./maths.ts";
import {
  arxivLink,
  factsOf,
  type PaperFacts,
  renderCitation,
  renderProvenance,
  renderRunBox,
} from "./provenance.ts";
import { verdictsIn } from "./verdict_cards.ts";
import { renderVerdicts } from "./verdict_table.ts";
import { isRecord, verdictsOf } from "./verdicts.ts";

/** What a page is made of. */
export type PageParts = {
  /** The executed notebook. */
  readonly notebook: Notebook;
  /** The paper it is about. */
  readonly paper: PaperFacts;
  /** The record of the run: verdicts and provenance. */
  readonly record?: Readonly<Record<string, unknown>>;
  /** Whether the catalogue lies beside the page as `index.html`; default true. */
  readonly index?: boolean;
};

/** Loads what renders cells: Markdown, formulas, coloured code. */
export async function loadRenderers(): Promise<Renderers> {
  const [maths, highlight] = await Promise.all([loadMaths(), loadHighlight()]);
  return { maths, highlight, markdown: await loadMarkdown(maths, highlight) };
}

/** Renders a page; it holds everything it needs. */
export function renderPage(
  { notebook, paper, record = {}, index = true }: PageParts,
  renderers: Renderers,
): string {
  const outline = newOutline();
  ["main", "verdicts", "run", "paper", "provenance"].forEach((id) => outline.anchors.add(id));
  const name = `the notebook ${paper.slug}`;
  const body = renderCells(notebook, outline, { renderers, name, seconds: cellTimes(record) });
  const verdicts = verdictsOf(record);
  const table = renderVerdicts(verdicts, new Set(verdictsIn(body)));
  const provenance = isRecord(record.provenance) ? record.provenance : {};
  const { seconds } = record;
  const facts = [...factsOf({ ...provenance, seconds }), ...versionsOf(notebook, provenance)];
  const seed = textField(provenance.seed ?? record.seed);
  const profile = textField(provenance.profile ?? record.profile);
  const title = outline.title ?? { html: escapeHtml(paper.title), text: paper.title };
  const byline = [
    paper.arxiv === undefined ? "" : arxivLink(paper.arxiv),
    paper.theme === undefined ? "" : escapeHtml(paper.theme.replaceAll("-", " ")),
    profile === undefined ? "" : `profile ${escapeHtml(profile)}`,
    seed === undefined ? "" : `seed ${escapeHtml(seed)}`,
    textField(provenance.date)?.slice(0, 10) ?? "",
  ].filter(Boolean).map((part) => `<span>${part}</span>`).join("");
  const kicker = index
    ? `<a href="index.html">Resolvent</a>: a paper decided`
    : "Resolvent: a paper decided";
  return renderDocument({
    kind: "report",
    title: `${title.text} · Resolvent`,
    description: `The claims of "${paper.title}", tested: verdicts, figures, code and provenance.`,
    header:
      `<p class="kicker">${kicker}</p>\n<h1>${title.html}</h1>\n<p class="byline">${byline}</p>`,
    nav: contents(outline, table !== "", facts.length > 0),
    main: [
      notice(record),
      table,
      `<section class="body" aria-label="Notebook">\n${body}\n</section>`,
      renderRunBox(paper, { seed, profile }),
      renderCitation(paper),
      renderProvenance(facts),
    ].filter(Boolean).join("\n"),
    footer: `<p>Made by Resolvent from <code>${
      escapeHtml(paper.slug)
    }.ipynb</code>. This page holds all that it shows: it loads nothing and runs nothing.</p>`,
  }, `the report of ${paper.slug}`);
}

function contents(outline: Outline, verdicts: boolean, provenance: boolean): string {
  const own: readonly (readonly [boolean, string, string])[] = [
    [true, "run", "Run this yourself"],
    [true, "paper", "The paper"],
    [provenance, "provenance", "Provenance"],
  ];
  const items = [
    ...(verdicts ? [item(2, "verdicts", "Verdicts")] : []),
    ...outline.headings.filter(({ level }) => level <= 3)
      .map(({ level, id, html }) => item(level, id, html)),
    ...own.filter(([present]) => present).map(([, id, text]) => item(2, id, text)),
  ];
  return `<details class="contents"><summary>Contents</summary><ol>\n${
    items.join("\n")
  }\n</ol></details>`;
}

function item(level: number, id: string, html: string): string {
  return `<li class="level-${level}"><a href="#${id}">${html}</a></li>`;
}

/** Says so where a run did not come to its end. */
function notice({ status }: Readonly<Record<string, unknown>>): string {
  if (typeof status !== "string" || status === "complete") return "";
  return `<p class="notice" role="note">The run of this notebook ${
    status === "failed" ? "failed" : `was ${escapeHtml(status)}`
  }: the page shows what was done before.</p>`;
}

/** Seconds of each cell by its id, where the record has them. */
function cellTimes({ cells }: Readonly<Record<string, unknown>>): ReadonlyMap<string, number> {
  const times = Array.isArray(cells) ? cells.filter(isRecord) : [];
  return new Map(times.map(({ id, seconds }) => [String(id), Number(seconds)]));
}

/** The kernel that a notebook names, where the record does not say what ran it. */
function versionsOf(
  notebook: Notebook,
  provenance: Readonly<Record<string, unknown>>,
): readonly (readonly [string, string])[] {
  const kernel = isRecord(notebook.metadata.kernelspec) ? notebook.metadata.kernelspec : {};
  const named = textField(kernel.display_name ?? kernel.name);
  return named === undefined || Object.keys(provenance).length > 0 ? [] : [["Kernel", named]];
}

function textField(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
