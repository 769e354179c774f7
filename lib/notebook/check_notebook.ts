/**
 * Checks notebooks as programs: types and lint rules of their joined cells.
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readNotebook } from "./ipynb.ts";
import { type JoinedModule, joinNotebook } from "./join.ts";
import { type CellPlace, cellPlace, mapPlaces, shownPlace } from "./line_map.ts";
import { project } from "./project.ts";

/** Something wrong in a notebook. */
export type NotebookProblem = {
  /** Path of the notebook. */
  readonly path: string;
  /** Where it is; null if it is in a file that the notebook imports. */
  readonly place: CellPlace | null;
  /** Code of the compiler (`TS2322`) or of the lint rule (`no-unused-vars`). */
  readonly code: string;
  /** What is wrong, in one or more lines. */
  readonly message: string;
};

/** A notebook's joined module in a file. */
type Written = JoinedModule & { readonly path: string; readonly file: string };

/** A diagnostic of `deno lint --json`; its lines count from 1, its columns from 0. */
type LintDiagnostic = {
  readonly filename: string;
  readonly range: { readonly start: { readonly line: number; readonly col: number } };
  readonly message: string;
  readonly code: string;
};

/** Runs `deno` in the project's configuration and returns what it wrote. */
async function deno(command: string, flags: readonly string[], files: readonly Written[]) {
  const process = new Deno.Command(Deno.execPath(), {
    args: [command, ...flags, "--config", project().config, ...files.map(({ file }) => file)],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Problems that `deno check` finds. */
async function typeProblems(files: readonly Written[]): Promise<NotebookProblem[]> {
  const { code, stderr } = await deno("check", ["--quiet"], files);
  if (code === 0) return [];
  const problems: NotebookProblem[] = [];
  for (const block of stderr.split(/\n(?=TS\d+ \[ERROR\])/)) {
    const head = /^TS\d+ (?=\[ERROR\])/m.exec(block);
    if (!head) continue;
    const body = block.slice(head.index).split(/\n\s*\n/)[0];
    const places = [...body.matchAll(/at (file:\S+):(\d+):(\d+)/g)];
    const [, url, line, column] = places[0] ?? [];
    const from = files.find(({ file }) => pathToFileURL(file).href === url);
    const place = from ? cellPlace(from.spans, Number(line), Number(column)) : null;
    const text = body.replace(/^TS\d+ \[ERROR\]: /, "")
      .replace(/\n.*\n[ ~^]+(?=\n)/g, "") // the line of source: that of the joined module
      .replace(place ? /\n {4}at \S+:\d+:\d+/ : /(?!)/, "");
    const message = (from ? mapPlaces(text, url, from.spans) : text).trimEnd();
    problems.push({ path: from?.path ?? files[0].path, place, code: head[0].trim(), message });
  }
  if (problems.length > 0) return problems;
  return [{ path: files[0].path, place: null, code: "deno check", message: stderr.trim() }];
}

/** Problems that `deno lint` finds. */
async function lintProblems(files: readonly Written[]): Promise<NotebookProblem[]> {
  const { code, stdout, stderr } = await deno("lint", ["--json"], files);
  if (code === 0) return [];
  if (!stdout.startsWith("{")) {
    return [{ path: files[0].path, place: null, code: "deno lint", message: stderr.trim() }];
  }
  const { diagnostics, errors = [] } = JSON.parse(stdout) as {
    diagnostics: LintDiagnostic[];
    errors?: { message: string }[];
  };
  const found = diagnostics.flatMap(({ filename, range, message, code }) => {
    const from = files.find(({ file }) => pathToFileURL(file).href === filename);
    const place = from ? cellPlace(from.spans, range.start.line, range.start.col + 1) : null;
    return from && place ? [{ path: from.path, place, code, message }] : [];
  });
  const failed = errors.map(({ message }) => ({
    path: files[0].path,
    place: null,
    code: "deno lint",
    message,
  }));
  return [...found, ...failed];
}

/** Joins a notebook into a file of `folder`. */
async function writeFile(path: string, folder: string, at: number): Promise<Written> {
  const joined = await joinNotebook(await readNotebook(path), { path });
  const file = join(folder, `${at}.ts`);
  await Deno.writeTextFile(file, joined.code);
  return { ...joined, path, file };
}

/**
 * Checks notebooks, all in one go: their cells are joined, type-checked and linted.
 *
 * @throws {TypeError} if a notebook is malformed; {SyntaxError} if its cells cannot be joined
 */
export async function checkNotebooks(paths: readonly string[]): Promise<NotebookProblem[]> {
  if (paths.length === 0) return [];
  // outside of the project, whose configuration excludes the folder of what can be made again
  const folder = await Deno.makeTempDir({ prefix: "resolvent-check-" });
  try {
    const files = await Promise.all(paths.map((path, at) => writeFile(path, folder, at)));
    return [...await typeProblems(files), ...await lintProblems(files)];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Checks one notebook. */
export async function checkNotebook(path: string): Promise<NotebookProblem[]> {
  return await checkNotebooks([path]);
}

/** Writes a problem as one line and what belongs to it. */
export function shownProblem({ path, place, code, message }: NotebookProblem): string {
  return `${path}${place ? `: ${shownPlace(place)}` : ""}: ${code}: ${message}`;
}
