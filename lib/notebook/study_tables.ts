/**
 * A study's tables: its verdicts together, and its claims under other choices.
 *
 * @module
 */
import { escape, shortName, STATUS_COLOURS } from "../claims/card.ts";
import type { Profile } from "../claims/fields.ts";
import type { Status } from "../claims/judge.ts";
import {
  criterionText,
  estimateText,
  flagsOf,
  multiplicityLine,
  outcomeOf,
} from "../claims/line.ts";
import type { Shown, Verdict } from "../claims/verdict.ts";
import { jupyter } from "./jupyter.ts";
import { currentSink } from "./sink.ts";

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
  /** The status whose colour marks its row. */
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
        : `full, ${verdict.committed.date}: ${outcomeOf(verdict.committed)}`,
    },
    { text: criterionText(verdict.criterion) },
    { text: verdict.status === "not decided" ? "" : String(verdict.n) },
  ]);
  const head = ["verdict", "claim", "estimate", "criterion", "n"];
  const foot = multiplicityLine(verdicts);
  return table(head, rows, { foot, brief: ["Verdicts", ...failures(verdicts), foot] });
}

/** Each claim with what becomes of its status under other choices. */
export function sensitivityDisplay(
  rows: readonly StudyRow[],
  verdicts: readonly Verdict[],
): Displayed {
  const ids = [...new Set(rows.map(({ id }) => id))];
  const cells = ids.map((id): readonly Cell[] => {
    const { status, shown } = standing(verdicts.find((one) => one.id === id));
    const own = rows.filter((row) => row.id === id);
    const outcomes = [...new Set(own.map((row) => row.status))]
      .sort((a, b) => rank(a, status) - rank(b, status));
    const lines = outcomes.map((outcome) => {
      const choices = own.filter((row) => row.status === outcome).map(rowText);
      return `${outcomeText(outcome, status)}: ${choices.join("; ")}`;
    });
    const name = shown === "" ? shortName(id) : `${shortName(id)} (${shown})`;
    return [{ text: name, status, words: true }, { text: lines.join("\n"), words: true }];
  });
  const head = ["claim, as declared", "under other choices"];
  const foot = `Rows never change a verdict. ${origins(rows)}`;
  return table(head, cells, { foot, brief: ["Sensitivity", ...changes(rows, verdicts), foot] });
}

/** What rows are compared with: a claim's status, of the committed full run where this one has none. */
function standing(verdict: Verdict | undefined) {
  const { status, committed } = verdict ?? {};
  return status === "not decided" && committed
    ? { status: committed.status, shown: `${committed.status} in the full run` }
    : { status, shown: status ?? "" };
}

/** Claims that are not reproduced: a line for each of their statuses. */
function failures(verdicts: readonly Verdict[]): readonly string[] {
  const statuses = [...new Set(verdicts.map(({ status }) => status))];
  return statuses.map((status) => {
    const own = verdicts.filter((verdict) => verdict.status === status);
    const names = own.map(({ id }) => shortName(id)).join(", ");
    return `${own.length} ${status}${status === "reproduced" ? "" : `: ${names}`}`;
  });
}

/** Rows whose status is not that of their claim: a line for each claim that has some. */
function changes(rows: readonly StudyRow[], verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap((verdict) => {
    const { id } = verdict, { status, shown } = standing(verdict);
    const own = rows.filter((row) =>
      row.id === id && row.status !== status && row.status !== "reported" &&
      row.status !== "not run"
    );
    if (own.length === 0) return [];
    const outcomes = [...new Set(own.map((row) => row.status))].map((outcome) => {
      const labels = own.filter((row) => row.status === outcome).map(({ label }) => label);
      return `${outcomeText(outcome, status)}: ${labels.join(", ")}`;
    });
    return [`${shortName(id)} (${shown}), ${outcomes.join("; ")}`];
  });
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
  return `${label} → ${estimateText({ estimate, interval })}${fragile ? " (fragile)" : ""}`;
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

/**
 * A table as text and as html that fits light and dark pages. A notebook, which is to stay small and
 * shows the html, stores `brief` beside it instead of the whole text.
 */
function table(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { foot, brief }: { readonly foot: string; readonly brief: readonly string[] },
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
  // html needs no end tags in a table, and neither quotes nor a style where its own would do
  const html = `<table style='border-collapse:collapse;font-size:.9em;text-align:left;` +
    `font-variant-numeric:tabular-nums'><caption style='text-align:left;caption-side:bottom;` +
    `padding-top:.5em'>${escape(foot)}</caption><thead><tr>${
      head.map((name, at) => `<th scope=col${left(at)}>${name}`).join("")
    }${bodies(rows)}</table>`;
  const stored = () => currentSink() !== null || jupyter() !== null;
  const display = () => ({
    "text/html": html,
    "text/plain": stored() ? brief.join("\n") : `${brief[0]}\n${text}`,
  });
  return Object.defineProperty({ text }, Symbol.for("Jupyter.display"), {
    value: display,
  }) as Displayed;
}

/** What sets a cell to the left wherever it is shown. */
const LEFT = " style=text-align:left";

/** Rows, those of one status after another in a body that its colour marks. */
function bodies(rows: readonly (readonly Cell[])[]): string {
  let open: string | undefined;
  return rows.map((cells) => {
    const status = cells[0].status ?? "";
    const colour = STATUS_COLOURS[status as Status];
    const mark = colour === undefined ? "" : ` style='border-left:4px solid ${colour}'`;
    const body = status === open ? "" : `<tbody${mark}>`;
    open = status;
    return `${body}<tr>${cells.map(cellHtml).join("")}`;
  }).join("");
}

/** A cell. */
function cellHtml({ text, words }: Cell): string {
  return `<td${words ? LEFT : ""}>${escape(text).replaceAll("\n", "<br>")}`;
}
