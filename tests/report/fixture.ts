/**
 * A small executed notebook with one output of each kind, the record of its run, and a catalogue.
 *
 * @module
 */
import { verdictCard } from "../../lib/claims/card.ts";
import type { Verdict } from "../../lib/claims/verdict.ts";
import type { Notebook } from "../../lib/notebook/ipynb.ts";

/** A figure with an id that two figures share, and colours that follow the theme. */
export const FIGURE =
  `<svg xmlns="http://www.w3.org/2000/svg" class="resolvent-figure" viewBox="0 0 320 120" width="320" height="120" role="img" aria-label="A line that falls">
<style>.resolvent-figure{color:inherit}</style>
<defs><clipPath id="clip"><rect width="320" height="120"/></clipPath></defs>
<g clip-path="url(#clip)" fill="none" stroke="currentColor"><path d="M10,10L310,110"/></g>
<text x="10" y="110" fill="currentColor" font-size="14">step</text></svg>`;

/** A verdict, with every field that its table row reads. */
export function verdict(fields: Partial<Verdict>): Verdict {
  return {
    id: "spectral-demo/falls",
    statement: "The loss falls at each step",
    where: "Theorem 1",
    status: "reproduced",
    fragile: false,
    estimate: 0.42,
    interval: [0.38, 0.46],
    level: 0.99,
    n: 16,
    kind: "mean",
    of: "the slope",
    log: false,
    values: [],
    sd: 0.05,
    expectedSd: 0.05,
    criterion: { atLeast: 0.3 },
    origin: "theorem",
    exploratory: false,
    covers: true,
    sizesHere: "k = 8",
    sizesPaper: "any",
    declarationHash: "0".repeat(64),
    settled: {},
    profile: "quick",
    seed: "7",
    notes: [],
    ...fields,
  };
}

/** Verdicts of several statuses, kinds and criteria. */
export const VERDICTS: readonly Verdict[] = [
  verdict({}),
  verdict({
    id: "spectral-demo/flat",
    statement: "The stable rank does not grow with the width",
    status: "contradicted",
    fragile: true,
    estimate: 0.31,
    interval: [0.12, 0.5],
    kind: "slope",
    criterion: { within: [-0.1, 0.1] },
  }),
  verdict({
    id: "spectral-demo/differs",
    statement: "Both steps lower the loss equally",
    status: "inconclusive",
    estimate: -0.02,
    interval: [-0.3, 0.26],
    criterion: { outside: [-0.1, 0.1] },
  }),
  verdict({
    id: "spectral-demo/bound",
    statement: "No problem violates the bound",
    estimate: 2e-16,
    interval: [2e-16, 2e-16],
    n: 1000,
    kind: "forall",
    criterion: { atMost: 1e-11 },
  }),
  verdict({
    id: "spectral-demo/large",
    statement: "The factor rises with the dimension",
    status: "not decided",
    estimate: null,
    interval: null,
    criterion: { atLeast: 1 },
    committed: {
      status: "reproduced",
      fragile: false,
      estimate: 1.4,
      interval: [1.2, 1.6],
      n: 32,
      date: "2026-01-05",
    },
  }),
];

/** The record of a run. */
export const RECORD: Readonly<Record<string, unknown>> = {
  verdicts: VERDICTS,
  provenance: {
    resolvent: "0.1.0",
    deno: "2.9.6",
    linalg: { name: "OpenBLAS", version: "0.3.21", library: "libopenblas.so.0" },
    seed: 7,
    profile: "quick",
    settings: { widths: [8, 16] },
    source: "ab".repeat(32),
    date: "2026-01-06T10:00:00.000Z",
  },
  durationMs: 12_345,
};

/** A catalogue of four papers, one of each status. */
export const CATALOGUE = {
  papers: [
    {
      slug: "spectral-demo",
      title: "When do spectral steps help?",
      theme: "spectral-updates",
      fit: "A",
      arxiv: "2512.04299",
      status: "done" as const,
      claims: VERDICTS.map(({ id }) => ({ id })),
    },
    { slug: "other", title: "Kernels & widths", theme: "kernels", status: "open" as const },
    { slug: "half", title: "Edges of stability", theme: "kernels", status: "partly" as const },
    {
      slug: "large",
      title: "A model of a billion weights",
      theme: "kernels",
      status: "out" as const,
      reason: "needs more than one machine",
    },
  ],
};

/** A PNG of one grey dot. */
const DOT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOor6//DwAFgAJ/pbKoRAAAAABJRU5ErkJggg==";

/** The executed notebook. */
export function fixtureNotebook(): Notebook {
  const long = Array.from({ length: 12 }, (_, i) => `const value${i}: number = ${i}; // line ${i}`);
  const bundle = function (data: Record<string, unknown>): {
    output_type: "display_data";
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
  } {
    return { output_type: "display_data", data, metadata: {} };
  };
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      resolvent: { slug: "spectral-demo" },
      kernelspec: { name: "deno", display_name: "Deno" },
    },
    cells: [
      {
        cell_type: "markdown",
        id: "intro",
        metadata: {},
        source: [
          "# When do *spectral* steps help?\n\nA price of $5 and one of $6 stay text; ",
          "the rank $\\mathrm{st}(A)=\\|A\\|_F^2/\\|A\\|^2$ does not.\n\n",
          "$$\n\\mathrm{nr}(G) = \\frac{\\|G\\|_*^2}{\\|G\\|_F^2} \\ge 2\\,\\mathrm{st}(A),\n",
          "\\qquad \\mathrm{nr}(G) \\le \\operatorname{rank}(G)\n$$\n\n",
          "| width | rank |\n| --- | ---: |\n| 8 | 2.9 |\n\n<b>raw</b> and `inline code`\n",
        ],
      },
      {
        cell_type: "markdown",
        id: "setup",
        metadata: {},
        source: "## Setup\n\n#### Sizes of $k$\n\n[paper](https://arxiv.org/abs/2512.04299)\n\n" +
          "```ts\nconst a = 1;\n```\n",
      },
      {
        cell_type: "code",
        id: "short",
        metadata: {},
        execution_count: 1,
        source: 'import { rng } from "resolvent";\nconst key = rng(7);\nkey.normal(3);',
        outputs: [
          { output_type: "stream", name: "stdout", text: "seed \u001b[33m7\u001b[39m <ok>\n" },
          { output_type: "stream", name: "stderr", text: "slow\n" },
          {
            output_type: "execute_result",
            execution_count: 1,
            metadata: {},
            data: { "text/plain": "Float64Array(3) [ \u001b[33m1\u001b[39m, 2, 3 ]" },
          },
        ],
      },
      { cell_type: "markdown", id: "claims", metadata: {}, source: "## Setup\n\nThe same name." },
      {
        cell_type: "code",
        id: "long",
        metadata: {},
        execution_count: 2,
        source: long.join("\n"),
        outputs: [
          bundle({ "image/svg+xml": FIGURE, "text/plain": "A line falls from 1 to 0" }),
          bundle({ "image/svg+xml": FIGURE, "text/plain": "The same again" }),
          bundle({
            "text/html": verdictCard(VERDICTS[0]),
            "text/plain": "reproduced spectral-demo/falls",
          }),
          bundle({ "text/html": "<table><tr><th>row</th><td>1</td></tr></table>" }),
          bundle({ "text/markdown": "A **finding** with $x^2$" }),
          bundle({ "text/latex": "$\\sum_i s_i$" }),
          bundle({ "image/png": DOT, "text/plain": "A dot" }),
          bundle({ "application/json": { a: 1 } }),
        ],
      },
      {
        cell_type: "code",
        id: "fails",
        metadata: {},
        execution_count: 3,
        source: "throw new RangeError('no <way>');",
        outputs: [{
          output_type: "error",
          ename: "RangeError",
          evalue: "no <way>",
          traceback: ["\u001b[31mRangeError: no <way>\u001b[39m", "    at <anonymous>:1:7"],
        }],
      },
    ],
  };
}
