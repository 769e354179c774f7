/**
 * Checks of arguments, and the one place where the text of an error is put together:
 * "Cannot <do what> as <need>: <name> is <value>".
 *
 * @module
 */

/** Longest text of a record in an error, in characters. */
const LONGEST = 120;
/** Levels of records and lists that are opened, so that one which holds itself ends. */
const LEVELS = 3;

/** Writes a value for an error message: short, exact for numbers, quoted for strings. */
export function shown(value: unknown): string {
  const text = shownAt(0, value);
  const short = typeof value !== "object" || text.length <= LONGEST;
  return short ? text : `${text.slice(0, LONGEST)}...`;
}

/** A value within `level` others. */
function shownAt(level: number, value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `the function ${value.name || "(anonymous)"}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (level === LEVELS) return "...";
  if (Array.isArray(value) || ArrayBuffer.isView(value) && "length" in value) {
    const list = value as ArrayLike<unknown>;
    const head = Array.from(
      { length: Math.min(4, list.length) },
      (_, i) => shownAt(level + 1, list[i]),
    ).join(", ");
    return list.length > 4 ? `[${head}, ...] of length ${list.length}` : `[${head}]`;
  }
  if ("rows" in value && "cols" in value) return `a ${value.rows} x ${value.cols} matrix`;
  const fields = Object.entries(value)
    .map(([key, field]) => `${JSON.stringify(key)}:${shownAt(level + 1, field)}`);
  return `{${fields.join(",")}}`;
}

/** Text of an error: what was being done, what is needed, what was given. */
export function cannot(doing: string, need: string, name: string, value: unknown): string {
  return `Cannot ${doing} as ${need}: ${name} is ${shown(value)}`;
}

/** Returns `value`, an integer in `[min, max]`, or throws a `RangeError`. */
export function checkInteger(
  doing: string,
  name: string,
  value: number,
  { min = -Infinity, max = Infinity }: { readonly min?: number; readonly max?: number } = {},
): number {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const range = max === Infinity
    ? min === -Infinity ? "" : ` of at least ${min}`
    : ` from ${min} to ${max}`;
  throw new RangeError(cannot(doing, `${name} must be an integer${range}`, name, value));
}

/** Returns `value`, a finite number in `[min, max]` (`above` excludes an edge), or throws a `RangeError`. */
export function checkNumber(
  doing: string,
  name: string,
  value: number,
  { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity }: {
    readonly min?: number;
    readonly max?: number;
    readonly above?: number;
    readonly below?: number;
  } = {},
): number {
  if (
    typeof value === "number" && Number.isFinite(value) && value >= min && value <= max &&
    value > above && value < below
  ) return value;
  const need = [
    above > -Infinity ? `above ${above}` : min > -Infinity ? `at least ${min}` : "",
    below < Infinity ? `below ${below}` : max < Infinity ? `at most ${max}` : "",
  ].filter(Boolean).join(" and ");
  throw new RangeError(
    cannot(doing, `${name} must be a finite number${need && ` ${need}`}`, name, value),
  );
}

/** Returns `value`, one of `choices`, or throws a `RangeError` that lists them. */
export function checkChoice<T extends string>(
  doing: string,
  name: string,
  value: string,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new RangeError(
    cannot(doing, `${name} must be one of ${choices.map(shown).join(", ")}`, name, value),
  );
}

/** Returns `options`, a record of settings, or throws a `TypeError`: first of all, so that it can be read. */
export function checkOptions<T extends object>(doing: string, options: T, name = "options"): T {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw new TypeError(cannot(doing, `${name} must be a record of settings`, name, options));
}

/** Returns `value`, a function, or throws a `TypeError`. */
export function checkFunction<F>(doing: string, name: string, value: F): F {
  if (typeof value === "function") return value;
  throw new TypeError(cannot(doing, `${name} must be a function`, name, value));
}

/** Returns `list`, whose length is a number, or throws a `TypeError`; its entries are not read. */
export function checkList<L extends ArrayLike<unknown>>(doing: string, name: string, list: L): L {
  if (typeof list === "object" && list !== null && Number.isInteger(list.length)) return list;
  throw new TypeError(cannot(doing, `${name} must be a list`, name, list));
}
