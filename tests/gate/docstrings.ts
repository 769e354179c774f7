/**
 * Documentation of the public names: what `deno doc --lint` leaves unchecked.
 *
 * @module
 */
import { symbolsOf } from "./doc_json.ts";
import type { Declaration, DocProperty, DocSymbol, JsDoc } from "./doc_json.ts";
import { checkFences } from "./fences.ts";
import { parameterFaults, returnFaults } from "./signature.ts";
import { byCode, counted, deno, type Outcome, type Setting, together } from "./stage.ts";

/** All text of a comment: a line after the last tag belongs to that tag. */
function textOf(doc: JsDoc): string {
  return [doc.doc ?? "", ...(doc.tags ?? []).map((tag) => tag.doc ?? "")].join("\n");
}

/** Faults of the opening sentence. */
function sentenceFaults(doc: JsDoc | undefined): readonly string[] {
  const first = (doc?.doc ?? "").split("\n\n")[0].trim();
  if (first === "") return ["has no documentation"];
  return /[.:]$/.test(first) ? [] : ["does not begin with one sentence that ends in a full stop"];
}

/** Faults of the examples: titled, labelled, asserting, never ignored. */
function exampleFaults(doc: JsDoc): readonly string[] {
  const examples = (doc.tags ?? []).filter(({ kind }) => kind === "example")
    .map((tag) => tag.doc ?? "");
  const faults: string[] = [];
  if (!examples.some((text) => /```ts\n[\s\S]*\bassert/.test(text))) {
    faults.push("has no @example with a ts fence that asserts");
  }
  if (examples.some((text) => text.trimStart().startsWith("```"))) {
    faults.push("has an @example without a title");
  }
  return faults;
}

/** Faults of a documented function. */
function functionFaults({ jsDoc = {}, def = {} }: Declaration): readonly string[] {
  const faults = [
    ...sentenceFaults(jsDoc),
    ...parameterFaults(jsDoc, def.params ?? []),
    ...returnFaults(jsDoc, def.returnType),
    ...exampleFaults(jsDoc),
  ];
  const text = textOf(jsDoc);
  if (!/\*\*Definition\*\*/.test(text)) faults.push("has no **Definition**");
  if (!/^Source: \S/m.test(text)) faults.push('has no line "Source: ..."');
  return faults;
}

/** The properties of a type, those of parts of unions and intersections too. */
function propertiesOf(type: unknown): readonly DocProperty[] {
  if (typeof type !== "object" || type === null) return [];
  const { kind, value } = type as { readonly kind?: string; readonly value?: unknown };
  if (kind === "typeLiteral") {
    const { properties = [], methods = [] } = value as {
      readonly properties?: readonly DocProperty[];
      readonly methods?: readonly DocProperty[];
    };
    return [...properties, ...methods];
  }
  if ((kind === "union" || kind === "intersection") && Array.isArray(value)) {
    return value.flatMap(propertiesOf);
  }
  return [];
}

/** Faults of a type or a class: a sentence for it and for each field. */
function typeFaults({ jsDoc, def = {} }: Declaration): readonly string[] {
  const fields = [...propertiesOf(def.tsType), ...def.properties ?? [], ...def.methods ?? []]
    .filter(({ accessibility }) => accessibility !== "private");
  const bare = fields.filter((field) => (field.jsDoc?.doc ?? "").trim() === "")
    .map(({ name }) => `has no documentation of its field ${name}`);
  return [...sentenceFaults(jsDoc), ...new Set(bare)];
}

/** Faults of one exported name; of overloads, the documented declarations count. */
export function symbolFaults({ name, declarations }: DocSymbol): readonly string[] {
  const faults = declarations.flatMap((declaration) => {
    if (declaration.kind === "function") {
      const isOverload = declarations.filter(({ kind }) => kind === "function").length > 1;
      // The last declaration of an overloaded function is its body, which no caller sees.
      if (isOverload && declaration.def?.hasBody) return [];
      const others = declarations.some((other) => other !== declaration && other.jsDoc?.tags);
      if (isOverload && others && !declaration.jsDoc?.tags) return [];
      return functionFaults(declaration);
    }
    if (["typeAlias", "interface", "class"].includes(declaration.kind)) {
      return typeFaults(declaration);
    }
    return sentenceFaults(declaration.jsDoc);
  });
  const { filename, line } = declarations[0].location;
  const place = filename.replace(/^.*\/(?=(lib|mod\.ts))/, "");
  return faults.map((fault) => `${place}:${line} ${name} ${fault}`);
}

/** `deno doc --lint` and the rules of the house on every public name. */
export async function checkDocs(setting: Setting): Promise<Outcome> {
  const modules = ["mod.ts", "lib/notebook/notebook.ts"];
  const lint = byCode(await deno(setting, ["doc", "--lint", ...modules]));
  const symbols = await symbolsOf(setting, "mod.ts");
  const broken = symbols.map(symbolFaults).filter((faults) => faults.length > 0);
  const ours = {
    ...counted(symbols.length, broken.map(() => "")),
    faults: broken.flat(),
  };
  return together([lint, ours, await checkFences(setting.root)]);
}
