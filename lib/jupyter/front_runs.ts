/**
 * Requests to run cells, one after the other, and what comes of them.
 *
 * @module
 */
import type { Content, NotebookMode, Order, Reply, Report } from "./back_messages.ts";
import { BackPair, type Saved } from "./back_pair.ts";
import { cellOf, cellsOf, replyOf } from "./front_cells.ts";
import { FrontOutputs } from "./front_outputs.ts";
import type { Header, Message } from "./messages.ts";
import type { KeptInput } from "./input_widgets.ts";
import { textOfEnd } from "./saved_values.ts";
import type { Wire } from "./wire.ts";

/** Milliseconds that a cell has to stop by itself. */
const PATIENCE = 2000;

/** A request that runs. */
type Run = { readonly message: Message; readonly cell: string };

/** What is told of a cell that has run. */
export type RunsEvents = {
  /** A cell that is to be remembered has been given its number. */
  readonly onCounted: (count: number, code: string) => void;
  /** A cell has run without an error. */
  readonly onRun: (cell: string, code: string) => void;
  /** A cell is no longer there. */
  readonly onGone: (cell: string) => void;
};

/** Runs cells in a back, and shows what they show. */
export class Runs {
  readonly #wire: Wire;
  readonly #events: RunsEvents;
  readonly #outputs: FrontOutputs;
  readonly #queue: Message[] = [];
  readonly #asked = new Map<string, PromiseWithResolvers<Reply>>();
  readonly #backs: BackPair;
  readonly #inputs = new Map<string, readonly KeptInput[]>();
  #mode: NotebookMode = { mode: "auto", cell: null };
  /** Cells whose code runs. */
  readonly #begun = new Set<string>();
  #run: Run | null = null;
  #names: readonly string[] = [];
  /** Ends the patience with cells that were told to stop. */
  #hurry: (() => void) | null = null;
  /** Number of the last cell that was counted. */
  count = 0;

  /** Starts a back. */
  constructor(wire: Wire, events: RunsEvents) {
    this.#wire = wire;
    this.#events = events;
    this.#outputs = new FrontOutputs(wire);
    this.#backs = new BackPair({
      onReport: (report) => this.#take(report),
      onText: (text) => this.#outputs.text(this.#run?.cell ?? null, "stderr", text),
      onEnd: (why) => this.#replace(why),
    });
  }

  /** Comms that are open, by name: what each is for. */
  get comms(): ReadonlyMap<string, string> {
    return this.#outputs.comms;
  }

  /** Header of the request that runs, or null. */
  get running(): Header | null {
    return this.#run?.message.header ?? null;
  }

  /** Takes a request to run a cell. */
  add(message: Message): void {
    this.#queue.push(message);
    if (this.#run === null) void this.#next();
    else this.#backs.send({ type: "later", cells: cellsOf([message]) });
  }

  /** Hands a message of a comm to the cells, and waits until what it moves has been shown. */
  async comm({ header, content, buffers }: Message): Promise<void> {
    const { comm_id: id, target_name: target } = content;
    if (header.msg_type === "comm_open") this.#outputs.comms.set(String(id), String(target));
    if (header.msg_type === "comm_close") this.#outputs.comms.delete(String(id));
    this.#outputs.last = header;
    const kind = header.msg_type;
    await this.#ask({ type: "comm", id: header.msg_id, kind, content, buffers });
    await this.#outputs.flush();
  }

  /** Hands on what a user has typed. */
  answer(text: string): void {
    this.#backs.send({ type: "answer", text });
  }

  /** Ends what runs: asks it to stop; where that fails, saves the values and ends the process. */
  interrupt(): void {
    this.#backs.send({ type: "stop" });
    if (this.#hurry) this.#hurry();
    else if (this.#asked.size > 0) void this.#stop([...this.#asked.keys()]);
  }

  /** Ends all of it. */
  close(): void {
    this.#backs.close();
  }

  async #next(): Promise<void> {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const goesOn = await this.#execute(next);
      if (!goesOn) {
        // what was queued when the error came is what the user has not seen it for
        for (const message of this.#queue.splice(0)) await this.#abort(message);
        this.#backs.send({ type: "later", cells: [] });
      }
    }
  }

  /** Runs one request; tells whether those behind it are to run. */
  async #execute(message: Message): Promise<boolean> {
    const { header, content } = message;
    const silent = content.silent === true;
    const stores = !silent && content.store_history !== false;
    if (stores) this.count++;
    const { deleted, ...text } = cellOf(message, this.count);
    const { cell, code, replaces } = text;
    if (stores) this.#events.onCounted(this.count, code);
    this.#outputs.hasIds ||= !replaces;
    this.#outputs.last = header;
    this.#run = { message, cell };
    this.#outputs.running = { header, cell, silent };
    this.#outputs.cells.set(cell, {
      text,
      parent: header,
      count: this.count,
      isFresh: true,
      isOld: false,
      isStale: false,
    });
    for (const gone of deleted) this.#forget(gone);
    this.#wire.publish("status", { execution_state: "busy" }, header);
    if (!silent) {
      this.#wire.publish("execute_input", { code, execution_count: this.count }, header);
    }
    const expressions = (content.user_expressions ?? {}) as Content;
    const reply = await this.#ask({
      type: "execute",
      id: header.msg_id,
      ...text,
      deleted,
      expressions,
    });
    if (reply.status === "ok") this.#events.onRun(cell, code);
    this.#outputs.tellElsewhere();
    await this.#outputs.flush();
    await this.#wire.reply(message, "execute_reply", replyOf(reply, this.count));
    this.#run = this.#outputs.running = null;
    this.#wire.publish("status", { execution_state: "idle" }, header);
    return reply.status !== "error" || content.stop_on_error === false;
  }

  async #abort(message: Message): Promise<void> {
    const { header } = message;
    this.#wire.publish("status", { execution_state: "busy" }, header);
    const content = { status: "aborted", execution_count: this.count };
    await this.#wire.reply(message, "execute_reply", content);
    this.#wire.publish("status", { execution_state: "idle" }, header);
  }

  async #ask(order: Order & { readonly id: string }): Promise<Reply> {
    const settled = Promise.withResolvers<Reply>();
    this.#asked.set(order.id, settled);
    this.#backs.send(order);
    const reply = await settled.promise;
    this.#asked.delete(order.id);
    return reply;
  }

  #forget(cell: string): void {
    this.#outputs.cells.delete(cell);
    this.#inputs.delete(cell);
    this.#begun.delete(cell);
    this.#events.onGone(cell);
  }

  /** Waits for requests to end, and replaces the process if they do not. */
  async #stop(asked: readonly string[]): Promise<void> {
    const { promise: hurried, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, PATIENCE);
    this.#hurry = resolve;
    const back = this.#backs.current;
    await Promise.race([
      hurried,
      Promise.all(asked.map((id) => this.#asked.get(id)?.promise)),
    ]);
    clearTimeout(timer);
    this.#hurry = null;
    const isOver = () => back !== this.#backs.current || !asked.some((id) => this.#asked.has(id));
    if (isOver()) return;
    using saved = await this.#backs.save();
    if (!isOver()) this.#replace(`the cell did not stop when it was asked to${saved.but}`, saved);
  }

  /** Ends the back and puts the spare in its place; the cell that ran says so. */
  #replace(
    why: string,
    saved: Saved | null = null,
  ): void {
    if (this.#backs.isClosed) return;
    this.#backs.replace();
    for (const [id, target] of this.comms) {
      if (target === "jupyter.widget.control") continue;
      this.#wire.publish("comm_close", { comm_id: id, data: {} }, this.#outputs.last);
      this.#outputs.comms.delete(id);
    }
    const run = this.#run;
    const hung = new Set(run && this.#begun.size === 0 ? [run.cell] : this.#begun);
    this.#begun.clear();
    this.#backs.send({
      type: "know",
      cells: [...this.#outputs.cells.values()].map(({ text }) => text),
      saved: saved?.folder ?? null,
      inputs: this.#inputs,
      hung,
      hasPages: this.#outputs.hasIds,
      mode: this.#mode,
    });
    if (this.#queue.length > 0) this.#backs.send({ type: "later", cells: cellsOf(this.#queue) });
    const kept = (saved?.cells ?? []).flatMap(({ names }) => names);
    const evalue = textOfEnd(why, { names: this.#names, kept });
    const error = { ename: "ProcessEnded", evalue, traceback: [`ProcessEnded: ${evalue}`] };
    for (const cell of hung) {
      this.#outputs.show(cell, "error", error);
      this.#outputs.end(cell);
    }
    if (hung.size === 0) this.#outputs.text(null, "stderr", `${evalue}\n`);
    this.#names = kept;
    for (const settled of this.#asked.values()) settled.resolve({ status: "error", ...error });
  }

  #take(report: Report): void {
    switch (report.type) {
      case "ready":
        return;
      case "begin":
        this.#begun.add(report.cell);
        if (!report.stays) this.#outputs.begin(report.cell);
        return;
      case "end":
        this.#begun.delete(report.cell);
        if (!report.stays) this.#outputs.end(report.cell);
        return;
      case "inputs":
        this.#inputs.set(report.cell, report.inputs);
        return;
      case "mode":
        this.#mode = report;
        return;
      case "stale":
        return this.#outputs.stale(report.cell, report.text);
      case "text":
        return this.#outputs.text(report.cell, report.name, report.text);
      case "output":
        return this.#outputs.show(report.cell, report.kind, report.content, report);
      case "ask":
        return this.#askUser(report.prompt, report.password);
      case "names":
        this.#names = report.names;
        return;
      case "done":
        this.#asked.get(report.id)?.resolve(report.reply);
    }
  }

  #askUser(prompt: string, password: boolean): void {
    if (this.#run === null || this.#run.message.content.allow_stdin === false) {
      return this.#backs.send({ type: "answer", text: null });
    }
    void this.#wire.ask(this.#run.message, "input_request", { prompt, password });
  }
}
