/**
 * What a front end shows of a kernel's broadcasts: the outputs under each cell.
 *
 * @module
 */
import type { Json, Message } from "../../lib/jupyter/messages.ts";
import { type KernelClient, lineOf } from "./kernel_client.ts";

/** An output: a line, and the display that it is, if it has a name. */
type Shown = { line: string; readonly display?: string };

/** Outputs under a cell, and whether the next takes their place. */
type Area = { outputs: Shown[]; isOld: boolean };

/** A page on a kernel. */
export class Page {
  readonly #kernel: KernelClient;
  readonly #areas = new Map<string, Area>();
  /** The request that last ran each cell: only its messages may be shown there. */
  readonly #requests = new Map<string, string>();
  /** Cells by the numbers that they had when they ran. */
  readonly #numbers = new Map<string, string>();
  #deleted: string[] = [];

  /** Shows what the kernel does from here on. */
  constructor(kernel: KernelClient) {
    this.#kernel = kernel;
  }

  /** Runs a cell, which is emptied first, and shows all until the kernel is idle. */
  async run(cell: string, code: string, tags: readonly string[] = []): Promise<void> {
    const deletedCells = this.#deleted;
    this.#deleted = [];
    this.#areas.set(cell, { outputs: [], isOld: false });
    const id = await this.#kernel.begin(code, cell, {}, { tags, deletedCells });
    this.#requests.set(cell, id);
    const [answer, messages] = await Promise.all([
      this.#kernel.next("shell"),
      this.#kernel.untilIdle(id),
    ]);
    this.#numbers.set(`cell [${answer.content.execution_count}]`, cell);
    for (const message of messages) this.#take(message);
  }

  /** Shows the next that the kernel broadcasts. */
  async next(): Promise<void> {
    this.#take(await this.#kernel.broadcast());
  }

  /** Deletes a cell; the kernel is told with the next that is run, or that is deleted. */
  async delete(cell: string): Promise<void> {
    if (this.#deleted.length > 0) await this.values([]);
    this.#areas.delete(cell);
    this.#requests.delete(cell);
    this.#deleted.push(cell);
  }

  /** Values of names as texts, or the error where there is none. */
  async values(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const deletedCells = this.#deleted;
    this.#deleted = [];
    const user_expressions = Object.fromEntries(names.map((name) => [name, name]));
    const content = { silent: true, store_history: false, user_expressions };
    const { reply, messages } = await this.#kernel.run("0", "probe", content, { deletedCells });
    for (const message of messages) this.#take(message);
    return Object.fromEntries(
      Object.entries(reply.user_expressions as Record<string, Json>).map(([name, told]) => {
        const data = told.data as Json | undefined;
        return [name, this.#named(data ? String(data["text/plain"]) : String(told.evalue))];
      }),
    );
  }

  /** Outputs under all cells, in the order of their names. */
  shown(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(
      [...this.#areas].toSorted(([a], [b]) => a < b ? -1 : 1)
        .map(([cell, { outputs }]) => [cell, outputs.map(({ line }) => this.#named(line))]),
    );
  }

  #take(message: Message): void {
    const { header: { msg_type: type }, parentHeader, content } = message;
    if (type === "execute_input" || type === "status") return;
    const display = (content.transient as { readonly display_id?: string })?.display_id;
    const line = lineOf(message);
    if (type === "update_display_data") return this.#update(display, line.replace("update_", ""));
    const cell = this.#kernel.cellOf(message);
    const area = this.#areas.get(cell ?? "");
    if (area === undefined || this.#requests.get(cell!) !== parentHeader.msg_id) {
      throw new Error(`an output of no cell that is there, ${cell}: ${line}`);
    }
    if (type === "clear_output" && content.wait) return void (area.isOld = true);
    if (type === "clear_output" || area.isOld) area.outputs = [];
    area.isOld = false;
    if (type === "clear_output") return;
    const before = area.outputs.at(-1);
    if (type === "stream" && before?.line.startsWith(`${content.name}: `)) {
      before.line += content.text;
    } else area.outputs.push({ line, display });
  }

  /** Shows something else in all displays of a name. */
  #update(display: string | undefined, line: string): void {
    for (const { outputs } of this.#areas.values()) {
      for (const shown of outputs) if (shown.display === display) shown.line = line;
    }
  }

  /** A text that names cells by what they are called here; of several the order says nothing. */
  #named(text: string): string {
    const named = text.replace(/cell \[\d+\]/g, (label) => this.#numbers.get(label) ?? label);
    const [head, list] = named.split(/(?<=has one definition: \w+ is in )/);
    return list === undefined ? head : head + list.split(" and ").toSorted().join(" and ");
  }
}
