/**
 * `execute`: runs the project's notebooks and stores what they show, with the ledger and the
 * catalogue that follow from it.
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BackendName } from "../backend/info.ts";
import { checkChoice } from "../check.ts";
import { catalogOf } from "../claims/build_catalog.ts";
import { mergeLedger } from "../claims/ledger.ts";
import { EMPTY_LEDGER, type Ledger, parseLedger, renderLedger } from "../claims/ledger_schema.ts";
import { withResolventMetadata } from "../notebook/cells_hash.ts";
import { formatNotebook, type Notebook, readNotebook } from "../notebook/ipynb.ts";
import { writeNotebook } from "../notebook/ipynb.ts";
import { project } from "../notebook/project.ts";
import { type ExecutedNotebook, runNotebook } from "../notebook/run_notebook.ts";
import { backendSetting } from "./backend_setting.ts";
import { checkStored, LARGEST, sizeOf } from "./check_stored.ts";
import { EXIT, isVerbose, runErrorText, UsageError } from "./failure.ts";
import { findNotebooks, type FoundNotebook, shortPath } from "./find_notebook.ts";
import { keepFigures } from "./kept_figures.ts";
import { runDisplay } from "./run_display.ts";
import { ledgerRecord, type RunRecord, runRecord, slimRecord } from "./run_record.ts";
import { interruptible } from "./signals.ts";

/** Options of the command, as they were given. */
export type ExecuteOptions = {
  readonly profile?: string;
  readonly backend?: string;
  readonly check?: boolean;
  readonly verbose?: boolean;
};

/** Text of a file, or null where there is none. */
async function textOrNull(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Merges what a run decided into the ledger, and makes the catalogue again. */
async function keepVerdicts(run: ExecutedNotebook, record: RunRecord): Promise<void> {
  const merged = ledgerRecord(run, record);
  if (merged === null) return;
  const path = join(project().notebooks, "ledger.json");
  const text = await textOrNull(path);
  const ledger: Ledger = text === null ? EMPTY_LEDGER : parseLedger(text);
  await Deno.writeTextFile(path, renderLedger(mergeLedger(ledger, merged)));
}

/** Makes the catalogue again, from the files that it follows from. */
async function keepCatalogue(): Promise<void> {
  const folder = project().notebooks;
  const text = await catalogOf(pathToFileURL(folder + "/"));
  await Deno.writeTextFile(join(folder, "catalog.json"), text);
}

/** Stores the outputs of a run in its notebook, unless that would become too large. */
async function keepOutputs(path: string, notebook: Notebook): Promise<void> {
  const size = sizeOf(formatNotebook(notebook));
  if (size > LARGEST) {
    throw new RangeError(
      `Cannot store the outputs of ${
        shortPath(path)
      } as a notebook may have ${LARGEST} bytes: it would have ${size}`,
    );
  }
  await writeNotebook(path, notebook);
}

/** Runs one notebook and keeps what follows; returns the exit code. */
async function executeOne(
  { slug, path, committed }: FoundNotebook,
  { profile, backend, verbose, signal }: {
    readonly profile: string;
    readonly backend?: BackendName;
    readonly verbose: boolean;
    readonly signal: AbortSignal;
  },
): Promise<number> {
  console.log(`${slug} (${profile} profile)`);
  const { cells } = await readNotebook(path);
  const display = runDisplay(cells.filter(({ cell_type }) => cell_type === "code").length);
  const run = await runNotebook(path, {
    profile,
    backend,
    signal,
    onEvent: display.take,
    onRaw: display.raw,
  });
  display.end();
  if (run.status === "interrupted") {
    console.error(`Interrupted: ${shortPath(path)} is left as it was`);
    return EXIT.interrupted;
  }
  if (run.status === "failed") {
    console.error(`error: ${runErrorText(run.error ?? ["the run failed"], verbose)}`);
    console.error(`${shortPath(path)} is left as it was`);
    return EXIT.failed;
  }
  const record = runRecord(run, { profile });
  if (profile === "quick") {
    const fields = { slug: run.slug, record: slimRecord(record) };
    await keepOutputs(path, withResolventMetadata(run.notebook, fields));
    await keepFigures(path, run.notebook);
  }
  if (committed) await keepVerdicts(run, record);
  console.log(`${slug}: all cells ran in ${run.seconds.toFixed(1)} s`);
  return EXIT.done;
}

/** Runs notebooks, or with `check` looks whether what they store is current. */
export async function execute(
  wanted: readonly string[],
  options: ExecuteOptions,
): Promise<number> {
  const { profile = "quick", check = false } = options;
  const backend = backendSetting("execute", options.backend);
  const found = await findNotebooks(wanted, check ? "check" : "execute");
  if (check) return await checkStored(found, wanted.length === 0);
  try {
    checkChoice("execute", "--profile", profile, ["quick", "full"]);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return await interruptible(async (signal) => {
    let worst: number = EXIT.done;
    for (const notebook of found) {
      const code = await executeOne(notebook, {
        profile,
        backend,
        verbose: isVerbose(options),
        signal,
      });
      if (code === EXIT.interrupted) return code;
      worst = Math.max(worst, code);
    }
    if (found.some(({ committed }) => committed)) await keepCatalogue();
    return worst;
  });
}
