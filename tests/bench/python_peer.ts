/**
 * Libraries of Python as peers: a process each, which evaluates what it is sent, so that its start is
 * not measured.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Matrix } from "resolvent";
import { pythonProgram } from "../../lib/cli/python_program.ts";

/** What brings neural-tangents with a JAX that it can be imported with. */
const TANGENTS = "pip install neural-tangents==0.6.5 jax==0.4.30 jaxlib==0.4.30";

/** Libraries, and what brings each. */
const LIBRARIES = {
  jupyter: "pip install jupyter_client ipykernel numpy, and deno jupyter --install",
  numpy: "pip install numpy",
  torch: "pip install torch==2.13.0",
  jax: "pip install jax",
  neural_tangents: TANGENTS,
  neural_tangents_float32: TANGENTS,
} as const;

/** Name of a library, whose program is `peer_<name>.py`. */
export type Library = keyof typeof LIBRARIES;

/** A library that has been loaded in a process of its own. */
export type PythonPeer = {
  /** Name and version. */
  readonly name: string;
  /** Gives a matrix a name there. */
  readonly give: (name: string, a: Matrix, type: "float32" | "float64") => Promise<void>;
  /** Milliseconds that an expression takes there, the mean of as many times as asked for. */
  readonly run: (expression: string, times?: number) => Promise<number>;
  /** Numbers of an array, or of a list of arrays one after the other. */
  readonly take: (expression: string) => Promise<Float64Array>;
  /** Ends the process. */
  readonly close: () => Promise<void>;
};

/** An answer of `peer.py`. */
type Answer = { readonly ok?: unknown; readonly error?: string; readonly missing?: string };

/** Starts those of the libraries that Python has; of the others a line says how to get them. */
export async function openPeers(...libraries: readonly Library[]): Promise<readonly PythonPeer[]> {
  const found: PythonPeer[] = [];
  for (const library of libraries) {
    const opened = await open(library);
    if (typeof opened !== "string") found.push(opened);
    else console.log(`Without ${library} (${opened}): ${LIBRARIES[library]} brings it`);
  }
  return found;
}

/** Starts a library, or says why it cannot be had. */
async function open(library: Library): Promise<PythonPeer | string> {
  const program = pythonProgram("python3");
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program, {
      args: ["-B", new URL("peer.py", import.meta.url).pathname, library],
      // threads that wait and keep a core busy take it from whoever else is at work on the machine
      env: { OMP_WAIT_POLICY: "PASSIVE" },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `there is no ${program}`;
    throw error;
  }
  const writer = child.stdin.getWriter();
  const next = linesOf(child.stdout);
  /** Asks, once what was asked before has been answered. */
  async function ask(question: Readonly<Record<string, unknown>>): Promise<unknown> {
    await writer.write(new TextEncoder().encode(JSON.stringify(question) + "\n"));
    const { ok, error } = await next();
    if (error === undefined) return ok;
    const { data: _, ...shown } = question;
    throw new Error(`${library} cannot answer ${JSON.stringify(shown)}: ${error}`);
  }
  async function close(): Promise<void> {
    await writer.close();
    await child.status;
  }
  const { ok, missing } = await next();
  if (missing !== undefined) {
    await close();
    return missing;
  }
  return {
    name: String(ok),
    give: async (name, { rows, cols, data }, type) => {
      const numbers = type === "float32" ? Float32Array.from(data) : data;
      const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
      await ask({ give: name, shape: [rows, cols], type, data: bytes.toString("base64") });
    },
    run: async (expression, times = 1) => await ask({ run: expression, times }) as number,
    take: async (expression) => {
      const bytes = Buffer.from(await ask({ take: expression }) as string, "base64");
      return new Float64Array(Uint8Array.from(bytes).buffer);
    },
    close,
  };
}

/** Gives the answers in a stream, one at each call. */
function linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): () => Promise<Answer> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  return async function next(): Promise<Answer> {
    const parts = [rest]; // joined once, as an answer of some megabytes comes in many parts
    while (!parts.at(-1)!.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) throw new Error("The process of a peer has ended");
      parts.push(value);
    }
    const text = parts.join("");
    const at = text.indexOf("\n");
    rest = text.slice(at + 1);
    return JSON.parse(text.slice(0, at));
  };
}
