/**
 * `reproduce`: runs a paper's notebook without Jupyter and writes what came of it.
 *
 * @module
 */
import { join } from "node:path";
import { type BackendName, backendText } from "../backend/info.ts";
import { checkChoice, shown } from "../check.ts";
import { loadCatalog } from "../claims/catalog.ts";
import { multiplicityLine } from "../claims/line.ts";
import { linalgProvider } from "../linalg/provider.ts";
import { withResolventMetadata } from "../notebook/cells_hash.ts";
import { readNotebook, writeNotebook } from "../notebook/ipynb.ts";
import { type ExecutedNotebook, runNotebook, slugOf } from "../notebook/run_notebook.ts";
import { backendSetting } from "./backend_setting.ts";
import { EXIT, isVerbose, runErrorText, UsageError } from "./failure.ts";
import { writeFigures } from "./figures.ts";
import { findNotebook, shortPath } from "./find_notebook.ts";
import { prepareFolder, writeInto } from "./output_folder.ts";
import { runDisplay } from "./run_display.ts";
import { type RunRecord, runRecord, slimRecord } from "./run_record.ts";
import { interruptible } from "./signals.ts";

/** Options of the command, as they were given. */
export type ReproduceOptions = {
  readonly profile?: string;
  readonly seed?: string;
  readonly backend?: string;
  readonly out?: string;
  readonly verbose?: boolean;
};

/** Checks profile, seed and backend; what was not given comes from the environment. */
export function runSettings({ profile, seed, backend }: ReproduceOptions): {
  readonly profile: string;
  readonly seed?: string;
  readonly backend?: BackendName;
} {
  const given = seed ?? (Deno.env.get("RESOLVENT_SEED") || undefined);
  if (given !== undefined && !/^\d+$/.test(given)) {
    throw new UsageError(
      `Cannot reproduce as --seed must be an integer of at least 0: seed is ${shown(given)}`,
    );
  }
  const asked = profile ?? (Deno.env.get("RESOLVENT_PROFILE") || "quick");
  try {
    checkChoice("reproduce", "--profile", asked, ["quick", "full"]);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const named = backendSetting("reproduce", backend ?? Deno.env.get("RESOLVENT_BACKEND"));
  return {
    profile: asked,
    ...(given === undefined ? {} : { seed: given }),
    ...(named === undefined ? {} : { backend: named }),
  };
}

/** Says what does the linear algebra, what that means for the time, and what would be faster. */
function providerLines(profile: string): string[] {
  const { name, version, path, hint } = linalgProvider();
  if (name === "portable") {
    const time = profile === "quick" ? "up to 10 minutes" : "an hour or more";
    const lines = [`Linear algebra: portable TypeScript, ${time} on two cores`];
    return hint === null ? lines : [...lines, `With a BLAS under a minute: ${hint}`];
  }
  const time = profile === "quick" ? "under a minute" : "minutes to hours";
  const number = version?.match(/\d+(\.\d+)+/)?.[0];
  const library = number === undefined ? name : `${name} ${number}`;
  return [`Linear algebra: ${library} (${path}), ${time} on two cores`];
}

/** Title of a paper, where the catalogue has it. */
function titleOf(slug: string): string | undefined {
  return loadCatalog().find((paper) => paper.slug === slug)?.title;
}

/** Writes everything that a run leaves: notebook, figures, record, page. */
async function writeResults(
  run: ExecutedNotebook,
  record: RunRecord,
  folder: string,
): Promise<void> {
  const notebook = withResolventMetadata(run.notebook, {
    slug: run.slug,
    record: slimRecord(record),
  });
  await writeNotebook(join(folder, `${run.slug}.ipynb`), notebook);
  await writeInto(folder, "record.json", JSON.stringify(record, null, 2) + "\n");
  await writeFigures(notebook, folder);
  const { writeReport } = await import("../report/report.ts");
  await writeReport([{ notebook, record }], folder, {
    index: false,
    catalogue: { papers: loadCatalog() },
  });
}

/** Prints how a run ended. */
function printEnd(
  run: ExecutedNotebook,
  folder: string,
  { codeCells, verbose }: { readonly codeCells: number; readonly verbose: boolean },
): void {
  const verdicts = run.study?.verdicts ?? [];
  if (verdicts.length > 0) console.log(multiplicityLine(verdicts));
  if (run.backend !== null) console.log(`Tensors: ${backendText(run.backend)}`);
  const where = shortPath(folder);
  const seed = run.study === null ? "" : ` with seed ${run.study.seed}`;
  const seconds = `${run.seconds.toFixed(1)} s${seed}`;
  if (run.status === "complete") {
    console.log(`All ${codeCells} cells ran in ${seconds}: see ${join(where, `${run.slug}.html`)}`);
  } else if (run.status === "interrupted") {
    const { length } = run.cells;
    console.error(
      `Interrupted after ${length} of ${codeCells} cells and ${seconds}: what is done is in ${where}`,
    );
  } else {
    console.error(`error: ${runErrorText(run.error ?? ["the run failed"], verbose)}`);
    console.error(`Failed after ${run.cells.length} of ${codeCells} cells: see ${where}`);
  }
}

/** Runs a paper's notebook; returns the exit code. */
export async function reproduce(wanted: string, options: ReproduceOptions): Promise<number> {
  const settings = runSettings(options);
  const { path } = await findNotebook(wanted, "reproduce");
  const notebook = await readNotebook(path);
  const slug = slugOf(notebook, path);
  const folder = await prepareFolder(options.out ?? join("out", slug));
  const codeCells = notebook.cells.filter(({ cell_type }) => cell_type === "code").length;

  const title = titleOf(slug);
  const seed = settings.seed === undefined ? "" : `, seed ${settings.seed}`;
  console.log(`${slug}${title ? `: ${title}` : ""} (${settings.profile} profile${seed})`);
  providerLines(settings.profile).forEach((line) => console.log(line));

  return await interruptible(async (signal) => {
    const display = runDisplay(codeCells);
    const run = await runNotebook(path, {
      ...settings,
      signal,
      onEvent: display.take,
      onRaw: display.raw,
    });
    display.end();
    await writeResults(run, runRecord(run, settings), folder);
    printEnd(run, folder, { codeCells, verbose: isVerbose(options) });
    if (run.status === "complete") return EXIT.done;
    return run.status === "interrupted" ? EXIT.interrupted : EXIT.failed;
  });
}
