/**
 * Fences of code in documentation: each has a language, each of TypeScript asserts, none is left
 * out of the tests.
 *
 * @module
 */
import { counted, type Outcome } from "./stage.ts";
import { filesOf } from "./tree.ts";

/** A fence: what stands behind its ticks, its text, and the line on which it begins. */
export type Fence = { readonly label: string; readonly text: string; readonly line: number };

/** The fences of a page, or of the comments of a module. */
export function fencesOf(source: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { label: string; line: number; lines: string[] } | null = null;
  source.split("\n").forEach((written, at) => {
    const text = written.replace(/^\s*\* ?/, "");
    const ticks = text.match(/^\s*```(.*)$/);
    if (ticks === null) open?.lines.push(text);
    else if (open === null) open = { label: ticks[1].trim(), line: at + 1, lines: [] };
    else {
      fences.push({ label: open.label, text: open.lines.join("\n"), line: open.line });
      open = null;
    }
  });
  return fences;
}

/** Says what is wrong with a fence, or returns null. */
export function fenceFault({ label, text }: Fence): string | null {
  if (label === "") return "a fence has no language";
  if (/\bignore\b/.test(label)) return "a fence is left out of the tests by `ignore`";
  if (/^(ts|typescript|js)\b/.test(label) && !/\bassert/.test(text)) {
    return "a fence of code asserts nothing";
  }
  return null;
}

/** Checks the fences of all modules of lib and of all pages. */
export async function checkFences(root: string): Promise<Outcome> {
  let checks = 0;
  const faults: string[] = [];
  for (const path of await filesOf(root)) {
    const isModule = /^(lib|examples)\/.*\.tsx?$|^mod\.ts$/.test(path);
    if (!isModule && !path.endsWith(".md")) continue;
    const source = await Deno.readTextFile(`${root}/${path}`);
    // In a module only comments count: a template may hold ticks.
    const comments = isModule ? source.replace(/^(?!\s*(\/\*\*|\*)).*$/gm, "") : source;
    for (const fence of fencesOf(comments)) {
      checks++;
      const fault = fenceFault(fence);
      if (fault !== null) faults.push(`${path}:${fence.line} ${fault}`);
    }
  }
  return counted(checks, faults);
}
