/**
 * The verdicts of a report at a glance: how many of each status, and one row per claim with its
 * estimate, its interval against its criterion, and a link to its place.
 *
 * @module
 */
import {
  bracket,
  countText,
  criterionText,
  digits,
  flagsOf,
  multiplicityLine,
  outcomeOf,
} from "../claims/line.ts";
import { escapeHtml, openFrame } from "./html.ts";
import { rangeDrawing } from "./range_drawing.ts";
import { verdictAnchor } from "./verdict_cards.ts";
import type { VerdictRow } from "./verdicts.ts";

/** A mark for each status, so that colour is not needed to tell them apart. */
const MARKS: Readonly<Record<string, string>> = {
  reproduced: "✓",
  contradicted: "✗",
  differs: "≠",
  inconclusive: "?",
  "not decided": "–",
  done: "✓",
  partly: "◐",
  open: "○",
  out: "–",
};

/** The order in which counts of statuses are listed. */
const ORDER = ["reproduced", "contradicted", "differs", "inconclusive", "not decided"];

/** A status as a coloured word with a mark. */
export function statusBadge(status: string, text = status): string {
  const kind = escapeHtml(status.replaceAll(" ", "-"));
  const mark = MARKS[status] ?? "·";
  return `<span class="status ${kind}" data-mark="${mark}">${escapeHtml(text)}</span>`;
}

/** Counts verdicts by status, in a fixed order. */
export function countStatuses(
  verdicts: readonly VerdictRow[],
): readonly (readonly [status: string, count: number])[] {
  const found = [...new Set([...ORDER, ...verdicts.map(({ status }) => status)])];
  return found
    .map((status) => [status, verdicts.filter((one) => one.status === status).length] as const)
    .filter(([, count]) => count > 0);
}

/** The section that opens a report: counts, then the table; empty without verdicts. */
export function renderVerdicts(
  verdicts: readonly VerdictRow[],
  present: ReadonlySet<string>,
): string {
  if (verdicts.length === 0) return "";
  const tally = countStatuses(verdicts)
    .map(([status, count]) => `<li>${statusBadge(status, `${count} ${status}`)}</li>`)
    .join("");
  const rows = verdicts.map((verdict) => row(verdict, present)).join("\n");
  return `<section class="verdicts" aria-labelledby="verdicts">
<h2 id="verdicts">Verdicts</h2>
<ul class="tally" aria-label="Number of claims by status">${tally}</ul>
${openFrame("Verdicts, one row per claim", { role: "region" })}<table>
<thead><tr><th scope="col">Status</th><th scope="col">Claim</th><th scope="col">Estimate</th><th scope="col">Criterion</th><th scope="col">Interval</th></tr></thead>
<tbody>
${rows}
</tbody>
</table></div>
<p class="note">In the last column the band is where the criterion holds, the bar the interval, the dot the estimate. ${
    escapeHtml(multiplicityLine(verdicts))
  }.</p>
</section>`;
}

function row(verdict: VerdictRow, present: ReadonlySet<string>): string {
  const { id, statement, status, criterion, committed } = verdict;
  const text = escapeHtml(statement);
  const claim = present.has(id) ? `<a href="#${verdictAnchor(id)}">${text}</a>` : text;
  const flags = flagsOf(verdict).map((flag) => `<span class="flag">${flag}</span>`).join(" ");
  const full = committed === undefined
    ? ""
    : `<span class="flag">full, ${committed.date}: ${outcomeOf(committed)}</span>`;
  return `<tr><td>${statusBadge(status)}${flags}${full}</td><td class="claim">${claim}</td>` +
    `<td class="number">${estimate(committed ?? verdict)}</td>` +
    `<td class="number">${typeset(criterionText(criterion))}<span class="interval">${
      countText({ ...verdict, n: committed?.n ?? verdict.n })
    }</span></td>` +
    `<td>${rangeDrawing({ ...(committed ?? verdict), criterion })}</td></tr>`;
}

function estimate({ estimate, interval }: Pick<VerdictRow, "estimate" | "interval">): string {
  if (estimate === null) return "–";
  const range = interval === null || interval[0] === interval[1]
    ? ""
    : `<span class="interval">${typeset(bracket(interval))}</span>`;
  return typeset(digits(estimate)) + range;
}

/** Numbers with a real minus sign. */
function typeset(text: string): string {
  return text.replaceAll("-", "−").replaceAll("Infinity", "∞");
}
