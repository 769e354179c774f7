/**
 * The front of the kernel: answers front ends at any time, and has cells run by the back.
 *
 * @module
 */
import { charactersBefore, unitsBefore } from "./front_cells.ts";
import { Runs } from "./front_runs.ts";
import { History, type HistoryRequest } from "./history.ts";
import { LanguageThread } from "./language_thread.ts";
import type { ImportSettings } from "./language_files.ts";
import { type Json, type Message, PROTOCOL_VERSION } from "./messages.ts";
import type { Wire } from "./wire.ts";

/** What a front needs. */
export type FrontOptions = {
  readonly wire: Wire;
  /** Where the notebook's imports are. */
  readonly imports: ImportSettings;
  /** File of the history. */
  readonly history: string;
  /** Version of this package. */
  readonly version: string;
};

/** The comm by which a page asks for the states of all widgets. */
const CONTROL_COMM = "jupyter.widget.control";

/** A request for the documentation of a name: `name?` or `?name`. */
const PAGER = /^\s*(?:\?\s*([\w.$]+)|([\w.$]+)\s*\?)\s*$/;

/** Talks to front ends. */
export class Front {
  readonly #wire: Wire;
  readonly #version: string;
  readonly #history: History;
  readonly #language: LanguageThread;
  readonly #runs: Runs;
  readonly #ended = Promise.withResolvers<void>();

  /** Begins to listen. */
  constructor({ wire, imports, history, version }: FrontOptions) {
    this.#wire = wire;
    this.#version = version;
    this.#history = new History(history);
    this.#language = new LanguageThread(imports);
    this.#runs = new Runs(wire, {
      onCounted: (count, code) => this.#history.add(count, code),
      onRun: (cell, code) => this.#language.remember(cell, code),
      onGone: (cell) => this.#language.forget(cell),
    });
    wire.publish("status", { execution_state: "starting" }, {});
    wire.listen((message) => this.#take(message), (why) => console.error(`Refused: ${why}`));
  }

  /** Resolves when a front end has asked for the end, or `close` was called. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Ends all of it. */
  async close(): Promise<void> {
    this.#runs.close();
    this.#ended.resolve();
    await this.#wire.close();
    await this.#language.close();
    this.#history.close();
  }

  #take(message: Message): void {
    const { header: { msg_type: type }, channel } = message;
    if (channel === "stdin") {
      if (type === "input_reply") this.#runs.answer(String(message.content.value ?? ""));
    } else if (type === "execute_request") this.#execute(message);
    else void this.#busyWhile(message, () => this.#answer(message));
  }

  /** Says busy and idle around the handling of a message, as front ends wait for. */
  async #busyWhile({ header }: Message, work: () => Promise<void>): Promise<void> {
    this.#wire.publish("status", { execution_state: "busy" }, header);
    try {
      await work();
    } catch (error) {
      console.error(error);
    }
    this.#wire.publish("status", { execution_state: "idle" }, header);
    // a front end shows the last state, whatever it is of
    const { running } = this.#runs;
    if (running) this.#wire.publish("status", { execution_state: "busy" }, running);
  }

  /** Answers a message that runs no cell. */
  async #answer(message: Message): Promise<void> {
    const { header: { msg_type: type }, content } = message;
    const reply = (body: Json) =>
      this.#wire.reply(message, type.replace(/_request$/, "_reply"), body);
    switch (type) {
      case "kernel_info_request":
        return await reply(this.#info());
      case "is_complete_request":
        return await reply(await this.#language.completeness(String(content.code ?? "")));
      case "complete_request":
        return await reply(await this.#complete(content));
      case "inspect_request":
        return await reply(await this.#inspect(content));
      case "history_request": {
        const history = this.#history.read(content as unknown as HistoryRequest);
        return await reply({ status: "ok", history });
      }
      case "comm_info_request":
        return await reply({ status: "ok", comms: this.#comms(content.target_name) });
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        return await this.#comm(message);
      case "interrupt_request":
        this.#runs.interrupt();
        return await reply({ status: "ok" });
      case "shutdown_request": {
        const body = { status: "ok", restart: content.restart === true };
        await reply(body);
        this.#wire.publish("shutdown_reply", body, message.header);
        return this.#ended.resolve();
      }
      case "debug_request": {
        const { seq: request_seq, command } = content;
        const text = "this kernel has no debugger";
        return await reply({
          type: "response",
          success: false,
          request_seq,
          command,
          message: text,
        });
      }
      default:
        console.error(`Cannot answer a message as its type must be one of the protocol: ${type}`);
    }
  }

  /** Runs a cell, or shows what is known of a name. */
  #execute(message: Message): void {
    const { content } = message;
    const [, before, after] = PAGER.exec(String(content.code ?? "")) ?? [];
    const name = before ?? after;
    if (name !== undefined) return void this.#busyWhile(message, () => this.#page(message, name));
    this.#runs.add(message);
  }

  /** Shows what is known of a name in the front end's pager. */
  async #page(message: Message, name: string): Promise<void> {
    const text = await this.#language.inspect(name, name.length) ?? `Nothing is known of ${name}.`;
    const data = { "text/plain": text, "text/markdown": text };
    await this.#wire.reply(message, "execute_reply", {
      status: "ok",
      execution_count: this.#runs.count,
      payload: [{ source: "page", data, start: 0 }],
      user_expressions: {},
    });
  }

  async #complete({ code, cursor_pos: at }: Json): Promise<Json> {
    const text = String(code ?? "");
    const cursor = unitsBefore(text, Number(at ?? text.length));
    const { matches, start, end } = await this.#language.complete(text, cursor);
    const [from, to] = [charactersBefore(text, start), charactersBefore(text, end)];
    const types = matches.map(({ text, kind: type }) => ({ text, type, start: from, end: to }));
    return {
      status: "ok",
      matches: matches.map(({ text }) => text),
      cursor_start: from,
      cursor_end: to,
      metadata: { _jupyter_types_experimental: types },
    };
  }

  async #inspect({ code, cursor_pos: at }: Json): Promise<Json> {
    const text = String(code ?? "");
    const found = await this.#language.inspect(text, unitsBefore(text, Number(at ?? text.length)));
    const data = found === null ? {} : { "text/markdown": found, "text/plain": found };
    return { status: "ok", found: found !== null, data, metadata: {} };
  }

  async #comm(message: Message): Promise<void> {
    const { header: { msg_type: type }, content } = message;
    if (type === "comm_open" && content.target_name !== CONTROL_COMM) {
      const data = { comm_id: content.comm_id, data: {} };
      return this.#wire.publish("comm_close", data, message.header);
    }
    await this.#runs.comm(message);
  }

  #comms(target: unknown): Json {
    const all = [...this.#runs.comms].filter(([, name]) =>
      target === undefined || target === null || name === target
    );
    return Object.fromEntries(all.map(([id, target_name]) => [id, { target_name }]));
  }

  #info(): Json {
    return {
      status: "ok",
      protocol_version: PROTOCOL_VERSION,
      implementation: "resolvent",
      implementation_version: this.#version,
      language_info: {
        name: "typescript",
        version: Deno.version.typescript,
        mimetype: "text/x.typescript",
        file_extension: ".ts",
        pygments_lexer: "typescript",
        nbconvert_exporter: "script",
        codemirror_mode: "typescript",
      },
      banner: `Resolvent ${this.#version}: reactive TypeScript, Deno ${Deno.version.deno}`,
      debugger: false,
      supported_features: [],
      help_links: [],
    };
  }
}
