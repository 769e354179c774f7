/**
 * The words of a figure, made from its data: caption and text alternative.
 *
 * @module
 */
import type { Layer } from "./layer.ts";
import type { Panel } from "./panel.ts";
import type { Axis } from "./series.ts";
import { BINS, LONG } from "./thin.ts";
import { extent } from "./ticks.ts";

/** A number with three significant digits; whole numbers up to a million with all of theirs. */
export function three(value: number): string {
  return Number.isInteger(value) && Math.abs(value) <= 1e6
    ? String(value)
    : String(Number(value.toPrecision(3)));
}

/** Joins words as in a sentence. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What a layer's parts are, as `"median of 8 seeds (line), quartiles (band)"`. */
function meaning(layer: Layer): string {
  if (layer.draw === "bars") return "";
  const point = layer.draw === "line" ? "line" : "point";
  const bar = layer.draw === "points" ? "bar" : "band";
  const seeds = layer.draw === "points" && layer.runs.length > 1;
  return [
    layer.means.centre && `${layer.means.centre} (${point})`,
    layer.means.spread && `${layer.means.spread} (${bar})`,
    seeds && "every seed (small dots)",
  ].filter(Boolean).join(", ");
}

/** The line under a figure that says how to read its points, lines and bands. */
export function captionOf(panels: readonly Panel[]): string {
  const layers = panels.flatMap((panel) => panel.layers);
  const told = new Map<string, Set<string>>();
  for (const layer of layers) {
    const words = meaning(layer);
    if (words) told.set(words, (told.get(words) ?? new Set()).add(layer.name));
  }
  const one = told.size === 1;
  const sentences = [...told].map(([words, names]) =>
    one ? `Shown: ${words}` : `${listed([...names])}: ${words}`
  );
  const measured = layers.some((layer) => layer.kind === "measurement" && layer.draw === "line");
  const derived = layers.some((layer) => layer.kind === "theory");
  const theory = measured && derived ? ["Dashed: theory"] : [];
  return [...sentences, ...theory].map((sentence) => `${sentence}.`).join(" ");
}

/** One axis in words. */
function axisWords(name: string, axis: Required<Axis>, values: Iterable<number>): string {
  const [min, max] = extent(values);
  const log = axis.scale === "log" ? " (log scale)" : "";
  return `${name}: ${axis.label}${log}, ${three(min)} to ${three(max)}.`;
}

/** First, last, smallest and largest value of a layer, each where it is. */
function layerWords(layer: Layer): string {
  const { x, y, name, kind, runs } = layer;
  const at = function (i: number): string {
    return `${three(y[i])} at ${three(x[i])}`;
  };
  const said = name.toLowerCase().includes(kind === "theory" ? "theory" : "measure");
  const seeds = runs.length > 0 ? `${runs.length} ${runs.length === 1 ? "seed" : "seeds"}` : "";
  const words = [said ? "" : kind === "theory" ? "theory" : "measured", seeds].filter(Boolean);
  const head = `${name}${words.length > 0 ? ` (${words.join(", ")})` : ""}`;
  if (y.length === 1) return `${head}: ${at(0)}${spreadWords(layer, 0)}.`;
  const [min, max] = extent(y);
  if (x.some((value, i) => i > 0 && value < x[i - 1])) {
    const [lowest, highest] = [at(y.indexOf(min)), at(y.indexOf(max))];
    return `${head}: ${y.length} points, lowest ${lowest}, highest ${highest}.`;
  }
  const last = y.length - 1;
  const ends = [at(0) + spreadWords(layer, 0), at(last) + spreadWords(layer, last)].join(" to ");
  const inner = [
    ...(min < Math.min(y[0], y[last]) ? [`lowest ${at(y.indexOf(min))}`] : []),
    ...(max > Math.max(y[0], y[last]) ? [`highest ${at(y.indexOf(max))}`] : []),
  ];
  return [`${head}: ${ends}`, ...inner].join(", ") + "." + thinWords(layer);
}

/** The spread at one point. */
function spreadWords({ low, high }: Layer, i: number): string {
  return low.length > 0 && low[i] < high[i] ? ` [${three(low[i])}, ${three(high[i])}]` : "";
}

/** Says so where a layer is drawn with fewer points than it has. */
function thinWords({ draw, x, runs }: Layer): string {
  const count = draw === "line" ? x.length : draw === "points" ? x.length * runs.length : 0;
  if (count <= LONG) return "";
  return ` Drawn through the smallest and largest of its ${count} points in each of ${BINS} bins.`;
}

/** A histogram in words. */
function barWords(layer: Layer): string {
  const { edges, y, name } = layer;
  const top = y.indexOf(Math.max(...y));
  return `${name} (${layer.means.centre}): ${y.length} bars from ${three(edges[0])} to ` +
    `${three(edges[y.length])}, the highest ${three(y[top])} between ${three(edges[top])} and ` +
    `${three(edges[top + 1])}.`;
}

/** The text alternative of a panel. */
export function describe(panel: Panel): string {
  const { form, title, subtitle, layers, marks } = panel;
  const heights = layers.flatMap((layer) => [...layer.y, ...layer.low, ...layer.high]);
  return [
    `${form} "${title}"${subtitle && ` (${subtitle})`}.`,
    axisWords("x", panel.x, layers.flatMap((layer) => [...layer.x, ...layer.edges])),
    axisWords("y", panel.y, heights),
    ...layers.map((layer) => layer.draw === "bars" ? barWords(layer) : layerWords(layer)),
    ...marks.map(({ axis, at, label }) =>
      `Reference ${axis} = ${three(at)}${label ? ` (${label})` : ""}.`
    ),
    captionOf([panel]),
  ].filter(Boolean).join(" ");
}
