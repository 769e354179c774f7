import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { pathToFileURL } from "node:url";
import { matrix, rng } from "resolvent";
import { cached } from "resolvent/notebook";
import { loadCompiler } from "../../lib/notebook/cell_syntax.ts";
import { cellFunction, compileCell } from "../../lib/notebook/compile_cell.ts";
import { STOP_FLAG } from "../../lib/run/_task.ts";
import { fromFileUrl } from "../support/notebooks.ts";

const VARIABLE = "RESOLVENT_RESULTS";

/** A folder of a test: where results are kept, and a file in which each computation leaves an x. */
type Place = { readonly folder: string; readonly log: string; readonly calls: () => number };

/** Calls `use` with results kept in a folder that is removed afterwards. */
async function inFolder(use: (place: Place) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir(), log = `${folder}/calls`;
  const before = Deno.env.get(VARIABLE);
  Deno.env.set(VARIABLE, `${folder}/results`);
  await Deno.writeTextFile(log, "");
  try {
    await use({ folder, log, calls: () => Deno.readTextFileSync(log).length });
  } finally {
    if (before === undefined) Deno.env.delete(VARIABLE);
    else Deno.env.set(VARIABLE, before);
    await Deno.remove(folder, { recursive: true });
  }
}

/** Squares a number, and leaves a mark. */
function square({ x, log }: { readonly x: number; readonly log: string }): number {
  Deno.writeTextFileSync(log, "x", { append: true });
  return x * x;
}

/** Runs the console's warnings into a list. */
async function warned(run: () => Promise<void>): Promise<readonly string[]> {
  const lines: string[] = [], { warn } = console;
  console.warn = (...parts: readonly unknown[]) => void lines.push(parts.join(" "));
  try {
    await run();
  } finally {
    console.warn = warn;
  }
  return lines;
}

Deno.test("cached() computes once for each name, inputs and source", () =>
  inFolder(async ({ log, calls }) => {
    const counts: number[] = [];
    const count = async (result: Promise<number>, expected: number) => {
      assertEquals(await result, expected);
      counts.push(calls());
    };
    await count(cached("square", { x: 3, log }, square), 9);
    await count(cached("square", { x: 3, log }, square), 9);
    await count(cached("square", { log, x: 3 }, square), 9);
    await count(cached("square", { x: 4, log }, square), 16);
    await count(cached("other", { x: 3, log }, square), 9);
    const cube = ({ x, log }: { readonly x: number; readonly log: string }) => {
      Deno.writeTextFileSync(log, "x", { append: true });
      return x * x * x;
    };
    await count(cached("square", { x: 3, log }, cube), 27);
    await count(cached("square", { x: 3, log }, square, { refresh: true }), 9);
    await count(cached("square", { x: 3, log }, square), 9);
    assertEquals(counts, [1, 1, 1, 2, 3, 4, 5, 5]);
  }));

Deno.test("cached() gives a result as it was, to each caller a copy", () =>
  inFolder(async () => {
    const inputs = { key: rng(7), a: matrix(1, 2, [0.1, -0]), list: [NaN, null, "text", 3n] };
    const run = () =>
      cached("all kinds", inputs, async ({ key, a, list }) => {
        await Promise.resolve();
        a.data[0] = 5;
        return { drawn: key.normal(3), fork: key.fork("x"), list, a };
      });
    const first = await run();
    assertEquals(inputs.a.data[0], 0.1, "inputs are not changed");
    first.drawn[0] = 0;
    const second = await run();
    assertEquals([...second.drawn], [...rng(7).normal(3)]);
    assertEquals(second.fork.normal(2), rng(7).fork("x").normal(2));
    assertEquals(second.list, inputs.list);
    assert(Object.is(second.a.data[1], -0) && second.a.data[0] === 5);
  }));

Deno.test("cached() takes inputs as they are when it is called", () =>
  inFolder(async ({ log }) => {
    const inputs = { x: Float64Array.of(2), log };
    const result = cached("first", inputs, ({ x }) => x[0]);
    inputs.x[0] = 9;
    assertEquals(await result, 2);
  }));

Deno.test("cached() computes once for calls at the same time", () =>
  inFolder(async ({ log, calls }) => {
    const slowly = async ({ x, log }: { readonly x: number; readonly log: string }) => {
      Deno.writeTextFileSync(log, "x", { append: true });
      await new Promise((resolve) => setTimeout(resolve, 50));
      return Float64Array.of(x);
    };
    const run = () => cached("slow", { x: 1, log }, slowly);
    const [one, two] = await Promise.all([run(), run(), run()]);
    one[0] = 7;
    assertEquals([[...two], calls()], [[1], 1]);
  }));

Deno.test("cached() computes again what is damaged, and says so", () =>
  inFolder(async ({ folder, log, calls }) => {
    const series = { x: 0.5, log };
    const run = () =>
      cached("series", series, ({ x, log }) => {
        Deno.writeTextFileSync(log, "x", { append: true });
        return Float64Array.from({ length: 100 }, (_, i) => x ** i);
      });
    const right = await run();
    const [{ name }] = Deno.readDirSync(`${folder}/results`);
    const file = `${folder}/results/${name}`;
    const whole = await Deno.readFile(file);
    const flipped = whole.slice();
    flipped[whole.length - 100] ^= 1; // within the numbers: it reads well
    for (const [at, bytes] of [whole.slice(0, 40), new Uint8Array(0), flipped].entries()) {
      await Deno.writeFile(file, bytes);
      const lines = await warned(async () => assertEquals(await run(), right));
      assertEquals(lines, ["The kept result of series is damaged: it is computed again"]);
      assertEquals(calls(), 2 + at);
    }
    assertEquals(await warned(async () => void await run()), []);
  }));

Deno.test("cached() keeps nothing of a function that fails", () =>
  inFolder(async ({ folder, log, calls }) => {
    const run = () =>
      cached("failing", { log }, ({ log }): number => {
        Deno.writeTextFileSync(log, "x", { append: true });
        throw new DOMException("given up", "AbortError");
      });
    for (const count of [1, 2]) {
      const error = await assertRejects(run, DOMException, "given up");
      assertEquals([(error as Error).name, calls()], ["AbortError", count]);
    }
    assertEquals([...Deno.readDirSync(`${folder}/results`)], []);
  }));

Deno.test("cached() refuses what it cannot keep", () =>
  inFolder(async ({ folder }) => {
    const scale = 2, Math = globalThis.Math.abs; // an export and a global have these names
    const table: readonly (readonly [() => Promise<unknown>, ErrorConstructor, string])[] = [
      [() => cached("", 1, (x) => x), RangeError, "its name must say something"],
      [() => cached("x", 1, 2 as never), TypeError, "Cannot keep x as fn must be a function"],
      [() => cached("x", 1, Math), TypeError, "written as an expression or a declaration"],
      [() => cached("x", { f: () => 1 }, () => 1), TypeError, "inputs.f is the function f"],
      [() => cached("x", [new Map()], () => 1), TypeError, `inputs[0] is "Map"`],
      [() => cached("x", 1, () => new Date(0)), TypeError, `the result is "Date"`],
      [() => cached("x", 1, () => ({ a: [Symbol()] })), TypeError, "the result.a[0] is Symbol()"],
      [() => cached("x", 1, () => folder), ReferenceError, "folder is none of these"],
      [() => cached("x", 1, (x) => x * scale), ReferenceError, "scale means something else"],
      [() => cached("x", 1, (x) => [x, Math]), ReferenceError, "Math means something else"],
      [() => cached("x", 1, (x) => x, null as never), TypeError, "options must be a record"],
    ];
    for (const [call, kind, text] of table) await assertRejects(call, kind, text);
    Deno.env.set(VARIABLE, `${folder}/calls/none`);
    await assertRejects(
      () => cached("x", 1, (x) => x),
      Error,
      "Cannot keep x as its folder must be writable, or RESOLVENT_RESULTS name another: ",
    );
  }));

Deno.test("cached() finds in a reactive cell what a script has kept", () =>
  inFolder(async ({ log, calls }) => {
    const source = `cached("sums", { n: 4, log }, ({ n, log }: { n: number; log: string }) => {
      Deno.writeTextFileSync(log, "x", { append: true });
      let sum = 0; // laid out in another way
      for (let i = 0; i < n; i++) sum += i;
      return sum; })`;
    const compiled = compileCell(await loadCompiler(), source, { stopFlag: STOP_FLAG });
    const scope = globalThis as { [name: string]: unknown };
    scope[STOP_FLAG] = []; // as a reactive kernel has it
    try {
      const inCell = cellFunction(compiled, ["cached", "log"]);
      const values = [
        await cached("sums", { n: 4, log }, ({ n, log }) => {
          Deno.writeTextFileSync(log, "x", { append: true });
          let sum = 0;
          for (let i = 0; i < n; i++) {
            sum += i;
          }
          return sum;
        }),
        await (await inCell(cached, log)).value,
        await (await inCell(cached, `${log}2`)).value,
      ];
      assertEquals([values, calls()], [[6, 6, 6], 1]);
    } finally {
      delete scope[STOP_FLAG];
    }
  }));

/** Runs a script in a folder; returns what it wrote to both streams. */
async function runIn(folder: string, script: string): Promise<readonly [string, string]> {
  const entry = new URL("../../lib/notebook/notebook.ts", import.meta.url).href;
  await Deno.writeTextFile(
    `${folder}/script.ts`,
    `import { cached } from ${JSON.stringify(entry)};\n${script}`,
  );
  const config = fromFileUrl(new URL("../../deno.json", import.meta.url));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-lock", "--config", config, `${folder}/script.ts`],
    cwd: folder,
    env: { [VARIABLE]: "", NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return [decoder.decode(stdout).trim(), decoder.decode(stderr).trim()];
}

Deno.test("cached() lasts across processes, until a module changes that its function imports", () =>
  inFolder(async ({ folder }) => {
    const script = `const log = "calls";
      const values = await cached("mine", { x: 2, log }, async ({ x, log }) => {
        const { f } = await import("./part/mine.ts");
        Deno.writeTextFileSync(log, "x", { append: true });
        return f(x);
      });
      console.log(values, Deno.readTextFileSync(log).length);`;
    await Deno.mkdir(`${folder}/part`);
    const mine = `import { a } from "./a.ts"; export const f = (x: number) => a * x;`;
    await Deno.writeTextFile(`${folder}/part/mine.ts`, mine);
    await Deno.writeTextFile(`${folder}/part/a.ts`, "export const a = 5;");
    assertEquals(await runIn(folder, script), ["10 1", ""]);
    assertEquals(await runIn(folder, script), ["10 1", ""]);
    assert(Deno.statSync(`${folder}/.resolvent/results`).isDirectory, "beside what runs");
    await Deno.writeTextFile(`${folder}/part/a.ts`, "export const a = 6;");
    assertEquals(await runIn(folder, script), ["12 2", ""]);
    await Deno.writeTextFile(`${folder}/part/a.ts`, "export const a = 5;");
    assertEquals(await runIn(folder, script), ["10 2", ""], "as it was");
  }));

Deno.test("cached() does not keep what an old module may have computed", () =>
  inFolder(async ({ folder }) => {
    const script = `await import("./a.ts");
      Deno.writeTextFileSync("a.ts", "export const a = 6;");
      console.log(await cached("old", 1, async (x) => (await import("./a.ts")).a * x));
      console.log([...Deno.readDirSync(".resolvent/results")].length);`;
    await Deno.writeTextFile(`${folder}/a.ts`, "export const a = 5;");
    const [out, err] = await runIn(folder, script);
    assertEquals(out, "5\n0");
    assertMatch(
      err,
      /^The result of old is not kept: .*a\.ts has changed since this process began$/,
    );
  }));

Deno.test("cached() resolves modules against the module that calls it", () =>
  inFolder(async ({ folder }) => {
    await Deno.mkdir(`${folder}/part`);
    const library = new URL("../../lib/notebook/notebook.ts", import.meta.url).href;
    await Deno.writeTextFile(`${folder}/part/a.ts`, "export const a = 5;");
    await Deno.writeTextFile(
      `${folder}/part/helper.ts`,
      `import { cached } from ${JSON.stringify(library)};
      export async function five() {
        await null;
        return await cached("five", 0, async () => (await import("./a.ts")).a);
      }`,
    );
    const script = `const { five } = await import(${
      JSON.stringify(pathToFileURL(`${folder}/part/helper.ts`).href)
    }); console.log(await five());`;
    assertEquals(await runIn(folder, script), ["5", ""]);
  }));
