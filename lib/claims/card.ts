/**
 * A verdict as a card: html with inline styles alone, on a light or a dark page, without scripts.
 *
 * @module
 */
import { type BackendInfo, backendText } from "../backend/info.ts";
import { intervalBar } from "./bar.ts";
import type { Status } from "./judge.ts";
import {
  beside,
  countText,
  criterionText,
  digits,
  estimateText,
  flagsOf,
  withInterval,
} from "./line.ts";
import type { ControlOutcome, Verdict } from "./verdict.ts";

/**
 * Colour of each status: white text on it has a contrast of at least 4.5, and it has at least 3
 * against both a white and an almost black page.
 */
export const STATUS_COLOURS: Readonly<Record<Status, string>> = {
  "reproduced": "#1a7f37",
  "contradicted": "#d1242f",
  "differs": "#b35900",
  "inconclusive": "#7559d6",
  "not decided": "#6b7280",
};

/** The card of a verdict, with what computed with tensors, if anything did. */
export function verdictCard(verdict: Verdict, backend: BackendInfo | null = null): string {
  const colour = STATUS_COLOURS[verdict.status];
  const rows = [
    row("criterion", `${criterionText(verdict.criterion)}, from ${originText(verdict)}`),
    row("sizes", sizesText(verdict)),
    verdict.control === undefined
      ? row("no control", verdict.noControl ?? "")
      : row(verdict.control.holds ? "control" : "control failed", controlText(verdict.control)),
    row("reading", verdict.reading ?? ""),
    row("amended", verdict.amended ?? ""),
    ...verdict.notes.map((note) => row("note", note)),
    row("tensors", backend === null ? "" : backendText(backend)),
    verdict.witness === undefined ? "" : row("witness", witnessText(verdict.witness)),
  ];
  // in few letters, for a notebook holds many: quotes that JSON need not escape, and none where html
  // needs none, and end tags only where another does not say as much
  return `<div data-resolvent-verdict='${attribute(verdict.id)}' ` +
    `style='border-left:4px solid ${colour};padding-left:1em;max-width:46em;line-height:1.5` +
    `${verdict.witness === undefined ? "" : ";overflow-wrap:anywhere"}'>` +
    badge(verdict.status, colour) +
    flagsOf(verdict).map(flag).join("") +
    ` ${escape(shortName(verdict.id))}` +
    `<br>${escape(verdict.statement)}` +
    measured(verdict) +
    `<small>${rows.filter(Boolean).join("<br>")}</small></div>`;
}

/** The estimate in figures and as a bar; for a claim not decided, what the full profile gave. */
function measured(verdict: Verdict): string {
  if (verdict.estimate === null) {
    return `<div>${escape(beside(verdict).replace(/^; /, ""))}</div>`;
  }
  const level = verdict.level === null ? "" : ` at ${digits(100 * verdict.level)} %`;
  const spread = verdict.sd === null || verdict.kind === "proportion"
    ? ""
    : `, sd ${digits(verdict.sd)}${
      verdict.expectedSd === null ? "" : ` (expected ${digits(verdict.expectedSd)})`
    }`;
  return `<div><b>${escape(estimateText(verdict))}</b>` +
    `${level}, ${countText(verdict)}${spread}${intervalBar(verdict)}</div>`;
}

/** The status on its colour. */
function badge(status: Status, colour: string): string {
  return `<b style='background:${colour};color:#fff;padding:.1em .5em;border-radius:3px'>` +
    `${status}</b>`;
}

/** A word beside the status. */
function flag(word: string): string {
  return ` <small style='border:1px solid;padding:0 .4em;border-radius:3px'>${word}</small>`;
}

/** One line of the list, or nothing without text. */
function row(name: string, text: string): string {
  if (text === "") return "";
  return `<b>${name}:</b> ${escape(text)}`;
}

/** A claim's name without the paper's. */
export function shortName(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}

/** The sizes of the run and those of the paper. */
function sizesText({ sizesHere, sizesPaper }: Verdict): string {
  const here = sizesHere === "" ? "not stated" : sizesHere;
  return sizesPaper === "" || sizesPaper === "-"
    ? sizesHere
    : `${here}; in the paper: ${sizesPaper}`;
}

/** Where the criterion comes from, in words. */
function originText({ origin, exploratory }: Verdict): string {
  if (exploratory) return "a pilot: exploratory";
  if (origin === "paper") return "the paper";
  return `a ${origin}`;
}

/** The control and what it came to. */
function controlText({ statement, arms }: ControlOutcome): string {
  const results = arms.map(({ label, estimate, interval }) => {
    const text = withInterval(estimate, interval);
    return label === undefined ? text : `${label} ${text}`;
  });
  return `${statement}: ${results.join(", ")}`;
}

/** A witness as text of a size that a card can hold. */
function witnessText(witness: unknown): string {
  const text = JSON.stringify(witness) ?? String(witness);
  return text.length <= 600 ? text : `${text.slice(0, 600)}... (whole in the record)`;
}

/** Text as html, between tags. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text as html, in single quotes. */
function attribute(text: string): string {
  return escape(text).replaceAll("'", "&#39;");
}
