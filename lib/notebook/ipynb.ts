/**
 * Notebook files: reading, checking and writing nbformat 4.5 as Jupyter writes it.
 *
 * @module
 */
import * as z from "zod";
import { cannot, shown } from "../check.ts";

const DOING = "read a notebook";

/** Text in a notebook file: one string, or its lines with their ends. */
const text = z.union([z.string(), z.array(z.string())]);
const record = z.record(z.string(), z.unknown());
const count = z.int().min(0).nullable();

const output = z.discriminatedUnion("output_type", [
  z.strictObject({
    output_type: z.literal("stream"),
    name: z.enum(["stdout", "stderr"]),
    text,
  }),
  z.strictObject({ output_type: z.literal("display_data"), data: record, metadata: record }),
  z.strictObject({
    output_type: z.literal("execute_result"),
    execution_count: count,
    data: record,
    metadata: record,
  }),
  z.strictObject({
    output_type: z.literal("error"),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);

const id = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "expected 1 to 64 of a-z A-Z 0-9 _ -");
const prose = { id, metadata: record, source: text, attachments: record.optional() };

const cell = z.discriminatedUnion("cell_type", [
  z.strictObject({
    cell_type: z.literal("code"),
    id,
    metadata: record,
    source: text,
    execution_count: count,
    outputs: z.array(output),
  }),
  z.strictObject({ cell_type: z.literal("markdown"), ...prose }),
  z.strictObject({ cell_type: z.literal("raw"), ...prose }),
]);

const notebook = z.strictObject({
  cells: z.array(cell).min(1, "expected at least one cell"),
  metadata: record,
  nbformat: z.literal(4),
  nbformat_minor: z.int().min(5),
});

/** One output of a code cell: text, a rich value, the value of the cell, or an error. */
export type Output = z.infer<typeof output>;

/** A cell of a notebook; `source` and texts in outputs are single strings once read. */
export type Cell = z.infer<typeof cell>;

/** A cell that runs. */
export type CodeCell = Extract<Cell, { cell_type: "code" }>;

/** A notebook of nbformat 4.5 or a later 4.x. */
export type Notebook = z.infer<typeof notebook>;

/** Joins the lines of a text in a notebook file. */
export function textOf(value: string | readonly string[]): string {
  return typeof value === "string" ? value : value.join("");
}

/** Tells whether a media type is JSON, whose values stay as they are in the file. */
function isJson(type: string): boolean {
  return type === "application/json" || /^application\/.*\+json$/.test(type);
}

/** Applies `change` to every text of an output. */
function mapOutput(
  output: Output,
  change: (value: string | readonly string[]) => string | string[],
): Output {
  if (output.output_type === "stream") return { ...output, text: change(output.text) };
  if (output.output_type === "error") return output;
  const entries = Object.entries(output.data).map(([type, value]) => {
    const isText = typeof value === "string" ||
      (Array.isArray(value) && value.every((line) => typeof line === "string"));
    return [type, isText && !isJson(type) ? change(value as string) : value];
  });
  return { ...output, data: Object.fromEntries(entries) };
}

/** Applies `change` to every text of a notebook. */
function mapTexts(
  notebook: Notebook,
  change: (value: string | readonly string[]) => string | string[],
): Notebook {
  const cells = notebook.cells.map((cell): Cell => {
    const source = change(cell.source);
    if (cell.cell_type !== "code") return { ...cell, source };
    return { ...cell, source, outputs: cell.outputs.map((output) => mapOutput(output, change)) };
  });
  return { ...notebook, cells };
}

/** Says what is wrong with a file first: the cell and the field, what is needed, what is there. */
function firstIssue({ path, message }: z.core.$ZodIssue, value: unknown): string {
  if (String(path[0]).startsWith("nbformat")) {
    const { nbformat, nbformat_minor } = value as Record<string, unknown>;
    return `nbformat must be 4.5 or a later 4.x (open and save it in JupyterLab to convert it): it is ${nbformat}.${nbformat_minor}`;
  }
  const where = path.map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`);
  return `${where.join("").replace(/^\./, "") || "the file"}: ${
    message.replace("Invalid input: ", "")
  }`;
}

/**
 * Reads a notebook from the text of its file; `name` is what errors call it.
 *
 * @throws {TypeError} if the text is not JSON, not nbformat 4.5, or two cells have one id
 */
export function parseNotebook(json: string, name: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const need = `the file must hold JSON (${(error as Error).message})`;
    throw new TypeError(cannot(DOING, need, name, json.slice(0, 40)), { cause: error });
  }
  const parsed = notebook.safeParse(value);
  if (!parsed.success) {
    const issue = firstIssue(parsed.error.issues[0], value);
    throw new TypeError(`Cannot ${DOING} as ${name} must be valid nbformat 4.5: ${issue}`);
  }
  const seen = new Map<string, number>();
  for (const [at, { id }] of parsed.data.cells.entries()) {
    const first = seen.get(id);
    if (first !== undefined) {
      throw new TypeError(
        `Cannot ${DOING} as ids of cells must differ in ${name}: cells ${first + 1} and ${
          at + 1
        } are both ${shown(id)}`,
      );
    }
    seen.set(id, at);
  }
  return mapTexts(parsed.data, textOf);
}

/**
 * Reads a notebook file.
 *
 * @throws {Error} if there is no file; {TypeError} if it is malformed
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let json: string;
  try {
    json = await Deno.readTextFile(path);
  } catch (error) {
    throw new Error(
      `Cannot ${DOING} as the file must be readable: ${path} (${(error as Error).message})`,
      { cause: error },
    );
  }
  return parseNotebook(json, path);
}

/** Sorts the keys of records, all the way down, as Jupyter does. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/** Splits a text into its lines with their ends. */
function linesOf(value: string | readonly string[]): string[] {
  return textOf(value).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A source with a newline at its end, without which `deno fmt --check` refuses a cell. */
function ended(source: string | readonly string[]): string {
  const text = textOf(source);
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

/** Text of a notebook file: keys sorted, texts by line, indented by 1, a newline at the end. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({ ...cell, source: ended(cell.source) }));
  return JSON.stringify(sorted(mapTexts({ ...notebook, cells }, linesOf)), null, 1) + "\n";
}

/** Writes a notebook file through a temporary one, so that a reader never sees half of it. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  const temporary = `${path}.${Deno.pid}.tmp`;
  await Deno.writeTextFile(temporary, formatNotebook(notebook));
  await Deno.rename(temporary, path);
}
