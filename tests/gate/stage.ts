/**
 * A stage of the gate: a check of one tree, with a time limit, that counts what passed.
 *
 * @module
 */

/** What a stage is told. */
export type Setting = {
  /** The folder to check, absolute. */
  readonly root: string;
  /** Whether a missing optional part fails, rather than being skipped with a line. */
  readonly requireAll: boolean;
  /** Ends the stage when its time is over. */
  readonly signal: AbortSignal;
};

/** What a stage found. */
export type Outcome = {
  /** Number of checks that passed. */
  readonly passed: number;
  /** What failed, one entry for each, to be printed. */
  readonly faults: readonly string[];
  /** Lines to print in any case: what was measured, what was skipped and how to get it. */
  readonly notes?: readonly string[];
};

/** One stage: its name on the command line, what it does, and its limit. */
export type Stage = {
  /** Short name, as in `--only lint`. */
  readonly name: string;
  /** What is checked, in a few words. */
  readonly title: string;
  /** Expected time in seconds; a stage that takes three times as long is ended and fails. */
  readonly limit: number;
  /** The check. */
  readonly run: (setting: Setting) => Promise<Outcome>;
};

/** What a command printed and how it ended. */
export type Ran = {
  /** Exit code; 124 when its time was over. */
  readonly code: number;
  /** Standard output. */
  readonly stdout: string;
  /** Standard error. */
  readonly stderr: string;
};

/** Runs this Deno in a tree, without colours, and collects what it prints. */
export async function deno(
  { root, signal }: Setting,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: root,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal,
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return {
    code: signal.aborted ? 124 : code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

/** Both streams of a command as one text, without what Deno says of its own progress. */
export function said({ stdout, stderr }: Ran): string {
  return [stdout, stderr].map((text) =>
    text.replace(/^(Check|Download|Initialize) .*\n/gm, "")
      .replace(/\nStack backtrace:\n.*<unknown>/g, "").trim()
  ).filter(Boolean).join("\n");
}

/** The outcome of a command that is one check: its exit code decides. */
export function byCode(ran: Ran): Outcome {
  return ran.code === 0
    ? { passed: 1, faults: [] }
    : { passed: 0, faults: [said(ran) || `exit code ${ran.code}`] };
}

/** One outcome of several. */
export function together(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    faults: outcomes.flatMap(({ faults }) => faults),
    notes: outcomes.flatMap(({ notes }) => notes ?? []),
  };
}

/** An outcome in which every item is a check and every fault takes one away. */
export function counted(checks: number, faults: readonly string[]): Outcome {
  return { passed: Math.max(0, checks - faults.length), faults };
}

/** A stage may take this many times its limit before it is ended; machines differ. */
const PATIENCE = 3;

/** Runs one stage to its end, or to the end of its patience; what it throws is a fault. */
export async function runStage(
  stage: Stage,
  setting: Omit<Setting, "signal">,
): Promise<Outcome> {
  const signal = AbortSignal.timeout(PATIENCE * stage.limit * 1000);
  try {
    const outcome = await stage.run({ ...setting, signal });
    if (!signal.aborted) return outcome;
    const late = `Ended after ${PATIENCE} times its limit of ${stage.limit} s`;
    return { ...outcome, faults: [late, ...outcome.faults] };
  } catch (error) {
    const text = error instanceof Error ? error.stack ?? error.message : String(error);
    return { passed: 0, faults: [text] };
  }
}
