/**
 * The kernel in a process of its own, and a front end of ours that talks to it over the wire.
 *
 * @module
 */
import { type Channel, CHANNELS, parseConnectionFile } from "../../lib/jupyter/connection_file.ts";
import {
  decodeMessage,
  encodeMessage,
  type Json,
  type Message,
  newHeader,
} from "../../lib/jupyter/messages.ts";
import { encodeZ85 } from "../../lib/jupyter/z85.ts";
import { curveClient, newKeyPair } from "../../lib/jupyter/zmtp_curve.ts";
import { bytesOf } from "../../lib/jupyter/zmtp_frames.ts";
import { fromFileUrl } from "../support/notebooks.ts";
import { type Client, clientOf, freePort, patiently } from "./wire_client.ts";

const MAIN = fromFileUrl(new URL("../../lib/jupyter/main.ts", import.meta.url));
const CONFIG = fromFileUrl(new URL("../../deno.json", import.meta.url));

/** What a request may have beside its content. */
export type Beside = {
  readonly metadata?: Json;
  readonly channel?: Channel;
  readonly buffers?: readonly Uint8Array[];
};

/** What came of a request to run a cell. */
export type Executed = {
  /** Content of the answer. */
  readonly reply: Json;
  /** What was broadcast until the kernel was idle again, without states. */
  readonly messages: readonly Message[];
  /** Outputs under the request itself, a line each. */
  readonly own: readonly string[];
  /** Outputs under earlier requests, a line each, with the cell. */
  readonly others: readonly string[];
};

/** A front end. */
export class KernelClient implements AsyncDisposable {
  readonly folder: string;
  readonly process: Deno.ChildProcess;
  readonly #key: string;
  #session: string = crypto.randomUUID();
  readonly #clients: Readonly<Record<Channel, Client>>;
  /** Cells by the request that last ran them. */
  readonly #cellOf = new Map<string, string>();
  readonly #broadcasts: Message[] = [];
  #wake = () => {};

  private constructor(
    folder: string,
    process: Deno.ChildProcess,
    key: string,
    clients: Readonly<Record<Channel, Client>>,
  ) {
    this.folder = folder;
    this.process = process;
    this.#key = key;
    this.#clients = clients;
    void this.#listen();
  }

  /** Starts a kernel and connects to it. */
  static async start(
    { transport = "ipc", ip = "127.0.0.1", curve = false, env = {}, files = {}, quiet = false }: {
      readonly transport?: "ipc" | "tcp";
      /** Where it listens if by `tcp`. */
      readonly ip?: string;
      readonly curve?: boolean;
      readonly env?: Readonly<Record<string, string>>;
      /** Files in its working directory. */
      readonly files?: Readonly<Record<string, string>>;
      /** Whether what it says of refused messages goes nowhere. */
      readonly quiet?: boolean;
    } = {},
  ): Promise<KernelClient> {
    const folder = await Deno.makeTempDir();
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    const keys = newKeyPair();
    const ports = CHANNELS.map((channel, i) =>
      [`${channel}_port`, transport === "ipc" ? i + 1 : freePort(ip)] as const
    );
    const text = JSON.stringify({
      transport,
      ip: transport === "ipc" ? `${folder}/s` : ip,
      ...Object.fromEntries(ports),
      key: crypto.randomUUID(),
      ...curve && {
        curve_publickey: encodeZ85(keys.publicKey),
        curve_secretkey: encodeZ85(keys.secretKey),
      },
    });
    const file = `${folder}/connection.json`;
    await Deno.writeTextFile(file, text);
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", "--no-check", "--config", CONFIG, MAIN, file],
      cwd: folder,
      env: { NO_COLOR: "1", XDG_STATE_HOME: `${folder}/state`, JPY_PARENT_PID: "", ...env },
      stdin: "null",
      stdout: "null",
      stderr: quiet ? "null" : "inherit",
    }).spawn();
    const { addresses, key } = parseConnectionFile(text);
    const mechanism = curve ? curveClient(keys.publicKey) : undefined;
    const identity = bytesOf(crypto.randomUUID());
    const clients: Partial<Record<Channel, Client>> = {};
    const types = { shell: "DEALER", control: "DEALER", stdin: "DEALER", iopub: "SUB", hb: "REQ" };
    for (const channel of CHANNELS) {
      const isDealer = types[channel] === "DEALER";
      clients[channel] = await patiently(() =>
        clientOf(types[channel] as "DEALER", addresses[channel], {
          ...mechanism && { mechanism },
          ...isDealer && { identity },
        })
      );
    }
    const client = new KernelClient(folder, process, key, clients as Record<Channel, Client>);
    await clients.iopub!.send("\x01"); // subscribes to all
    const { header } = await client.broadcast();
    if (header.msg_type !== "iopub_welcome") throw new Error(`no welcome: ${header.msg_type}`);
    return client;
  }

  /** Goes on as a page that was loaded anew: with another session. */
  reload(): void {
    this.#session = crypto.randomUUID();
  }

  /** Sends a message; returns its name. */
  async send(type: string, content: Json, beside: Beside = {}): Promise<string> {
    const { id, parts } = this.signed(type, content, beside);
    await this.#clients[beside.channel ?? "shell"].send(...parts);
    return id;
  }

  /** A message as it is sent, and its name. */
  signed(
    type: string,
    content: Json,
    { metadata = {}, channel = "shell", buffers = [] }: Beside = {},
  ): { readonly id: string; readonly parts: readonly Uint8Array[] } {
    const header = newHeader(type, this.#session, "test");
    const message: Message = {
      identities: [],
      header,
      parentHeader: {},
      metadata,
      content,
      buffers,
      channel,
    };
    return { id: header.msg_id, parts: encodeMessage(message, this.#key) };
  }

  /** Sends parts as they are. */
  async sendParts(channel: Channel, ...parts: readonly (string | Uint8Array)[]): Promise<void> {
    await this.#clients[channel].send(...parts);
  }

  /** The next message of a channel. */
  async next(channel: Exclude<Channel, "iopub">): Promise<Message> {
    const frames = await inTime(`a message of ${channel}`, this.#clients[channel].next());
    if (frames === null) throw new Error(`the kernel has closed ${channel}`);
    const decoded = decodeMessage(frames, this.#key, { channel });
    if ("refused" in decoded) throw new Error(decoded.refused);
    return decoded.message;
  }

  /** Asks something and returns the content of the answer. */
  async ask(type: string, content: Json = {}, beside: Beside = {}): Promise<Json> {
    const id = await this.send(type, content, beside);
    const answer = await this.next((beside.channel ?? "shell") as "shell");
    if (answer.parentHeader.msg_id !== id) throw new Error("an answer to something else");
    return answer.content;
  }

  /** Broadcasts until the kernel is idle after a message. */
  async untilIdle(id: string): Promise<readonly Message[]> {
    const messages: Message[] = [];
    for (;;) {
      const message = await this.broadcast();
      const { header: { msg_type: type }, parentHeader, content } = message;
      if (type !== "status") messages.push(message);
      const isEnd = type === "status" && content.execution_state === "idle";
      if (isEnd && parentHeader.msg_id === id) return messages;
    }
  }

  /** The next broadcast. */
  async broadcast(): Promise<Message> {
    while (this.#broadcasts.length === 0) {
      await inTime("a broadcast", new Promise<void>((wake) => this.#wake = wake));
    }
    return this.#broadcasts.shift()!;
  }

  /** Runs a cell and waits until the kernel is idle again. */
  async run(
    code: string,
    cell?: string,
    content: Json = {},
    metadata: Json = {},
  ): Promise<Executed> {
    const id = await this.begin(code, cell, content, metadata);
    const [answer, messages] = await Promise.all([this.next("shell"), this.untilIdle(id)]);
    if (answer.parentHeader.msg_id !== id) throw new Error("an answer to something else");
    const isOwn = ({ parentHeader }: Message) => parentHeader.msg_id === id;
    const shown = messages.filter(({ header }) => header.msg_type !== "execute_input");
    return {
      reply: answer.content,
      messages,
      own: shown.filter(isOwn).map(lineOf),
      others: shown.filter((message) => !isOwn(message)).map((message) =>
        `${this.#cellOf.get(String(message.parentHeader.msg_id))} ${lineOf(message)}`
      ),
    };
  }

  /** Asks for a cell to be run. */
  async begin(
    code: string,
    cell?: string,
    content: Json = {},
    metadata: Json = {},
  ): Promise<string> {
    const ids = cell === undefined ? {} : { cellId: cell };
    const body = { code, silent: false, store_history: true, stop_on_error: true, ...content };
    const id = await this.send("execute_request", body, { metadata: { ...ids, ...metadata } });
    if (cell !== undefined) this.#cellOf.set(id, cell);
    return id;
  }

  /** The cell that an output belongs to. */
  cellOf({ parentHeader }: Message): string | undefined {
    return this.#cellOf.get(String(parentHeader.msg_id));
  }

  /** Ends the kernel. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of Object.values(this.#clients)) client.close();
    try {
      this.process.kill("SIGTERM");
    } catch {
      // it has ended
    }
    await this.process.status;
    await Deno.remove(this.folder, { recursive: true });
  }

  async #listen(): Promise<void> {
    for (;;) {
      const frames = await this.#clients.iopub.next();
      if (frames === null) return;
      const decoded = decodeMessage(frames, this.#key, { channel: "iopub" });
      if ("refused" in decoded) throw new Error(decoded.refused);
      this.#broadcasts.push(decoded.message);
      this.#wake();
    }
  }
}

/** A broadcast as a line. */
export function lineOf({ header, content }: Message): string {
  const { msg_type: type } = header;
  if (type === "stream") return `${content.name}: ${content.text}`;
  if (type === "error") return `error: ${content.ename}: ${content.evalue}`;
  if (type === "clear_output") return `clear${content.wait ? " later" : ""}`;
  const data = content.data as Json | undefined;
  return `${type}: ${data?.["text/plain"] ?? Object.keys(data ?? {}).join()}`;
}

/** What comes within a minute; a kernel that says nothing must not hold all tests up. */
async function inTime<T>(what: string, coming: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within a minute`)), 60_000);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}
