/**
 * The index of a site: every paper of the catalogue with its status, grouped by theme.
 *
 * @module
 */
import { shown } from "../check.ts";
import type { PaperStatus } from "../claims/build_catalog.ts";
import { renderDocument } from "./document.ts";
import { anchorOf, escapeHtml } from "./html.ts";
import { arxivLink } from "./provenance.ts";
import { multiplicityLine } from "../claims/line.ts";
import { countStatuses, statusBadge } from "./verdict_table.ts";
import { isRecord, type VerdictRow } from "./verdicts.ts";

/** A paper of the catalogue. */
export type CataloguePaper = {
  /** Name, also of its page. */
  readonly slug: string;
  /** Title. */
  readonly title: string;
  /** Theme: the group it stands in. */
  readonly theme: string;
  /** arXiv number. */
  readonly arxiv?: string;
  /** How far it has come. */
  readonly status: PaperStatus;
  /** Why it is out, or what is left. */
  readonly reason?: string;
  /** Its claims as a survey of the literature noted them. */
  readonly claims?: readonly unknown[];
  /** Names of the claims that are declared; their number is shown where there are any. */
  readonly declared?: readonly string[];
};

/** The catalogue: what `notebooks/catalog.json` holds. */
export type Catalogue = {
  /** All papers. */
  readonly papers: readonly CataloguePaper[];
};

const STATUSES: readonly PaperStatus[] = ["done", "partly", "open", "out"];

/** Words of a theme that are written in capitals. */
const ACRONYMS = new Set(["inr", "kan", "ntk", "ssm"]);

const MEANING: Readonly<Record<PaperStatus, string>> = {
  done: "every claim that can be tested here has a verdict",
  partly: "some claims have a verdict",
  open: "not begun",
  out: "not taken up, for the reason given",
};

/** Returns `value`, a catalogue, or throws a `TypeError` that says what it lacks. */
export function checkCatalogue(value: unknown): Catalogue {
  const doing = "read the catalogue";
  if (!isRecord(value) || !Array.isArray(value.papers)) {
    throw new TypeError(`Cannot ${doing} as it must have a list of papers: it is ${shown(value)}`);
  }
  value.papers.forEach((paper, at) => {
    const fields = isRecord(paper) ? paper : {};
    for (const field of ["slug", "title", "theme", "status"]) {
      if (typeof fields[field] === "string") continue;
      throw new TypeError(
        `Cannot ${doing} as each paper must have a ${field}: that of paper ${at + 1} is ${
          shown(fields[field])
        }`,
      );
    }
    if (!STATUSES.includes(fields.status as PaperStatus)) {
      throw new RangeError(
        `Cannot ${doing} as a status must be one of ${
          STATUSES.join(", ")
        }: that of ${fields.slug} is ${shown(fields.status)}`,
      );
    }
  });
  return value as unknown as Catalogue;
}

/** What the index knows of the pages beside it. */
export type IndexOptions = {
  /** Slugs that have a page beside the index. */
  readonly pages: ReadonlySet<string>;
  /** Verdicts by slug, where they are known. */
  readonly verdicts?: ReadonlyMap<string, readonly VerdictRow[]>;
};

/** Renders the index. */
export function renderIndex(catalogue: Catalogue, options: IndexOptions): string {
  const { papers } = catalogue;
  const themes = themesOf(papers);
  const counts = STATUSES.map((status) =>
    [status, papers.filter((paper) => paper.status === status).length] as const
  );
  const filters = [["all", papers.length] as const, ...counts.filter(([, count]) => count > 0)];
  const choices = filters.map(([status, count]) =>
    `<label><input type="radio" name="show" id="show-${status}"${
      status === "all" ? " checked" : ""
    }><span>${status} <b>${count}</b></span></label>`
  ).join("");
  const meanings = counts.filter(([, count]) => count > 0)
    .map(([status]) => `<li>${statusBadge(status)} ${MEANING[status]}</li>`).join("");
  const groups = themes.map((theme) =>
    group(theme, papers.filter((paper) => paper.theme === theme), options)
  ).join("\n");
  const links = themes.map((theme) =>
    `<li><a href="#${anchorOf(theme)}">${escapeHtml(themeName(theme))}</a></li>`
  ).join("\n");
  return renderDocument({
    kind: "catalogue",
    title: "Resolvent: the catalogue",
    description:
      `${papers.length} papers on the theory of deep learning and what became of their claims.`,
    header:
      `<p class="kicker">Resolvent</p>\n<h1>Does the theorem show?</h1>\n<p class="lead">${papers.length} papers on the theory of deep learning. Each claim is declared before it is measured, then decided by statistics; a claim that fails is shown as plainly as one that holds.</p>`,
    nav: `<details class="contents"><summary>Themes</summary><ul>\n${links}\n</ul></details>`,
    main: `<fieldset class="filter"><legend>Show</legend>${choices}</fieldset>
<ul class="meanings note">${meanings}</ul>
${groups}
<p class="note">${totals(options)}</p>`,
    footer: "<p>Made by Resolvent. These pages load nothing and run nothing.</p>",
  }, "the catalogue");
}

/** Themes with a verdict first, then by name, the rest group last. */
function themesOf(papers: readonly CataloguePaper[]): readonly string[] {
  const rank = (theme: string): number =>
    papers.some((paper) => paper.theme === theme && isBegun(paper)) ? 0 : theme === "other" ? 2 : 1;
  return [...new Set(papers.map(({ theme }) => theme))]
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function isBegun({ status }: CataloguePaper): boolean {
  return status === "done" || status === "partly";
}

function totals({ verdicts }: IndexOptions): string {
  const all = [...(verdicts?.values() ?? [])].flat();
  return all.length === 0 ? "" : `${multiplicityLine(all)}.`;
}

function group(
  theme: string,
  papers: readonly CataloguePaper[],
  options: IndexOptions,
): string {
  const begun = papers.filter(isBegun).length;
  const rank = (paper: CataloguePaper): number => STATUSES.indexOf(paper.status);
  const items = [...papers].sort((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1))
    .map((paper) => entry(paper, options)).join("\n");
  const anchor = anchorOf(theme);
  const count = begun === 0 ? `${papers.length}` : `${begun} of ${papers.length}`;
  return `<details class="theme" id="${anchor}" open><summary><h2>${
    escapeHtml(themeName(theme))
  }</h2> <span>${count}</span></summary>
<ul class="papers">
${items}
</ul></details>`;
}

function entry(paper: CataloguePaper, { pages, verdicts }: IndexOptions): string {
  const title = escapeHtml(paper.title);
  const link = pages.has(paper.slug) ? `<a href="${paper.slug}.html">${title}</a>` : title;
  const claims = paper.declared?.length || paper.claims?.length || 0;
  const decided = countStatuses(verdicts?.get(paper.slug) ?? [])
    .map(([status, count]) => statusBadge(status, `${count} ${status}`)).join(" ");
  const facts = [
    paper.arxiv === undefined ? "" : arxivLink(paper.arxiv),
    paper.reason === undefined ? "" : escapeHtml(paper.reason),
  ].filter(Boolean).join(" · ");
  return `<li data-status="${paper.status}">${
    statusBadge(paper.status)
  }<div class="title">${link}</div>${
    line("claims", claims === 0 ? "" : claims === 1 ? "1 claim" : `${claims} claims`)
  }${line("about", facts)}${line("decided", decided)}</li>`;
}

function line(kind: string, html: string): string {
  return html === "" ? "" : `<div class="${kind}">${html}</div>`;
}

function themeName(theme: string): string {
  const words = theme.split("-").map((word) => ACRONYMS.has(word) ? word.toUpperCase() : word);
  const name = words.join(" ");
  return name.charAt(0).toUpperCase() + name.slice(1);
}
