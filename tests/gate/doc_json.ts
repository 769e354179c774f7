/**
 * The part of the answer of `deno doc --json` (version 2) that the gate reads.
 *
 * @module
 */
import { deno, said, type Setting } from "./stage.ts";

/** A type; its inside is only searched, never taken apart. */
export type DocType = {
  readonly repr?: string;
  readonly kind?: string;
  readonly value?: unknown;
};

/** A comment of documentation. */
export type JsDoc = {
  readonly doc?: string;
  readonly tags?: readonly {
    readonly kind: string;
    readonly name?: string;
    readonly doc?: string;
  }[];
};

/** A parameter; patterns and defaults nest. */
export type DocParam = {
  readonly kind: "identifier" | "object" | "array" | "assign" | "rest";
  readonly name?: string;
  readonly tsType?: DocType;
  readonly left?: DocParam;
  readonly arg?: DocParam;
};

/** A property, of a type or of a class. */
export type DocProperty = {
  readonly name: string;
  readonly jsDoc?: JsDoc;
  readonly tsType?: DocType;
  readonly accessibility?: string;
};

/** One declaration of an exported name. */
export type Declaration = {
  readonly location: { readonly filename: string; readonly line: number };
  readonly kind: string;
  readonly jsDoc?: JsDoc;
  readonly def?: {
    readonly params?: readonly DocParam[];
    readonly returnType?: DocType;
    readonly tsType?: DocType;
    readonly hasBody?: boolean;
    readonly properties?: readonly DocProperty[];
    readonly methods?: readonly DocProperty[];
  };
};

/** An exported name with its declarations. */
export type DocSymbol = { readonly name: string; readonly declarations: readonly Declaration[] };

/** The names that a module exports. */
export async function symbolsOf(setting: Setting, module: string): Promise<readonly DocSymbol[]> {
  const ran = await deno(setting, ["doc", "--json", module]);
  if (ran.code !== 0) throw new Error(`Cannot read the names of ${module}: ${said(ran)}`);
  const { nodes } = JSON.parse(ran.stdout) as {
    readonly nodes: Readonly<Record<string, { readonly symbols?: readonly DocSymbol[] }>>;
  };
  return Object.values(nodes).flatMap(({ symbols }) => symbols ?? []);
}
