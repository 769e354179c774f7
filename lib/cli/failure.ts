/**
 * How a command ends badly: one line of text and an exit code.
 *
 * @module
 */

/** Exit codes of the command line. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Something that the one who called must change: an option, a name, a folder, a missing program. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Whether stacks are shown. */
export function isVerbose({ verbose = false }: { readonly verbose?: boolean }): boolean {
  return verbose || Boolean(Deno.env.get("RESOLVENT_DEBUG"));
}

/** Writes an error as one line, with its stack only where asked for; returns the exit code. */
export function reportFailure(error: unknown, verbose: boolean): number {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`error: ${message}`);
  if (verbose && error instanceof Error) console.error(error.stack);
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

/** Message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The error that ended a run: what it is and the cells it came through, other frames on demand. */
export function runErrorText(lines: readonly string[], verbose: boolean): string {
  return lines.filter((line) => verbose || !/^\s+at /.test(line) || /\bcell \d+ \(/.test(line))
    .join("\n").replace(/^Error: /, "");
}
