/**
 * The front's hold on a back: the process that runs cells.
 *
 * @module
 */
import { MARK, type Order, type Report } from "./back_messages.ts";
import { evaluateHeld } from "./held_process.ts";
import { Link } from "./link.ts";
import { importMapOf, notebookConfig } from "./notebook_config.ts";
import { SAVE, type SavedCell } from "./saved_values.ts";

/** Puts the pipes where the back looks for them: what libraries print must not mix with reports. */
const SHELL = 'exec 3>&1 4<&0 0</dev/null 1>&2; exec "$@"';

/** The address of the inspector is a secret of the two processes: no page lists it. */
const INSPECTOR = ["--inspect=127.0.0.1:0", "--inspect-publish-uid=stderr"];

/** Characters of standard error that are kept to say why a back has ended. */
const MOST_SAID = 2000;

/** Milliseconds that this may take; programs that it has started may hold the pipe open. */
const LAST = 500;

/** What is told of a back. */
export type BackEvents = {
  /** Something that the back says; reports come in their order. */
  readonly onReport: (report: Report) => void;
  /** Text that something in the back has written past it. */
  readonly onText: (text: string) => void;
  /** The back has ended, without being asked to. */
  readonly onEnd: (why: string) => void;
};

/** A back. */
export class BackProcess {
  readonly #process: Deno.ChildProcess;
  readonly #link: Link<Report, Order>;
  readonly #marks = new Map<string, PromiseWithResolvers<void>>();
  #events: BackEvents | null = null;
  #inspector = "";
  #waiting: Report[] = [];
  #last = "";
  #isAlive = true;
  #isDying = false;

  /** Starts a process; it may wait as a spare until it is used. */
  constructor() {
    const back = new URL("./back.ts", import.meta.url).href;
    const map = importMapOf(notebookConfig(Deno.cwd()));
    const flags = ["--quiet", "--no-check", "--no-config", "--no-lock", `--import-map=${map}`]
      .concat(INSPECTOR);
    const deno = [Deno.execPath(), "run", "-A", ...flags, "--node-modules-dir=none", back];
    this.#process = new Deno.Command("sh", {
      args: ["-c", SHELL, "sh", ...deno],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      env: { NO_COLOR: "1" },
      detached: true, // leads a group: what cells have started ends with it
    }).spawn();
    const { stdin, stdout } = this.#process;
    this.#link = new Link({ readable: stdout, writable: stdin, close: () => this.#kill() });
    void this.#takeReports();
    void this.#watch(this.#takeText());
  }

  /** Puts it to use: from here on its reports are told. */
  use(events: BackEvents): void {
    this.#events = events;
    for (const report of this.#waiting.splice(0)) events.onReport(report);
  }

  /** Asks it for something. */
  send(order: Order): void {
    this.#link.send(order);
  }

  /**
   * Holds it at the line where it is, and has it write the values of its cells to a folder. It stays
   * held until it is disposed of, or ended.
   *
   * @throws {Error} if it runs no JavaScript, or does not answer
   */
  async save(folder: string): Promise<Disposable & { readonly value: readonly SavedCell[] }> {
    const [name, path] = [SAVE.description, folder].map((text) => JSON.stringify(text));
    const expression = `globalThis[Symbol.for(${name})](${path})`;
    const held = await evaluateHeld(this.#inspector, expression);
    return held as typeof held & { readonly value: readonly SavedCell[] };
  }

  /** Ends it; its end is not told. */
  kill(): void {
    this.#events = null;
    this.#isAlive = false;
    this.#link.close();
  }

  #kill(): void {
    try {
      Deno.kill(-this.#process.pid, "SIGKILL");
    } catch {
      // all of it has ended by itself
    }
  }

  async #takeReports(): Promise<void> {
    for await (const report of this.#link.receive()) {
      if (report.type === "ready") this.#inspector = report.inspector;
      // what was written past the reports before a request's end belongs to it
      if (report.type === "done") await this.#mark(report.id).promise;
      if (report.type === "done") this.#marks.delete(report.id);
      if (this.#events) this.#events.onReport(report);
      else this.#waiting.push(report);
    }
  }

  #mark(id: string): PromiseWithResolvers<void> {
    const mark = this.#marks.get(id) ?? Promise.withResolvers<void>();
    this.#marks.set(id, mark);
    return mark;
  }

  async #takeText(): Promise<void> {
    let rest = "";
    for await (const chunk of this.#process.stderr.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split(MARK);
      rest = "";
      for (const [i, part] of parts.entries()) {
        if (i === 0) this.#tellText(part);
        else if (part.includes("\n")) {
          const end = part.indexOf("\n");
          this.#mark(part.slice(0, end)).resolve();
          this.#tellText(part.slice(end + 1));
        } else rest = MARK + part;
      }
    }
    for (const mark of this.#marks.values()) mark.resolve();
  }

  #tellText(text: string): void {
    if (text === "") return;
    this.#last = (this.#last + text).slice(-MOST_SAID);
    // what V8 says of its end is for those who mend it; the cell says that the memory was full
    const [own, dump] = this.#isDying ? ["", text] : text.split(/(?=\s*<--- Last few GCs --->)/, 2);
    this.#isDying ||= dump !== undefined;
    if (own !== "") this.#events?.onText(own);
  }

  async #watch(text: Promise<void>): Promise<void> {
    const { code, signal } = await this.#process.status;
    const late = new Promise<void>((done) => Deno.unrefTimer(setTimeout(done, LAST)));
    await Promise.race([text, late]); // what it has said at its end tells why
    if (!this.#isAlive) return;
    this.#isAlive = false;
    // V8 ends a process that has no memory left by a trap
    const isMemory = /out of memory|heap limit/i.test(this.#last);
    const why = isMemory
      ? "it had no memory left"
      : `it ended ${signal ? `by ${signal}` : `with code ${code}`}`;
    this.#link.close();
    this.#events?.onEnd(why);
  }
}
