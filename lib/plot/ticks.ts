/**
 * The range of an axis, the values it marks, and how it writes them.
 *
 * @module
 */

/** An axis laid out: what it spans, what it marks, and where a value lies between 0 and 1. */
export type Span = {
  /** Whether equal distances mean equal ratios. */
  readonly log: boolean;
  /** Smallest and largest value. */
  readonly domain: readonly [min: number, max: number];
  /** Marked values. */
  readonly ticks: readonly number[];
  /** Texts of the marked values. */
  readonly texts: readonly string[];
};

/** Position of a value on an axis, 0 at its start and 1 at its end. */
export function position({ log, domain: [min, max] }: Span, value: number): number {
  if (!log) return (value - min) / (max - min);
  return Math.log(value / min) / Math.log(max / min);
}

/** The step of 1, 2 or 5 times a power of ten that cuts `width` into at most about `count` pieces. */
function niceStep(width: number, count: number): number {
  const rough = width / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Multiples of a nice step in `[min, max]`. */
export function linearTicks(min: number, max: number, count: number): readonly number[] {
  // a step is chosen among few, and the nearest can leave an axis with hardly a mark
  const rough = niceStep(max - min, count);
  const few = max - min < 2.5 * rough;
  const step = few ? niceStep(max - min, 1.7 * count) : rough;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // steps below 1 are divided by their inverse, so that 3 * 0.1 is marked as 0.3
  const inverse = Math.round(1 / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const n = first + i;
    return n === 0 ? 0 : step < 1 && inverse < 1e15 ? n / inverse : n * step;
  });
}

/** Powers of ten in `[min, max]`, every so many that at most `count` remain; 1-2-5 or finer when few. */
export function logTicks(min: number, max: number, count: number): readonly number[] {
  const first = Math.floor(Math.log10(min) + 1e-9);
  const last = Math.ceil(Math.log10(max) - 1e-9);
  const inside = function (factors: readonly number[]): readonly number[] {
    const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    return powers.flatMap((p) => factors.map((f) => p < 0 ? f / 10 ** -p : f * 10 ** p))
      .filter((v) => v >= min * (1 - 1e-9) && v <= max * (1 + 1e-9));
  };
  const tens = inside([1]);
  if (tens.length > count) {
    const every = Math.ceil(tens.length / count);
    return tens.filter((v) => Math.round(Math.log10(v)) % every === 0);
  }
  const choices = [[1, 2, 3, 4, 5, 6, 8], [1, 2, 5], [1, 3]].map(inside);
  if (tens.length >= 4) return tens;
  const fitting = choices.find((ticks) => ticks.length <= count && ticks.length >= 3);
  if (fitting) return fitting;
  return tens.length >= 2 ? tens : linearTicks(min, max, Math.min(count, 5)).filter((v) => v > 0);
}

/** A whole number in small raised digits. */
function raised(n: number): string {
  return [...String(n)].map((c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]).join("");
}

/** Writes the marks of one axis alike: plain, or with powers of ten where plain ones would be long. */
export function tickTexts(ticks: readonly number[]): readonly string[] {
  const sizes = ticks.filter((v) => v !== 0).map(Math.abs);
  const long = Math.max(...sizes) >= 1e6 || Math.min(...sizes) < 1e-3;
  return ticks.map((value) => {
    const sign = value < 0 ? "−" : "";
    if (!long || value === 0) return sign + String(Number(Math.abs(value).toPrecision(12)));
    const [digits, power] = Math.abs(value).toExponential(6).split("e");
    const factor = String(Number(digits));
    return `${sign}${factor === "1" ? "" : `${factor}×`}10${raised(Number(power))}`;
  });
}

/** Smallest and largest of many values. */
export function extent(values: Iterable<number>): readonly [min: number, max: number] {
  let min = Infinity, max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}

/** What decides how an axis is laid out. */
export type SpanOptions = {
  /** Whether equal distances mean equal ratios. */
  readonly log: boolean;
  /** At most so many marks. */
  readonly count: number;
  /** Free room at each end, in parts of the axis. */
  readonly pad: number;
  /** Values worth marking when they are few and far enough apart, as the widths of a sweep. */
  readonly prefer?: readonly number[];
  /** The end of the axis that data start from, as 0 for bars: no room below it. */
  readonly floor?: number;
};

/** Lays out an axis over its values. */
export function spanOf(values: Iterable<number>, options: SpanOptions): Span {
  const { log, count, pad, prefer = [], floor } = options;
  let [min, max] = extent(values);
  if (min === max) [min, max] = log ? [min / 2, max * 2] : widened(min);
  if (log) {
    const room = (max / min) ** pad;
    min /= room;
    max *= room;
  } else if (pad > 0) {
    const room = (max - min) * pad;
    if (min !== floor) min = min >= 0 && min - room < 0 ? 0 : min - room;
    max += room;
  }
  const rest = { log, domain: [min, max] as const };
  const ticks = preferred({ ...rest, ticks: [], texts: [] }, { prefer, count }) ??
    (log ? logTicks : linearTicks)(min, max, count);
  return { ...rest, ticks, texts: tickTexts(ticks) };
}

/** A range around a single value. */
function widened(value: number): [number, number] {
  const half = value === 0 ? 1 : Math.abs(value) / 10;
  return [value - half, value + half];
}

/** The values worth marking, without those too near to a larger one; none if few are left. */
function preferred(
  span: Span,
  { prefer, count }: { readonly prefer: readonly number[]; readonly count: number },
): readonly number[] | undefined {
  const values = [...new Set(prefer)].sort((a, b) => b - a);
  const kept: number[] = [];
  for (const value of values) {
    const last = kept.at(-1);
    if (last === undefined || position(span, last) - position(span, value) > 0.65 / count) {
      kept.push(value);
    }
  }
  return kept.length >= Math.min(3, values.length) && kept.length >= 2 ? kept.reverse() : undefined;
}
