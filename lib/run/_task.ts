/**
 * A task as text, and the text made a function again beside the exports of `resolvent`.
 *
 * @module
 */
import { cannot, shown } from "../check.ts";
import { pack, unpack } from "./_portable.ts";

/** Address of the module whose exports a task may use; loaded at run time, never from here. */
export const LIBRARY = new URL("../../mod.ts", import.meta.url).href;

/** The variable that loops of cells ask, in the reactive kernel, whether they are to stop. */
export const STOP_FLAG = "__resolvent_stop";

/** What such a loop's body begins with; other threads have no such variable. */
const STOP_CHECK = `if (${STOP_FLAG}[0]) ${STOP_FLAG}.stop();`;

/** A task in a form that can be sent: source texts and plain data. */
export type TaskText = {
  /** What the task is called in errors. */
  readonly label: string;
  /** Source of the task, a function expression. */
  readonly text: string;
  /** Source of each function that it was given, by name. */
  readonly functions: Readonly<Record<string, string>>;
  /** Each other value that it was given, packed, by name. */
  readonly values: Readonly<Record<string, unknown>>;
};

/** A function from a task's text. */
export type Runnable = (...args: readonly unknown[]) => unknown;

/** Exports by name. */
export type Exports = Readonly<Record<string, unknown>>;

/** A global of browsers that nobody means. */
const UNUSABLE = "name";

/** Names that can stand in a function's parameter list. */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** Writes a task and what it is given as text and data. */
export function taskText(
  task: unknown,
  label: string | undefined,
  given: Readonly<Record<string, unknown>>,
): TaskText {
  const name = label ?? ((task as { name?: string })?.name || "a task");
  const doing = `run ${name} on a worker`;
  const text = sourceOf(doing, "the task", task);
  const functions: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (!IDENTIFIER.test(key)) {
      throw new RangeError(cannot(doing, "keys of given must be names", "a key", key));
    }
    if (typeof value === "function") functions[key] = sourceOf(doing, `given.${key}`, value);
    else values[key] = pack(doing, `given.${key}`, value);
  }
  return { label: name, text, functions, values };
}

/** Source of a function, refused where it has none or is not an expression. */
export function sourceOf(doing: string, name: string, value: unknown): string {
  if (typeof value !== "function") {
    throw new TypeError(cannot(doing, `${name} must be a function`, name, value));
  }
  const text = String(value).replaceAll(STOP_CHECK, "");
  const need = `${name} must be a function written as an expression or a declaration`;
  if (/\{\s*\[native code\]\s*\}\s*$/.test(text)) {
    throw new TypeError(cannot(doing, need, name, text));
  }
  try {
    new Function(`"use strict"; return (${text});`);
  } catch (error) {
    const head = text.length > 60 ? `${text.slice(0, 60)}...` : text;
    throw new TypeError(cannot(doing, need, name, head), { cause: error });
  }
  return text;
}

/**
 * Makes the task of a text: its free names are the library's exports and the names in given, which
 * come first; functions in given see each other.
 */
export function compileTask(task: TaskText, library: Exports): Runnable {
  const names = Object.keys(library).filter((name) =>
    IDENTIFIER.test(name) && name !== "default" &&
    !Object.hasOwn(task.values, name) && !Object.hasOwn(task.functions, name)
  );
  const given = Object.keys(task.values);
  const declared = Object.entries(task.functions).map(([name, text]) =>
    `const ${name} = (${text});`
  );
  // a line break after each source text, so that a last line comment in it ends
  // `name` is a global of no use, "" here and "resolvent 1" there: declared after the return it has
  // no value, so that a task which names it fails as for any other name
  const known = [...names, ...given, ...Object.keys(task.functions)].includes(UNUSABLE);
  const body = `"use strict";\n${declared.join("\n")}\nreturn (${task.text}\n);${
    known ? "" : `let ${UNUSABLE};`
  }`;
  const scope = [
    ...names.map((name) => library[name]),
    ...given.map((name) => unpack(task.values[name])),
  ];
  return new Function(...names, ...given, body)(...scope) as Runnable;
}

/** An error as it crosses from a worker. */
export type ErrorText = { readonly name: string; readonly message: string; readonly stack: string };

/** Writes whatever was thrown as text. */
export function errorText(thrown: unknown): ErrorText {
  if (thrown instanceof Error) {
    return { name: thrown.name, message: thrown.message, stack: thrown.stack ?? "" };
  }
  return { name: "Error", message: `the task threw ${shown(thrown)}`, stack: "" };
}

/** What V8 says of a name that is not there. */
const MISSING = /^(\S+) is not defined$|^Cannot access 'name' before initialization$/;

/** Classes of error that are made again as they were. */
const CLASSES: Readonly<Record<string, ErrorConstructor>> = { TypeError, RangeError, SyntaxError };

/** The error that a call on a worker rejects with: the task's own, with label and worker's stack. */
export function taskError(label: string, text: ErrorText): Error {
  const missing = text.name === "ReferenceError" && MISSING.exec(text.message);
  const message = missing
    ? `Cannot run ${label} on a worker as its source may only use exports of resolvent, globals ` +
      `and names in given: ${missing[1] ?? UNUSABLE} is not one of these`
    : `${text.message} (in ${label})`;
  const Kind = missing ? ReferenceError : CLASSES[text.name] ?? Error;
  const error = new Kind(message);
  if (!(text.name in CLASSES) && text.name !== "Error" && !missing) error.name = text.name;
  if (text.stack) error.stack = `${error.name}: ${message}\non the worker: ${text.stack}`;
  return error;
}
