/**
 * A measured power law beside its theory, and a histogram beside its density, in one figure:
 * `deno run -A examples/plot.ts [folder]` writes it as SVG and PNG, or prints its words.
 *
 * @module
 */
import { type Figure, histogram, multiples, points, rng } from "resolvent";

/** What the example can be told. */
export type Options = {
  /** Folder for the pictures; without it their text alternatives are printed. */
  readonly out?: string;
  /** Seed of the random draws. */
  readonly seed?: number;
  /** Independent repetitions. */
  readonly seeds?: number;
};

/** Mean size of a random walk after some steps falls on the line sqrt(2 n / pi). */
function walks(seed: number, seeds: number): Promise<Figure> {
  const lengths = [16, 64, 256, 1024];
  const runs = rng(seed).split(seeds).map((key) =>
    lengths.map((n) => {
      const ends = key.fork(n).split(200).map((walk) => {
        return Math.abs(walk.normal(n).reduce((sum, step) => sum + step, 0));
      });
      return ends.reduce((sum, end) => sum + end, 0) / ends.length;
    })
  );
  return points({
    title: "A walk's distance grows as the root of its length",
    x: { label: "steps n", scale: "log" },
    y: { label: "mean distance |S_n| (steps)", scale: "log" },
    series: [
      { name: "measured", kind: "measurement", x: lengths, runs },
      {
        name: "√(2n/π)",
        kind: "theory",
        x: lengths,
        y: lengths.map((n) => Math.sqrt(2 * n / Math.PI)),
      },
    ],
  });
}

/** Normal draws fill the normal density. */
function draws(seed: number): Promise<Figure> {
  return histogram({
    title: "Draws follow the normal density",
    values: rng(seed).fork("draws").normal(2000),
    name: "2000 draws",
    x: { label: "value" },
    density: {
      name: "normal density",
      of: (x) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI),
    },
  });
}

/** Makes the figure; writes it to a folder, or prints what it shows. */
export async function main({ out, seed = 1, seeds = 8 }: Options = {}): Promise<Figure> {
  const panels = [walks(seed, seeds), draws(seed)];
  const figure = await multiples({
    title: "Sums and single draws of normal numbers",
    subtitle: `${seeds} seeds, 200 walks each`,
    panels,
  });
  if (out === undefined) {
    for (const panel of await Promise.all(panels)) console.log(panel.alt);
    console.log(`${figure.svg.length} bytes of SVG`);
    return figure;
  }
  await Deno.mkdir(out, { recursive: true });
  await Deno.writeTextFile(`${out}/walks.svg`, figure.svg);
  await Deno.writeFile(`${out}/walks-light.png`, await figure.png());
  await Deno.writeFile(`${out}/walks-dark.png`, await figure.png({ theme: "dark" }));
  console.log(`${out}/walks.svg, walks-light.png, walks-dark.png`);
  return figure;
}

if (import.meta.main) await main({ out: Deno.args[0] });
