/**
 * Notebooks in a kernel: Deno's own or ours, by nbclient or papermill.
 *
 * @module
 */
import { pythonProgram } from "../../lib/cli/python_program.ts";
import { fromFileUrl } from "../support/notebooks.ts";
import {
  type CodeCell,
  type Notebook,
  type Output,
  parseNotebook,
} from "../../lib/notebook/ipynb.ts";
import { formatNotebook, textOf } from "../../lib/notebook/ipynb.ts";

const HERE = fromFileUrl(new URL("./", import.meta.url));

/** How a notebook is executed. */
export type Execution = {
  /** The folder that it sees as the one it lies in. */
  readonly folder?: string;
  readonly allowErrors?: boolean;
  /** Name of the kernel. Default: Deno's own. */
  readonly kernel?: string;
  readonly program?: "nbclient" | "papermill";
  readonly env?: Readonly<Record<string, string>>;
};

/** Executes a notebook. */
export async function executeInKernel(
  notebook: Notebook,
  { folder = HERE, allowErrors = false, kernel = "deno", program = "nbclient", env = {} }:
    Execution = {},
): Promise<readonly CodeCell[]> {
  const path = await Deno.makeTempFile({ suffix: ".ipynb" });
  try {
    await Deno.writeTextFile(path, formatNotebook(notebook));
    const { code, stdout, stderr } = await new Deno.Command(pythonProgram("python3"), {
      args: [
        `${HERE}execute.py`,
        ...[path, folder, kernel, program],
        ...allowErrors ? ["--allow-errors"] : [],
      ],
      env,
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    if (code !== 0) throw new Error(decoder.decode(stderr).slice(-4000));
    const { cells } = parseNotebook(decoder.decode(stdout), "the executed notebook");
    return cells.filter((cell) => cell.cell_type === "code");
  } finally {
    await Deno.remove(path);
  }
}

/** Keeps a core busy while `work` runs. */
export async function withBusyCore<T>(work: () => Promise<T>): Promise<T> {
  const busy = new Deno.Command(Deno.execPath(), { args: ["eval", "for (;;) {}"] }).spawn();
  try {
    return await work();
  } finally {
    busy.kill("SIGKILL");
    await busy.status;
  }
}

/** A text without colours. */
export function plain(text: unknown): string {
  // deno-lint-ignore no-control-regex -- colours begin with the control character ESC
  return textOf(text as string).replace(/\x1b\[[0-9;]*m/g, "");
}

/** An output as one line: colours and numbers of executions left out. */
export function outline(output: Output): string {
  if (output.output_type === "stream") return `${output.name}: ${plain(output.text)}`;
  if (output.output_type === "error") return `error: ${output.ename}: ${output.evalue}`;
  const data = Object.entries(output.data).sort().map(([type, value]) => `${type}=${plain(value)}`);
  return `${output.output_type}: ${data.join(" ")}`;
}

/** Outputs of a cell as lines, a stream in several messages as one. */
export function outlines({ outputs }: CodeCell): string[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (
      output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name
    ) {
      last.text = textOf(last.text) + textOf(output.text);
    } else joined.push({ ...output });
  }
  return joined.map(outline);
}
