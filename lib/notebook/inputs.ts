/**
 * Inputs of a notebook: values that a reader may move in a reactive front end, and that are their
 * defaults everywhere else.
 *
 * @module
 */
import { cannot, checkList, checkNumber, checkOptions } from "../check.ts";

/** Settings that all inputs have. */
export type InputOptions = {
  /** What stands before it. Default: none. */
  readonly label?: string;
};

/** Settings of `input.range` and `input.number`. */
export type NumberInputOptions = InputOptions & {
  /** Least value. Default: none for `number`; `range` must be told. */
  readonly min?: number;
  /** Largest value. Default: none for `number`; `range` must be told. */
  readonly max?: number;
  /** Distance of two values, above 0. Default: a hundredth of the range, 1 for `number`. */
  readonly step?: number;
  /** Value at first. Default: the middle of the range, at a step; 0 for `number`. */
  readonly value?: number;
};

/** Settings of `input.range`. */
export type RangeInputOptions = NumberInputOptions & { readonly min: number; readonly max: number };

/** Settings of `input.select`. */
export type SelectInputOptions<T> = InputOptions & {
  /** One of the choices. Default: the first. */
  readonly value?: T;
  /** What a choice is called. Default: its text. */
  readonly format?: (choice: T) => string;
};

/** A file that a reader has chosen. */
export type ChosenFile = {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
};

/** What an input asks of the front end: its kind, what is shown, and its value at first. */
export type InputRequest =
  & { readonly label: string }
  & (
    | {
      readonly kind: "range" | "number";
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly value: number;
    }
    | { readonly kind: "select"; readonly options: readonly string[]; readonly value: number }
    | { readonly kind: "checkbox"; readonly value: boolean }
    | { readonly kind: "text"; readonly value: string }
    | { readonly kind: "button"; readonly value: number }
    | { readonly kind: "file"; readonly accept: string; readonly value: ChosenFile | null }
    | {
      readonly kind: "widget";
      readonly esm: string;
      readonly css: string;
      readonly value: object;
    }
  );

/** Who shows inputs: asked for the value of each when its cell runs. */
export type InputHost = { readonly value: (request: InputRequest) => unknown };

/** The name under which a reactive kernel puts its host on `globalThis`. */
export const INPUT_HOST = Symbol.for("resolvent.inputs");

/** The value of an input now: what the reader chose, or what it is at first. */
function valueOf<T>(request: InputRequest & { readonly value: T }): T {
  const host = (globalThis as { [INPUT_HOST]?: InputHost })[INPUT_HOST];
  return host === undefined ? request.value : host.value(request) as T;
}

/** A number on the steps from `min`, within the range. */
function atStep(value: number, { min, max, step }: Required<RangeInputOptions>): number {
  // so that steps of 0.1 give 0.3, not 0.30000000000000004
  const near = Number((min + Math.round((value - min) / step) * step).toPrecision(12));
  return Math.min(max, Math.max(min, near));
}

/** The inputs that there are. */
export type NotebookInputs = {
  /** A slider: a number within a range. */
  readonly range: (options: RangeInputOptions) => number;
  /** A field for a number. */
  readonly number: (options?: NumberInputOptions) => number;
  /** A choice from a list. */
  readonly select: <const T>(choices: readonly T[], options?: SelectInputOptions<T>) => T;
  /** A box to tick. */
  readonly checkbox: (options?: InputOptions & { readonly value?: boolean }) => boolean;
  /** A field for a text. */
  readonly text: (options?: InputOptions & { readonly value?: string }) => string;
  /** A button; its value is how often it was pressed. */
  readonly button: (label: string) => number;
  /** A choice of a file; null until one is chosen. */
  readonly file: (options?: InputOptions & { readonly accept?: string }) => ChosenFile | null;
};

/** Makes a slider: a number within a range. */
function range(options: RangeInputOptions): number {
  const doing = "make a slider", { label = "", ...given } = checkOptions(doing, options);
  const min = checkNumber(doing, "min", given.min);
  const max = checkNumber(doing, "max", given.max, { above: min });
  const step = checkNumber(doing, "step", given.step ?? (max - min) / 100, {
    above: 0,
    max: max - min,
  });
  const whole = { label, min, max, step, value: 0 };
  const value = given.value === undefined
    ? atStep((min + max) / 2, whole)
    : checkNumber(doing, "value", given.value, { min, max });
  return valueOf({ ...whole, kind: "range", value });
}

/** Makes a field for a number. */
function number(options: NumberInputOptions = {}): number {
  const doing = "make a number field", { label = "", ...given } = checkOptions(doing, options);
  const { min = -Infinity, max = Infinity, step = 1, value = 0 } = given;
  if (!(min <= max)) throw new RangeError(cannot(doing, "min must be at most max", "min", min));
  checkNumber(doing, "step", step, { above: 0 });
  checkNumber(doing, "value", value, { min, max });
  return valueOf({ kind: "number", label, min, max, step, value });
}

/** Makes a choice from a list. */
function select<const T>(choices: readonly T[], options: SelectInputOptions<T> = {}): T {
  const doing = "make a choice";
  checkList(doing, "choices", choices);
  if (choices.length === 0) {
    throw new RangeError(cannot(doing, "there must be something to choose", "choices", choices));
  }
  const { label = "", format = String, value = choices[0] } = checkOptions(doing, options);
  const at = choices.indexOf(value);
  if (at < 0) throw new RangeError(cannot(doing, "value must be one of them", "value", value));
  return choices[valueOf({ kind: "select", label, options: choices.map(format), value: at })];
}

/** Makes a box to tick. */
function checkbox(options: InputOptions & { readonly value?: boolean } = {}): boolean {
  const { label = "", value = false } = checkOptions("make a checkbox", options);
  return valueOf({ kind: "checkbox", label, value });
}

/** Makes a field for a text. */
function text(options: InputOptions & { readonly value?: string } = {}): string {
  const { label = "", value = "" } = checkOptions("make a text field", options);
  return valueOf({ kind: "text", label, value });
}

/** Makes a button; its value is how often it was pressed. */
function button(label: string): number {
  return valueOf({ kind: "button", label, value: 0 });
}

/** Makes a choice of a file; null until one is chosen. */
function file(options: InputOptions & { readonly accept?: string } = {}): ChosenFile | null {
  const { label = "", accept = "" } = checkOptions("make a choice of a file", options);
  return valueOf<ChosenFile | null>({ kind: "file", label, accept, value: null });
}

/**
 * Inputs whose value is an ordinary value of the notebook: `const width = input.range({ min: 8, max:
 * 64 })`. In a reactive kernel moving one runs its cell again, and with it every cell that reads the
 * name; in a script, a report and on other kernels the same line gives the value at first.
 *
 * **Definition** the value is what the reader chose last, else `value`.
 *
 * @throws {RangeError} if a value lies outside of its range, a range is empty, or a choice is none of
 * the list; {TypeError} if settings are no record
 *
 * @example The default, where nobody moves it
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { input } from "resolvent/notebook";
 *
 * assertEquals(input.range({ min: 0, max: 10, step: 1 }), 5);
 * assertEquals(input.select(["relu", "tanh"], { label: "activation" }), "relu");
 * ```
 *
 * Source: inputs as in Observable and marimo; no paper.
 */
export const input: NotebookInputs = Object.freeze({
  range,
  number,
  select,
  checkbox,
  text,
  button,
  file,
});

/** Settings of {@linkcode widget}. */
export type WidgetOptions<State> = {
  /** Source of a module of JavaScript whose default export has `render({ model, el })`. */
  readonly esm: string;
  /** Fields of the model at first, as JSON has them. */
  readonly state: State;
  /** Style sheet for what it draws. Default: none. */
  readonly css?: string;
};

/**
 * An input that is drawn by a module of one's own, by the rules of anywidget: `model.get(name)`,
 * `model.set(name, value)`, `model.save_changes()`, `model.on("change:name", callback)`.
 *
 * **Definition** the value is the state as the module has saved it last, else `state`; only fields
 * that `state` has.
 *
 * @param options Source of the module, fields at first, and a style sheet
 * @returns the fields, in a reactive kernel as they are now; everywhere else `state`
 * @throws {TypeError} if the source is not a text or the state is not plain data
 *
 * @example A number that a click raises, and its value where nobody clicks
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { widget } from "resolvent/notebook";
 *
 * const esm = `export default { render({ model, el }) {
 *   const button = document.createElement("button");
 *   button.textContent = "more";
 *   button.onclick = () => { model.set("count", model.get("count") + 1); model.save_changes(); };
 *   el.append(button);
 * } }`;
 * const { count } = widget({ esm, state: { count: 0 } });
 * assertEquals(count, 0);
 * ```
 *
 * Source: T. Manz, N. Abdennur, N. Gehlenborg, anywidget: reusable widgets for interactive analysis,
 * JOSS 9 (2024) 6939; no formula.
 */
export function widget<State extends Readonly<Record<string, unknown>>>(
  options: WidgetOptions<State>,
): State {
  const doing = "make a widget", { esm, state, css = "" } = checkOptions(doing, options);
  if (typeof esm !== "string") {
    throw new TypeError(cannot(doing, "its module must be a text", "esm", esm));
  }
  checkOptions(doing, state, "state");
  const plain = JSON.parse(JSON.stringify(state)) as State;
  return valueOf<State>({ kind: "widget", label: "", esm, css, value: plain });
}

/** Checks that a value which a front end sent is one that an input can have; null if not. */
export function acceptedValue(request: InputRequest, value: unknown): unknown {
  const { kind } = request;
  if (kind === "range" || kind === "number") {
    const inside = typeof value === "number" && value >= request.min && value <= request.max;
    return inside ? value : null;
  }
  if (kind === "select") {
    const inside = Number.isInteger(value) && Number(value) >= 0 &&
      Number(value) < request.options.length;
    return inside ? value : null;
  }
  if (kind === "button") return Number.isInteger(value) && Number(value) >= 0 ? value : null;
  if (kind === "checkbox") return typeof value === "boolean" ? value : null;
  if (kind === "text") return typeof value === "string" ? value : null;
  if (kind === "widget") return fieldsOf(request.value, value);
  return typeof value === "object" ? value : null;
}

/** The fields of a widget's state that a front end has sent; null where there are none. */
function fieldsOf(state: object, value: unknown): object | null {
  const sent = Object.entries(value ?? {}).filter(([name]) => Object.hasOwn(state, name));
  return sent.length === 0 ? null : Object.fromEntries(sent);
}
