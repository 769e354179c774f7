/**
 * Where the time of a step of training goes: by kernel of the library and by part of the step.
 *
 * @module
 */
import type { Optimizer, SgdState } from "resolvent";
import { tf } from "../../lib/backend/tf.ts";
import { blasIfFound } from "../../lib/linalg/provider.ts";
import { milliseconds, short, table } from "./beside.ts";
import type { BACKENDS } from "./on_tensors.ts";
import type { Perceptron } from "./perceptron.ts";
import { type Hooks, train } from "./training.ts";

/** The parts of a step: the loss, its gradient, and from the first update to the next loss. */
const PARTS = ["forward", "gradient", "update"] as const;
type Part = (typeof PARTS)[number];

/** Kernels that are named; the others are summed. */
const NAMED = 10;

/** The name of the kernels' products. */
const PRODUCTS = "BatchMatMul";

/** Milliseconds by part, and calls. */
type Row = { readonly ms: Record<Part, number>; calls: number };

/** Trains with a stopwatch around every kernel and prints milliseconds of a step. */
export async function printProfile(
  name: (typeof BACKENDS)[number],
  net: Perceptron,
  { work, steps }: { readonly work: string; readonly steps: number },
): Promise<void> {
  await train(name, net, { steps }); // so that what is measured has been compiled
  const kernels = new Map<string, Row>();
  const whole: Row = { ms: { forward: 0, gradient: 0, update: 0 }, calls: 0 };
  let part: Part = "update", since = performance.now();
  /** Ends a part and begins another. */
  function begin(next: Part): void {
    const now = performance.now();
    whole.ms[part] += now - since;
    [part, since] = [next, now];
  }
  const hooks: Hooks = {
    loss: (compute) => {
      begin("forward");
      const loss = compute();
      begin("gradient");
      return loss;
    },
    optimizer: (rule): Optimizer<SgdState> => ({
      init: rule.init,
      update: (...given) => {
        if (part !== "update") begin("update");
        return rule.update(...given);
      },
    }),
  };
  const restore = timeKernels(name, (kernel, ms) => {
    const row = kernels.get(kernel) ?? { ms: { forward: 0, gradient: 0, update: 0 }, calls: 0 };
    kernels.set(kernel, row);
    row.ms[part] += ms;
    row.calls++;
  });
  try {
    await train(name, net, { steps, hooks });
    begin("update");
  } finally {
    restore();
  }
  const rows = [...kernels].sort(([, a], [, b]) => total(b) - total(a));
  const named: [string, Row][] = rows.slice(0, NAMED);
  const others = sum(rows.slice(NAMED).map(([, row]) => row));
  const inside = sum(rows.map(([, row]) => row));
  const outside: Row = { ms: { forward: 0, gradient: 0, update: 0 }, calls: 0 };
  for (const each of PARTS) outside.ms[each] = whole.ms[each] - inside.ms[each];
  const lines = [...named, ["other kernels", others], ["outside of kernels", outside]] as const;
  const shown = lines.map(([kernel, row]) => line(kernel, row, { steps, all: total(whole) }));
  const end = line("all", { ...whole, calls: inside.calls }, { steps, all: total(whole) });
  const head = [`${work} on ${name}: ms`, ...PARTS, "together", "share", "calls"];
  console.log(`\n${table([head, ...shown, end])}`);
  const products = total(kernels.get(PRODUCTS)!) / steps;
  const alone = await productsAlone(net);
  const blas = alone === null ? "" : `; sgemm alone, on arrays of this process, ${short(alone)} ms`;
  console.log(`products ${short(products)} ms${blas}`);
}

/** A row of the table. */
function line(
  name: string,
  row: Row,
  { steps, all }: { readonly steps: number; readonly all: number },
): readonly string[] {
  const share = `${(100 * total(row) / all).toFixed(1)} %`;
  const calls = row.calls === 0 ? "" : (row.calls / steps).toFixed(1);
  return [
    name,
    ...PARTS.map((part) => (row.ms[part] / steps).toFixed(3)),
    (total(row) / steps).toFixed(3),
    share,
    calls,
  ];
}

/** Milliseconds of all parts. */
function total({ ms }: Row): number {
  return ms.forward + ms.gradient + ms.update;
}

/** Sums of rows. */
function sum(rows: readonly Row[]): Row {
  const whole: Row = { ms: { forward: 0, gradient: 0, update: 0 }, calls: 0 };
  for (const { ms, calls } of rows) {
    for (const part of PARTS) whole.ms[part] += ms[part];
    whole.calls += calls;
  }
  return whole;
}

/** Has each kernel of a backend tell its time; what is returned puts everything back. */
function timeKernels(
  backendName: string,
  tell: (kernel: string, ms: number) => void,
): () => void {
  const library = tf("profile a step of training");
  const own = library.getKernelsForBackend(backendName);
  let depth = 0; // a kernel may ask for another: its time is in that of the first
  for (const config of own) {
    library.unregisterKernel(config.kernelName, backendName);
    library.registerKernel({
      ...config,
      kernelFunc: (args) => {
        const start = performance.now();
        depth++;
        try {
          return config.kernelFunc(args);
        } finally {
          depth--;
          if (depth === 0) tell(config.kernelName, performance.now() - start);
        }
      },
    });
  }
  return () => {
    for (const config of own) {
      library.unregisterKernel(config.kernelName, backendName);
      library.registerKernel(config);
    }
  };
}

/** Milliseconds of the products of a step by BLAS itself; null where there is none. */
async function productsAlone({ model, x }: Perceptron): Promise<number | null> {
  const blas = blasIfFound();
  if (blas === null) return null;
  const n = x.rows;
  const shapes = model.sizes.slice(1).flatMap((out, layer) => {
    const into = model.sizes[layer];
    // forward, gradient by the weights, and, but for the first layer, by what enters
    const all = [[n, out, into], [into, out, n], [n, into, out]];
    return layer === 0 ? all.slice(0, 2) : all;
  });
  const calls = shapes.map(([m, cols, k]) => {
    const [a, b, c] = [m * k, k * cols, m * cols].map((size) => new Float32Array(size).fill(0.5));
    return () => blas.sgemm(101, 111, 111, m, cols, k, 1, a, k, b, cols, 0, c, cols);
  });
  return await milliseconds(() => calls.forEach((call) => call()), 20);
}
