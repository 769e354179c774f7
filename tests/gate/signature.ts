/**
 * Tags of a comment compared with the signature below it.
 *
 * @module
 */
import type { DocParam, DocType, JsDoc } from "./doc_json.ts";

/** Takes defaults and `...` off a parameter. */
function bare(param: DocParam): DocParam {
  if (param.kind === "assign" && param.left !== undefined) return bare(param.left);
  if (param.kind === "rest" && param.arg !== undefined) {
    return { ...bare(param.arg), tsType: param.tsType ?? param.arg.tsType };
  }
  return param;
}

/** Tells whether a type names a matrix, outside the signatures of functions it may hold. */
export function hasMatrix(type: unknown): boolean {
  if (Array.isArray(type)) return type.some(hasMatrix);
  if (typeof type !== "object" || type === null) return false;
  const record = type as Readonly<Record<string, unknown>>;
  if (record.kind === "fnOrConstructor") return false;
  if (record.typeName === "Matrix") return true;
  return Object.values(record).some(hasMatrix);
}

/** Tells whether a text gives a shape: the word, or sizes in brackets. */
export function hasShape(text: string): boolean {
  return /\bshape|\[\s*[\w.*+ -]+(,\s*[\w.*+ -]+)+\s*\]|\b\w+ (x|×) \w+\b/i.test(text);
}

/** Names of the fields of a type written out in place, or null. */
function fieldsOf(type: DocType | undefined): ReadonlySet<string> | null {
  if (type?.kind !== "typeLiteral") return null;
  const { properties = [], methods = [] } = type.value as {
    readonly properties?: readonly { readonly name: string }[];
    readonly methods?: readonly { readonly name: string }[];
  };
  return new Set([...properties, ...methods].map(({ name }) => name));
}

/** Faults of `@param`: one for each parameter, in order, named as it is, and no others. */
export function parameterFaults(doc: JsDoc, params: readonly DocParam[]): readonly string[] {
  const tags = (doc.tags ?? []).filter(({ kind }) => kind === "param");
  const whole = tags.filter(({ name = "" }) => !name.includes("."));
  const faults: string[] = [];
  params.map(bare).forEach((param, at) => {
    const tag = whole[at];
    const shown = param.kind === "identifier" ? param.name! : `number ${at + 1}`;
    if (tag === undefined) {
      faults.push(`has no @param for its parameter ${shown}`);
      return;
    }
    if (param.kind === "identifier" && tag.name !== param.name) {
      faults.push(`has @param ${tag.name} where the signature has ${param.name}`);
    }
    if ((tag.doc ?? "").trim() === "") faults.push(`has no text after @param ${tag.name}`);
    else if (hasMatrix(param.tsType) && !hasShape(tag.doc!)) {
      faults.push(`has no shape in @param ${tag.name}, which is a matrix`);
    }
    const fields = fieldsOf(param.tsType);
    for (const { name = "" } of tags) {
      const [head, field] = name.split(".");
      if (head !== tag.name || field === undefined || fields === null || fields.has(field)) {
        continue;
      }
      faults.push(`has a stale @param ${name}`);
    }
  });
  for (const { name } of whole.slice(params.length)) faults.push(`has a stale @param ${name}`);
  for (const { name = "" } of tags.filter((tag) => !whole.includes(tag))) {
    const isKnown = whole.some((tag) => tag.name === name.split(".")[0]);
    if (!isKnown) faults.push(`has a stale @param ${name}`);
  }
  return faults;
}

/** Tells whether a function gives nothing back, now or later. */
function isVoid(type: DocType | undefined): boolean {
  const repr = type?.repr ?? "";
  if (type?.kind === "typePredicate" && repr.startsWith("asserts ")) return true;
  if (repr === "void" || repr === "never") return true;
  const { typeName, typeParams } = (type?.value ?? {}) as {
    readonly typeName?: string;
    readonly typeParams?: readonly DocType[];
  };
  return typeName === "Promise" && isVoid(typeParams?.[0]);
}

/** Faults of `@returns`: there unless nothing is returned, with the shape of a matrix. */
export function returnFaults(doc: JsDoc, type: DocType | undefined): readonly string[] {
  const tag = (doc.tags ?? []).find(({ kind }) => kind === "return" || kind === "returns");
  if (isVoid(type)) {
    // Of a promise it may say when it is kept.
    const isStale = tag !== undefined && type?.repr === "void";
    return isStale ? ["has @returns, and returns nothing"] : [];
  }
  const text = (tag?.doc ?? "").trim();
  if (text === "") return ["has no @returns"];
  return hasMatrix(type) && !hasShape(text) ? ["has no shape in @returns, a matrix"] : [];
}
