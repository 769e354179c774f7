/**
 * A study's tables: its verdicts together, and its claims under other choices.
 *
 * @module
 */
import { escape, shortName, STATUS_COLOURS } from "../claims/card.ts";
import type { Profile } from "../claims/fields.ts";
import type { Status } from "../claims/judge.ts";
import { criterionText, estimateText, flagsOf, multiplicityLine } from "../claims/line.ts";
import type { Shown, Verdict } from "../claims/verdict.ts";

/** A sensitivity row of this run or of the committed full profile. */
export type StudyRow = {
  /** Name of the claim. */
  readonly id: string;
  /** The choice. */
  readonly label: string;
  /** What the criterion comes to; "reported" without one, "not run" where there is no row yet. */
  readonly status: Status | "reported" | "not run";
  /** Whether an end of the interval is near an edge. */
  readonly fragile?: boolean;
  /** Estimate. */
  readonly estimate?: number;
  /** Its interval. */
  readonly interval?: readonly [low: number, high: number];
  /** Number of seeds. */
  readonly n?: number;
  /** Profile in which it was measured. */
  readonly profile?: Profile;
  /** "this run", the day of the committed row, or "full profile" where there is none. */
  readonly source: string;
};

/** A table that shows itself. */
export type Displayed = {
  /** The table as text. */
  readonly text: string;
  /** As html and text, under `Symbol.for("Jupyter.display")`. */
  readonly [display: symbol]: () => Shown;
};

/** A cell of a table. */
type Cell = {
  /** Its lines of text. */
  readonly text: string;
  /** The status whose colour marks it. */
  readonly status?: string;
  /** Whether it is read from the left; JupyterLab sets cells to the right, as numbers are. */
  readonly words?: boolean;
};

/** The verdicts with the line on multiplicity. */
export function summaryDisplay(verdicts: readonly Verdict[]): Displayed {
  const rows = verdicts.map((verdict): readonly Cell[] => [
    {
      text: [verdict.status, ...flagsOf(verdict).map((flag) => `(${flag})`)].join(" "),
      status: verdict.status,
      words: true,
    },
    { text: shortName(verdict.id), words: true },
    {
      text: verdict.committed === undefined || verdict.estimate !== null
        ? verdict.estimate === null ? "" : estimateText(verdict)
        : `full, ${verdict.committed.date}: ${verdict.committed.status}`,
    },
    { text: criterionText(verdict.criterion) },
    { text: verdict.status === "not decided" ? "" : String(verdict.n) },
  ]);
  const head = ["verdict", "claim", "estimate", "criterion", "n"];
  return table("Verdicts", head, rows, multiplicityLine(verdicts));
}

/** Each claim with what becomes of its status under other choices. */
export function sensitivityDisplay(
  rows: readonly StudyRow[],
  verdicts: readonly Verdict[],
): Displayed {
  const ids = [...new Set(rows.map(({ id }) => id))];
  const cells = ids.map((id): readonly Cell[] => {
    const status = verdicts.find((one) => one.id === id)?.status;
    const own = rows.filter((row) => row.id === id);
    const outcomes = [...new Set(own.map((row) => row.status))]
      .sort((a, b) => rank(a, status) - rank(b, status));
    const lines = outcomes.map((outcome) => {
      const choices = own.filter((row) => row.status === outcome).map(rowText);
      return `${outcomeText(outcome, status)}: ${choices.join("; ")}`;
    });
    const name = status === undefined ? shortName(id) : `${shortName(id)} (${status})`;
    return [{ text: name, status, words: true }, { text: lines.join("\n"), words: true }];
  });
  const head = ["claim, as declared", "under other choices"];
  return table("Sensitivity", head, cells, `Rows never change a verdict. ${origins(rows)}`);
}

/** Order of outcomes: the same, others, then those without a status. */
function rank(outcome: StudyRow["status"], status: Status | undefined): number {
  if (outcome === status) return 0;
  return outcome === "reported" ? 2 : outcome === "not run" ? 3 : 1;
}

/** What becomes of a verdict, in words. */
function outcomeText(outcome: StudyRow["status"], status: Status | undefined): string {
  if (outcome === status) return `still ${outcome}`;
  return reverses(outcome, status) ? `reversed to ${outcome}` : outcome;
}

/** A row's choice with its estimate and interval. */
function rowText({ label, fragile, estimate, interval }: StudyRow): string {
  if (estimate === undefined || interval === undefined) return label;
  return `${label} ${estimateText({ estimate, interval })}${fragile ? " (fragile)" : ""}`;
}

/** Where the rows were measured. */
function origins(rows: readonly StudyRow[]): string {
  const sources = [...new Set(rows.map(({ source }) => source))].sort();
  const count = (source: string) => rows.filter((row) => row.source === source).length;
  return sources.map((source) => {
    const from = source === "this run" || source === "full profile"
      ? source
      : `the full run of ${source}`;
    return `${count(source)} from ${from}`;
  }).join(", ");
}

/** Tells whether a row says the opposite of the verdict. */
function reverses(row: StudyRow["status"], verdict: Status | undefined): boolean {
  const against = (status?: string) => status === "contradicted" || status === "differs";
  return (row === "reproduced" && against(verdict)) || (against(row) && verdict === "reproduced");
}

/** A table as text and as html that fits light and dark pages. */
function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  foot: string,
): Displayed {
  const lines = [head, ...rows.map((row) => row.map(({ text }) => text.replaceAll("\n", " | ")))];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  const left = (at: number) => rows[0]?.[at].words ? LEFT : "";
  const text = [
    ...lines.map((line) =>
      line.map((cell, at) => at > 0 && widths[at] > 60 ? cell : cell.padEnd(widths[at])).join("  ")
        .trimEnd()
    ),
    foot,
  ].join("\n");
  const html = `<table style="border-collapse:collapse;font-size:.9em;text-align:left;` +
    `font-variant-numeric:tabular-nums"><caption style="text-align:left;caption-side:bottom;` +
    `padding-top:.5em">${escape(foot)}</caption><thead><tr>${
      head.map((name, at) => `<th scope="col"${styleOf(left(at))}>${name}</th>`).join("")
    }</tr></thead><tbody>${
      rows.map((row) => `<tr>${row.map(cellHtml).join("")}</tr>`)
        .join("")
    }</tbody></table>`;
  const display = () => ({ "text/html": html, "text/plain": `${title}\n${text}` });
  return Object.defineProperty({ text }, Symbol.for("Jupyter.display"), {
    value: display,
  }) as Displayed;
}

/** What sets a cell to the left wherever it is shown. */
const LEFT = "text-align:left";

/** A cell, marked by the colour of its status. */
function cellHtml({ text, status, words }: Cell): string {
  const colour = STATUS_COLOURS[status as Status];
  const mark = colour === undefined ? "" : `border-left:4px solid ${colour}`;
  const style = [words ? LEFT : "", mark].filter(Boolean).join(";");
  return `<td${styleOf(style)}>${escape(text).replaceAll("\n", "<br>")}</td>`;
}

/** A style as an attribute, or nothing. */
function styleOf(style: string): string {
  return style === "" ? "" : ` style="${style}"`;
}
