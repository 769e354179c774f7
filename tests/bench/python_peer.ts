/**
 * Python as a peer: a process that evaluates an expression for each line that it is sent, so that its
 * start is not measured. The way to it and back costs some 0.1 ms.
 *
 * @module
 */
import { pythonProgram } from "../../lib/cli/python_program.ts";

/** A Python process that has run its setup. */
export type PythonPeer = {
  /** Evaluates an expression in the names of the setup; throws what Python throws. */
  readonly run: (expression: string) => Promise<void>;
};

/** The other end after its setup: reads expressions, answers "ok" or what went wrong. */
const LOOP = `
print("ok", flush=True)
for line in sys.stdin:
    try:
        eval(line)
        print("ok", flush=True)
    except Exception as error:
        print(error, flush=True)
`;

/** Starts Python and runs a setup; null where there is no Python or the setup fails. */
export async function openPython(
  setup: string,
  args: readonly string[] = [],
): Promise<PythonPeer | null> {
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(pythonProgram("python3"), {
      args: ["-c", `import sys\n${setup}${LOOP}`, ...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const writer = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  async function answer(): Promise<string> {
    while (!rest.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) return "it has ended";
      rest += value;
    }
    const at = rest.indexOf("\n");
    const line = rest.slice(0, at);
    rest = rest.slice(at + 1);
    return line;
  }
  async function ask(expression: string): Promise<void> {
    await writer.write(new TextEncoder().encode(expression + "\n"));
    const said = await answer();
    if (said !== "ok") throw new Error(`Python could not evaluate ${expression}: ${said}`);
  }
  if (await answer() !== "ok") return null;
  // Deno starts some iterations before it has awaited the one before: they wait here.
  let last: Promise<void> = Promise.resolve();
  return {
    run: (expression: string): Promise<void> => {
      last = last.then(() => ask(expression));
      return last;
    },
  };
}
