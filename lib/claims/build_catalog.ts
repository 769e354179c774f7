/**
 * Makes the catalogue from the table of papers, the claim files, the notebooks and the ledger.
 *
 * As a script: `deno run --allow-read --allow-write lib/claims/build_catalog.ts [folder] [--check]`.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { type PaperClaims, parseClaimFile } from "./claim_file.ts";
import { EMPTY_LEDGER, type Ledger, parseLedger } from "./ledger_schema.ts";

/** State of a paper: its claims are decided, some are, none yet, or none can be. */
export type PaperStatus = "done" | "partly" | "open" | "out";

/** A paper of the catalogue. */
export type Paper = {
  /** Name. */
  readonly slug: string;
  /** Title. */
  readonly title: string;
  /** Theme: the folder of its notebook. */
  readonly theme: string;
  /** How well it can be tested here: A and B directly, C by a stand-in, D not at all. */
  readonly fit: "A" | "B" | "C" | "D";
  /** State. */
  readonly status: PaperStatus;
  /** Why it is out, or what limits it. */
  readonly reason?: string;
  /** Its claims as the survey of the literature noted them. */
  readonly claims: readonly string[];
  /** The experiment that would test them. */
  readonly experiment: string;
  /** What the experiment needs. */
  readonly needs: string;
  /** Names of the claims that are declared. */
  readonly declared: readonly string[];
  /** How many of them are decided, in either profile. */
  readonly decided: number;
  /** Path of its notebook within the folder of notebooks, if there is one. */
  readonly notebook?: string;
};

/** What the state of a paper depends on, beside the table and the claim files. */
export type CatalogState = {
  /** Paths of the notebooks, theme/slug.ipynb. */
  readonly notebooks?: readonly string[];
  /** The ledger. */
  readonly ledger?: Ledger;
};

const COLUMNS = ["slug", "title", "theme", "fit", "claims", "experiment", "needs"] as const;

/** The catalogue, in the order of the table. */
export function buildCatalog(
  table: string,
  claimFiles: readonly PaperClaims[],
  { notebooks = [], ledger = EMPTY_LEDGER }: CatalogState = {},
): readonly Paper[] {
  const rows = readTable(table);
  const bySlug = new Map(claimFiles.map((file) => [file.paper.slug, file]));
  const slugs = new Set(rows.map(({ slug }) => slug));
  for (const slug of bySlug.keys()) {
    if (slugs.has(slug)) continue;
    throw new RangeError(
      cannot("build the catalogue", "every claim file belongs to a paper", "slug", slug),
    );
  }
  return rows.map((row) => paperOf(row, bySlug.get(row.slug), { notebooks, ledger }));
}

/** A paper from its row. */
function paperOf(
  row: Record<typeof COLUMNS[number], string>,
  file: PaperClaims | undefined,
  { notebooks, ledger }: Required<CatalogState>,
): Paper {
  const declared = file === undefined ? [] : [...file.claims, ...file.ours].map(({ id }) => id);
  const decided = declared.filter((id) => {
    const verdicts = ledger.claims[id]?.verdicts;
    return verdicts?.quick !== undefined || verdicts?.full !== undefined;
  }).length;
  const path = `${row.theme}/${row.slug}.ipynb`;
  const notebook = notebooks.includes(path) ? path : undefined;
  const { status, reason } = stateOf(row, { declared: declared.length, decided, notebook });
  return {
    slug: row.slug,
    title: row.title,
    theme: row.theme,
    fit: row.fit as Paper["fit"],
    status,
    ...(reason === undefined ? {} : { reason }),
    claims: row.claims.split(" || "),
    experiment: row.experiment,
    needs: row.needs,
    declared,
    decided,
    ...(notebook === undefined ? {} : { notebook }),
  };
}

/** State of a paper: a notebook settles it, else its fit. */
function stateOf(
  row: Record<"fit" | "experiment", string>,
  { declared, decided, notebook }: {
    readonly declared: number;
    readonly decided: number;
    readonly notebook: string | undefined;
  },
): { readonly status: PaperStatus; readonly reason?: string } {
  const limits = row.fit === "C"
    ? { reason: "by a small stand-in only: the paper's own scale is out of reach" }
    : {};
  if (notebook !== undefined) {
    const status = declared > 0 && decided === declared ? "done" : "partly";
    return { status, ...limits };
  }
  if (row.fit !== "D") return { status: "open", ...limits };
  const rest = row.experiment
    .replace(/^none( that keeps the claim| planned| needed)?[\s;:,.]*/i, "").trim();
  const mark = rest === "" ? "" : rest.startsWith("(") ? " " : ": ";
  return { status: "out", reason: `no experiment of these sizes tests its claims${mark}${rest}` };
}

/** Rows of the tab-separated table. */
function readTable(table: string): readonly Record<typeof COLUMNS[number], string>[] {
  const doing = "build the catalogue";
  const [head, ...lines] = table.trimEnd().split("\n");
  if (head !== COLUMNS.join("\t")) {
    throw new TypeError(
      cannot(doing, `the table's columns must be ${COLUMNS.join(", ")}`, "its head", head),
    );
  }
  const seen = new Set<string>();
  return lines.map((line, i) => {
    const cells = line.split("\t");
    const row = Object.fromEntries(COLUMNS.map((name, at) => [name, cells[at] ?? ""])) as Record<
      typeof COLUMNS[number],
      string
    >;
    const fault = cells.length !== COLUMNS.length
      ? `it has ${cells.length} cells`
      : !/^[a-z0-9-]+$/.test(row.slug)
      ? `its slug is ${JSON.stringify(row.slug)}`
      : seen.has(row.slug)
      ? `its slug ${row.slug} came before`
      : !"ABCD".includes(row.fit)
      ? `its fit is ${JSON.stringify(row.fit)}`
      : "";
    if (fault !== "") {
      throw new TypeError(
        `Cannot ${doing} as every row must describe one paper: in line ${i + 2} ${fault}`,
      );
    }
    seen.add(row.slug);
    return row;
  });
}

/** Text of catalog.json. */
export function renderCatalog(papers: readonly Paper[]): string {
  return JSON.stringify({ papers }, null, 2) + "\n";
}

/** Text of catalog.json as the files of a folder of notebooks have it. */
export async function catalogOf(folder: URL): Promise<string> {
  const claimFiles: PaperClaims[] = [];
  for (const name of await filesIn(new URL("claims/", folder), ".json")) {
    const text = await Deno.readTextFile(new URL(`claims/${name}`, folder));
    claimFiles.push(parseClaimFile(`claims/${name}`, text));
  }
  const notebooks: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory || name === "claims" || name.startsWith(".")) continue;
    const files = await filesIn(new URL(`${name}/`, folder), ".ipynb");
    notebooks.push(...files.map((file) => `${name}/${file}`));
  }
  const table = await Deno.readTextFile(new URL("papers.tsv", folder));
  const ledger = await ledgerIn(folder);
  return renderCatalog(buildCatalog(table, claimFiles, { notebooks, ledger }));
}

/** Names of the files of a folder that end in `ending`, in order. */
async function filesIn(folder: URL, ending: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(ending) && !name.startsWith(".")) names.push(name);
  }
  return names.sort();
}

/** The ledger of a folder, or one without claims. */
async function ledgerIn(folder: URL): Promise<Ledger> {
  try {
    return parseLedger(await Deno.readTextFile(new URL("ledger.json", folder)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return EMPTY_LEDGER;
    throw error;
  }
}

/** Writes catalog.json, or with --check tells whether it is current. */
async function main(args: readonly string[]): Promise<void> {
  const [path = "notebooks"] = args.filter((arg) => !arg.startsWith("--"));
  const folder = new URL(`file://${await Deno.realPath(path)}/`);
  const file = new URL("catalog.json", folder);
  const text = await catalogOf(folder);
  if (!args.includes("--check")) return await Deno.writeTextFile(file, text);
  if (await Deno.readTextFile(file) === text) return;
  console.error(`${file.pathname} is not current: run lib/claims/build_catalog.ts`);
  Deno.exit(1);
}

if (import.meta.main) await main(Deno.args);
