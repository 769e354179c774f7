/**
 * Tests of progress; in a terminal it is tried by a script under `script`, where there is one.
 *
 * @module
 */
import { assertEquals, assertLess, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { progress } from "resolvent";

/** What a sink was told. */
type Shown = { readonly text: unknown; readonly id?: string; readonly update?: boolean };

/** Runs with a sink in place, and returns what it was told. */
async function withSink(run: () => Promise<void>): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  const scope = globalThis as { [key: symbol]: unknown };
  const symbol = Symbol.for("resolvent.sink");
  const before = scope[symbol];
  scope[symbol] = {
    display: (bundle: Record<string, unknown>, options: { id?: string; update?: boolean }) => {
      shown.push({ text: bundle["text/plain"], ...options });
    },
  };
  try {
    await run();
  } finally {
    if (before === undefined) delete scope[symbol];
    else scope[symbol] = before;
  }
  return shown;
}

Deno.test("progress() updates one output of a notebook, and empties it at the end", async () => {
  const began = performance.now();
  const shown = await withSink(async () => {
    const count = progress({ total: 1000, label: "seeds" });
    for (let i = 0; i < 500; i++) count.tick();
    count.tick(500);
    await count.finish();
    await count.finish();
    count.tick();
  });
  // a machine that is held up for a fifth of a second in between shows one more
  assertLess(shown.length, 3 + 5 * (performance.now() - began) / 1000);
  assertMatch(String(shown[0].text), /^seeds: ░{24} 1 of 1,000/);
  assertEquals(shown.at(-1)?.text, "");
  assertEquals(shown.map(({ update }) => update), shown.map((_, at) => at > 0));
  assertEquals(new Set(shown.map(({ id }) => id)).size, 1);
});

Deno.test("progress() updates at most five times a second", async () => {
  const began = performance.now();
  const shown = await withSink(async () => {
    const count = progress({ total: 60 });
    for (let i = 0; i < 60; i++) {
      count.tick();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await count.finish();
  });
  const seconds = (performance.now() - began) / 1000;
  assertLess(shown.length, 5 * seconds + 3); // the first, the last, and a part
  assertLess(2, shown.length);
});

Deno.test("progress() shows the last count also where no other follows", async () => {
  const shown = await withSink(async () => {
    const count = progress({ total: 8 });
    for (let i = 0; i < 4; i++) count.tick();
    await new Promise((resolve) => setTimeout(resolve, 400));
    count.tick();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await count.finish();
  });
  const counts = shown.map(({ text }) => /(\d) of 8/.exec(String(text))?.[1]);
  assertEquals(counts, ["1", "4", "5", undefined]);
});

Deno.test("progress() says that a front end takes no outputs", async () => {
  const scope = globalThis as { [key: symbol]: unknown };
  const symbol = Symbol.for("resolvent.sink");
  scope[symbol] = { display: () => Promise.reject(new Error("gone")) };
  try {
    const count = progress({ total: 2 });
    count.tick();
    count.tick();
    await assertRejects(() => count.finish(), Error, "gone");
  } finally {
    delete scope[symbol];
  }
});

Deno.test("progress() shows nothing in a notebook when nothing was counted", async () => {
  assertEquals(await withSink(() => progress({ total: 60 }).finish()), []);
});

Deno.test("progress() shows nothing where there is neither terminal nor notebook", async () => {
  const code = `
    import { progress } from ${JSON.stringify(new URL("../../mod.ts", import.meta.url).href)};
    const count = progress({ total: 2, label: "steps" });
    count.tick();
    count.tick();
    await count.finish();`;
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const { code: status, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", config, "--ext=ts", code],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals([status, stdout.length, new TextDecoder().decode(stderr)], [0, 0, ""]);
});

Deno.test({
  name: "progress() draws a bar in a terminal and takes it away",
  ignore: Deno.build.os !== "linux" || !exists("/usr/bin/script"),
  fn: async () => {
    const module = new URL("_count_slowly.ts", import.meta.url).pathname;
    const { stdout } = await new Deno.Command("script", {
      args: ["-qec", `${Deno.execPath()} run -A --no-check ${module}`, "/dev/null"],
      stdin: "null",
    }).output();
    const text = new TextDecoder().decode(stdout);
    assertMatch(text, /widths .*3\/3/);
    // the last thing written after the last count clears the line
    assertEquals(text.endsWith("\n"), false);
    assertLess(text.lastIndexOf("3/3"), text.lastIndexOf("\x1b[0K"));
  },
});

Deno.test("progress() refuses counts that are not positive integers", () => {
  assertThrows(
    () => progress({ total: 0 }),
    RangeError,
    "Cannot show progress as total must be an integer of at least 1: total is 0",
  );
  assertThrows(() => progress({ total: 2 }).tick(-1), RangeError, "n is -1");
});

/** Whether a file exists. */
function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
