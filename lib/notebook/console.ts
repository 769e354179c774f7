/**
 * Taking over what the console writes, with its own formatting.
 *
 * @module
 */
import { format } from "node:util";

/** Takes a text that the console writes. */
export type ConsoleWriter = (name: "stdout" | "stderr", text: string) => void;

/** Deno's console: a class that formats and hands texts with a level to a function. */
type ConsoleClass = new (print: (text: string, level: number) => void) => Console;

/** Methods that a console without Deno's class still has. */
const PLAIN = [
  ["log", "stdout"],
  ["info", "stdout"],
  ["debug", "stdout"],
  ["warn", "stderr"],
  ["error", "stderr"],
] as const;

/** Deno's console class, or null where this release does not have it under its internal name. */
function denoConsole(): ConsoleClass | null {
  const { internal } = Deno as unknown as { internal: symbol };
  const internals = (Deno as unknown as Record<symbol, { Console?: ConsoleClass }>)[internal];
  return typeof internals?.Console === "function" ? internals.Console : null;
}

/** Sends what `console` writes to `write`, tables, groups and counters as ever. */
export function captureConsole(write: ConsoleWriter): void {
  const target = globalThis.console as unknown as Record<string, unknown>;
  const Class = denoConsole();
  if (Class === null) {
    for (const [method, name] of PLAIN) {
      target[method] = (...values: unknown[]) => write(name, format(...values) + "\n");
    }
    return;
  }
  const made = new Class((text, level) => write(level > 1 ? "stderr" : "stdout", text));
  for (const [key, value] of Object.entries(made)) {
    if (typeof value === "function" && typeof target[key] === "function") target[key] = value;
  }
}
