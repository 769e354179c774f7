/**
 * What a function to be kept consists of: its source, checked to name nothing of its surroundings.
 *
 * @module
 */
import type ts from "typescript";
import { namesOf } from "./cell_names.ts";
import type { Compiler, Edit } from "./cell_syntax.ts";
import { applyEdits } from "./line_map.ts";
import { localFile, type LocalModule, localModules } from "./local_modules.ts";
import { sourceShape } from "./source_shape.ts";

/** The source of a function to be kept. */
export type KeptSource = {
  /** Text of a function expression; the local modules that it imports have whole addresses. */
  readonly text: string;
  /** The same, without layout and without the places of those modules. */
  readonly shape: string;
  /** Files of those modules. */
  readonly modules: readonly LocalModule[];
  /** Names that are not its own: exports of the library and globals. */
  readonly names: readonly string[];
};

/** Globals that every program has; none that holds what a cell, a page or a user has put there. */
const GLOBALS: ReadonlySet<string> = new Set(
  `AbortController AbortSignal AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt
  BigInt64Array BigUint64Array Blob Boolean Buffer CompressionStream DOMException DataView Date
  DecompressionStream Deno DisposableStack Error EvalError Event EventTarget FinalizationRegistry
  Float16Array Float32Array Float64Array FormData Function Headers Infinity Int16Array Int32Array
  Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReadableStream
  ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer String SuppressedError Symbol
  SyntaxError Temporal TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream
  TypeError URIError URL URLPattern URLSearchParams Uint16Array Uint32Array Uint8Array
  Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly Worker WritableStream atob btoa
  clearImmediate clearInterval clearTimeout console crypto decodeURI decodeURIComponent encodeURI
  encodeURIComponent fetch isFinite isNaN navigator parseFloat parseInt performance process
  queueMicrotask setImmediate setInterval setTimeout structuredClone undefined`.split(/\s+/),
);

/**
 * Reads the source of a function.
 *
 * @param compiler From `loadCompiler`
 * @param text A function expression, JavaScript
 * @param options `doing`: what is done, for errors; `base`: against which relative imports resolve;
 * `exports`: names that the library gives
 * @throws {ReferenceError} if it names anything else
 */
export async function readSource(
  compiler: Compiler,
  text: string,
  { doing, base, exports }: {
    readonly doing: string;
    readonly base: URL;
    readonly exports: ReadonlySet<string>;
  },
): Promise<KeptSource> {
  const { ScriptTarget, ScriptKind } = compiler;
  // parentheses make an expression of a declaration; as JavaScript, in which `a < b > (c)` compares
  const source = `(${text}\n)`;
  const file = compiler.createSourceFile("fn.js", source, ScriptTarget.ESNext, true, ScriptKind.JS);
  const names = foreignNames(compiler, doing, { file, exports });
  const imports = importsOf(compiler, doing, file);
  const edits: Edit[] = [];
  const instead = new Map<ts.Node, string>();
  const modules: LocalModule[] = [];
  for (const specifier of imports) {
    const entry = localFile(specifier.text, base);
    if (entry === null) continue;
    const whole = JSON.stringify(entry.href);
    edits.push({ start: specifier.getStart(), end: specifier.getEnd(), text: whole });
    instead.set(specifier, `local${modules.length}`);
    modules.push(...await localModules(compiler, doing, entry));
  }
  return {
    text: applyEdits(source, edits),
    shape: sourceShape(compiler, file, (node) => instead.get(node) ?? null),
    modules,
    names,
  };
}

/** Names that are not the function's own; others than exports and globals are refused. */
function foreignNames(
  compiler: Compiler,
  doing: string,
  { file, exports }: { readonly file: ts.SourceFile; readonly exports: ReadonlySet<string> },
): readonly string[] {
  const parsed = { source: file.text, file, errors: [], hasJsx: false, isObject: false };
  const { reads, writes } = namesOf(compiler, parsed, []);
  const names = [...new Set([...reads, ...writes].map(({ name }) => name))];
  const foreign = names.filter((name) => !exports.has(name) && !GLOBALS.has(name));
  if (foreign.length === 0) return names;
  const need = "fn must name only its own, exports of resolvent and globals (pass others in " +
    "inputs, import modules within fn)";
  const none = foreign.length === 1 ? "is none of these" : "are none of these";
  throw new ReferenceError(`Cannot ${doing} as ${need}: ${foreign.join(", ")} ${none}`);
}

/** The addresses that a function imports. */
function importsOf(
  compiler: Compiler,
  doing: string,
  file: ts.SourceFile,
): readonly ts.StringLiteralLike[] {
  const found: ts.StringLiteralLike[] = [];
  function visit(node: ts.Node): void {
    compiler.forEachChild(node, visit);
    if (!compiler.isCallExpression(node)) return;
    if (node.expression.kind !== compiler.SyntaxKind.ImportKeyword) return;
    const [argument] = node.arguments;
    if (argument && compiler.isStringLiteralLike(argument)) return void found.push(argument);
    const need = "fn must import by addresses written out, so that changes are noticed";
    throw new RangeError(`Cannot ${doing} as ${need}: it has ${node.getText()}`);
  }
  visit(file);
  return found;
}
