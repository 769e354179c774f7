import {
  assertEquals,
  assertLess,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { liveCurve } from "resolvent/notebook";

/** What a sink was told. */
type Shown = { readonly svg: string; readonly id?: string; readonly update?: boolean };

/** Runs with a sink in place, and returns what it was told. */
async function withSink(
  run: (shown: readonly Shown[]) => Promise<void>,
  refuse?: Error,
): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  const scope = globalThis as { [key: symbol]: unknown };
  const symbol = Symbol.for("resolvent.sink");
  const before = scope[symbol];
  scope[symbol] = {
    display: (bundle: Record<string, unknown>, options: { id?: string; update?: boolean }) => {
      if (refuse) throw refuse;
      shown.push({ svg: String(bundle["image/svg+xml"]), ...options });
    },
  };
  try {
    await run(shown);
  } finally {
    if (before === undefined) delete scope[symbol];
    else scope[symbol] = before;
  }
  return shown;
}

/** Waits. */
function pass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const AXES = { label: "training", x: "step", y: "loss" };

Deno.test("liveCurve() redraws one output at most five times a second, last with the last value", async () => {
  const began = performance.now();
  const shown = await withSink(async (shown) => {
    const curve = liveCurve(AXES);
    for (let i = 0; i < 1500 && shown.length < 4; i++) { // the first drawing loads what draws
      curve.push(i / 20, { loss: 1 / (1 + i), "held out": 2 });
      await pass(7);
    }
    curve.push(100, { loss: 0.125, "held out": 0.25 });
    await curve.finish();
    curve.push(101, { loss: 7 });
    await curve.finish();
  });
  const seconds = (performance.now() - began) / 1000;
  assertLess(shown.length, 5 * seconds + 3); // the first, the last, and a part
  assertLess(4, shown.length);
  assertEquals(shown.map(({ update }) => update), shown.map((_, at) => at > 0));
  assertEquals(new Set(shown.map(({ id }) => id)).size, 1);
  const { svg } = shown[shown.length - 1];
  assertStringIncludes(svg, "loss (measured): 1 at 0 to 0.125 at 100");
  assertStringIncludes(svg, "held out (measured): 2 at 0 to 0.25 at 100");
});

Deno.test("liveCurve() draws nothing twice, and nothing where nothing was pushed", async () => {
  assertEquals(await withSink(() => liveCurve(AXES).finish()), []);
  const shown = await withSink(async (shown) => {
    const curve = liveCurve(AXES);
    curve.push(0, { loss: 1 });
    for (let i = 0; i < 100 && shown.length === 0; i++) await pass(20);
    await curve.finish();
  });
  assertEquals(shown.length, 1);
});

Deno.test("liveCurve() says how many values it cannot show", async () => {
  const shown = await withSink(async () => {
    const curve = liveCurve({ ...AXES, y: { label: "loss", scale: "log" } });
    for (const [step, loss] of [4, 2, 0, NaN, Infinity].entries()) curve.push(step, { loss });
    await curve.finish();
  });
  const { svg } = shown[shown.length - 1];
  assertStringIncludes(svg, "3 values cannot be shown");
  assertStringIncludes(svg, "loss (measured): 4 at 0 to 2 at 1.");
});

Deno.test("liveCurve() keeps the extremes of a long series, and its last point", async () => {
  for (const scale of ["linear", "log"] as const) {
    const shown = await withSink(async () => {
      const curve = liveCurve({ ...AXES, x: { label: "step", scale } });
      for (let step = 1; step <= 20_001; step++) {
        curve.push(step, { loss: step === 1234 ? 90 : step === 19_000 ? -70 : step % 2 });
      }
      await curve.finish();
    });
    const { svg } = shown[shown.length - 1];
    assertStringIncludes(
      svg,
      "loss (measured): 1 at 1 to 1 at 20001, lowest -70 at 19000, highest 90 at 1234.",
    );
    assertLess(Number(/of its (\d+) points/.exec(svg)?.[1]), 2001);
  }
});

Deno.test("liveCurve() tells of an output that failed", async () => {
  await withSink(async () => {
    const curve = liveCurve(AXES);
    curve.push(0, { loss: 1 });
    await assertRejects(() => curve.finish(), Error, "gone");
  }, new Error("gone"));
});

Deno.test("liveCurve() refuses what it cannot place", () => {
  assertThrows(() => liveCurve({ ...AXES, label: " " }), TypeError, "label must say something");
  assertThrows(() => liveCurve({ ...AXES, x: "" }), TypeError, "x must have a label");
  assertThrows(() => liveCurve(null as never), TypeError, "options must be a record");
  const curve = liveCurve({ ...AXES, x: { label: "step", scale: "log" } });
  assertThrows(() => curve.push(0, {}), RangeError, "x must be a finite number");
  curve.push(3, {});
  assertThrows(() => curve.push(2, { loss: 1 }), RangeError, "x is 2");
  assertThrows(() => curve.push(NaN, { loss: 1 }), RangeError, "x is NaN");
  assertThrows(() => curve.push(4, { loss: "1" as never }), TypeError, `loss is "1"`);
  assertThrows(() => curve.push(4, 5 as never), TypeError, "values must be a record");
});

Deno.test("liveCurve() shows only the end where nothing is redrawn", async () => {
  const lines: unknown[] = [], { log } = console;
  console.log = (...parts: readonly unknown[]) => void lines.push(...parts);
  try {
    const curve = liveCurve(AXES);
    for (let step = 0; step < 5; step++) {
      curve.push(step, { loss: 1 });
      await pass(60);
    }
    await curve.finish();
  } finally {
    console.log = log;
  }
  assertEquals(lines, ["training (figure)"]);
});
