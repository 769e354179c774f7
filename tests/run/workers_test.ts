/**
 * Tests of tasks on workers: each holds on a pool and in this process alike.
 *
 * @module
 */
import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { closeWorkers, matrix, onWorkers, type Rng, rng } from "resolvent";

/** Tests that must pass on a pool and in this process alike. */
const BOTH: { readonly title: string; readonly test: () => Promise<void> }[] = [];

/** Adds a test to those. */
function onBoth(title: string, test: () => Promise<void>): void {
  BOTH.push({ title, test });
}

/** A text that no other call has, so that nothing is remembered from another test. */
function fresh(): string {
  return crypto.randomUUID();
}

onBoth("onWorkers() gives what the task gives here: keys, matrices, records", async () => {
  const task = (key: Rng, sizes: { shape: readonly [number, number] }, keys: readonly Rng[]) => ({
    a: key.normal(sizes.shape),
    b: keys.map((k) => k.fork("x").uniform(2)),
    key: key.fork("next"),
    rest: [null, undefined, -0, NaN, 2n ** 70n, "text", Int32Array.of(1, 2)],
  });
  const args = [rng(1), { shape: [2, 3] as const }, [rng(2), rng(3)]] as const;
  const [here, there] = [task(...args), await onWorkers(task)(...args)];
  assertEquals(there.key.normal(3), here.key.normal(3));
  assertEquals({ ...there, key: 0 }, { ...here, key: 0 });
});

onBoth("onWorkers() takes values, functions and keys by name in given", async () => {
  const tag = fresh();
  const offset = 100;
  const root = rng(5);
  function half(x: number): number {
    return x / 2;
  }
  const quarter = (x: number) => half(half(x)); // a comment at its end
  const task = onWorkers(
    function named(x: number): string {
      return `${quarter(x) + offset + root.normal(1)[0]} ${tag}`;
    },
    { given: { half, quarter, offset, root, tag } },
  );
  assertEquals(await task(8), `${102 + root.normal(1)[0]} ${tag}`);
});

onBoth("onWorkers() lets given come before exports of the same name", async () => {
  const task = onWorkers(() => rng as unknown as string, { given: { rng: fresh() } });
  assertMatch(await task(), /^[0-9a-f-]{36}$/);
});

onBoth("onWorkers() computes a call once, also while it is on its way", async () => {
  const tag = fresh();
  const task = onWorkers(
    async (x: number, record: Record<string, number>) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return { id: crypto.randomUUID(), x, ...record, tag, data: Float64Array.of(x) };
    },
    { given: { tag } },
  );
  const [a, b, c] = await Promise.all([
    task(1, { p: 1, q: 2 }),
    task(1, { q: 2, p: 1 }),
    task(2, { p: 1, q: 2 }),
  ]);
  assertEquals(a.id, b.id);
  assertEquals(a.id === c.id, false);
  assertEquals((await task(1, { p: 1, q: 2 })).id, a.id);
  a.data[0] = 50; // a copy of one's own
  assertEquals([b.data[0], (await task(1, { p: 1, q: 2 })).data[0]], [1, 1]);
});

onBoth("onWorkers() does not let a task change its caller's arrays", async () => {
  const a = matrix(1, 2, [1, 2]);
  const task = onWorkers((m: typeof a, tag: string) => {
    m.data[0] = 50;
    return m.data[0] + tag.length;
  });
  assertEquals(await task(a, fresh()), 86);
  assertEquals([...a.data], [1, 2]);
});

onBoth("onWorkers() sends the part of a buffer that a view sees", async () => {
  const view = new Float64Array(new SharedArrayBuffer(800), 8, 2);
  view.set([3, 4]);
  const task = onWorkers((x: Float64Array, _: string) => x.buffer.byteLength + x[1]);
  assertEquals(await task(view, fresh()), 20);
});

onBoth("onWorkers() names what a task may not use", async () => {
  const unsent = 3;
  await assertRejects(
    () => onWorkers(() => unsent, { label: "the shift" })(),
    ReferenceError,
    "Cannot run the shift on a worker as its source may only use exports of resolvent, globals " +
      "and names in given: unsent is not one of these",
  );
  // a global here and there, with different values
  const global = onWorkers(new Function("return name") as () => string);
  await assertRejects(global, ReferenceError, "names in given: name is not one of these");
  const given = onWorkers(new Function("return name") as () => string, { given: { name: "x" } });
  assertEquals(await given(), "x");
});

onBoth("onWorkers() rejects with the task's error, its class, label and stack", async () => {
  const task = onWorkers((x: number) => {
    function deep(): never {
      throw new RangeError(`too large: ${x}`);
    }
    return deep();
  }, { label: "width 7" });
  const error = await assertRejects(() => task(9), RangeError, "too large: 9 (in width 7)");
  assertMatch(error.stack!, /on the worker: RangeError: too large: 9\n\s+at deep/);
  await assertRejects(() => task(9), RangeError); // not remembered as a result
  const odd = onWorkers(() => {
    throw { code: 1 };
  });
  await assertRejects(odd, Error, 'the task threw {"code":1} (in a task)');
  const classed = onWorkers(() => new Map());
  await assertRejects(classed, TypeError, 'only plain data can be sent: the result is "Map"');
});

onBoth("onWorkers() lets a task call onWorkers", async () => {
  const nested = onWorkers(async (x: number, tag: string) => {
    const inner = onWorkers((y: number, _: string) => y + 1);
    const [a, b] = await Promise.all([inner(x, tag), inner(x + 1, tag)]);
    const scope = globalThis as { [key: symbol]: { runner?: object } | undefined };
    const runner = scope[Symbol.for("resolvent.workers")]?.runner;
    return [a + b, runner?.constructor.name];
  });
  assertEquals(await nested(1, fresh()), [5, "InlineRunner"]); // no pool of pools
});

onBoth("onWorkers() ends a batch by its signal", async () => {
  const control = new AbortController();
  const counts: string[] = [];
  const task = onWorkers(async (i: number, _: string) => {
    await new Promise((resolve) => setTimeout(resolve, i === 0 ? 1 : 10_000));
    return i;
  }, {
    signal: control.signal,
    onDone: ({ settled, called }) => {
      counts.push(`${settled}/${called}`);
      control.abort(new Error("enough"));
    },
  });
  const tag = fresh();
  const results = await Promise.allSettled([0, 1, 2, 3].map((i) => task(i, tag)));
  const statuses = results.map((r) => r.status === "fulfilled" ? r.value : r.reason.message);
  assertEquals(statuses, [0, "enough", "enough", "enough"]);
  assertEquals(counts, ["1/4", "2/4", "3/4", "4/4"]);
  await assertRejects(() => task(5, tag), Error, "enough");
  const other = onWorkers((x: string) => x.length); // the pool goes on
  assertEquals(await other(fresh()), 36);
});

onBoth("onWorkers() keeps a call that another caller still waits for", async () => {
  const control = new AbortController();
  const make = (signal?: AbortSignal) =>
    onWorkers(async (tag: string) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return tag.length;
    }, { signal });
  const tag = fresh();
  const [kept, ended] = [make()(tag), make(control.signal)(tag)];
  control.abort(new Error("not needed"));
  await assertRejects(() => ended, Error, "not needed");
  assertEquals(await kept, 36);
});

onBoth("closeWorkers() rejects what runs, and the next call starts anew", async () => {
  const task = onWorkers(async (ms: number, _: string) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return ms;
  });
  const tag = fresh();
  const lost = task(60_000, tag);
  const rejected = assertRejects(() => lost, Error, "as its pool must stay open: it was closed");
  await new Promise((resolve) => setTimeout(resolve, 0));
  await closeWorkers();
  await rejected;
  assertEquals(await task(1, tag), 1);
});

Deno.test("onWorkers() refuses tasks, names and arguments that cannot be sent", async () => {
  const refusals = [
    [
      () => onWorkers(Math.sin),
      "Cannot run sin on a worker as the task must be a function written",
    ],
    [() => onWorkers("x => x" as never), "as the task must be a function: the task is"],
    [() => onWorkers({ short() {} }.short), "as the task must be a function written as"],
    [() => onWorkers(() => 1, { given: { set: new Set() } }), 'given.set is "Set"'],
    [
      () => onWorkers(() => 1, { given: { a: { f: () => 1 } } }),
      "functions and symbols cannot be sent (name the function in given): given.a.f is",
    ],
  ] as const;
  for (const [make, text] of refusals) assertThrows(make, TypeError, text);
  assertThrows(
    () => onWorkers(() => 1, { given: { "a-b": 1 } }),
    RangeError,
    'as keys of given must be names: a key is "a-b"',
  );
  const task = onWorkers((x: unknown) => x);
  await assertRejects(() => task([{ at: new Date(0) }]), TypeError, 'argument 1[0].at is "Date"');
  const loop: unknown[] = [];
  loop.push(loop);
  await assertRejects(() => task(loop), TypeError, "values must not contain themselves");
});

Deno.test("a script with workers ends by itself, at once, and reads RESOLVENT_WORKERS", async () => {
  const run = async (workers: string) => {
    const began = performance.now();
    // a worker that were left busy would keep the process for ever
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      signal: AbortSignal.timeout(20_000),
      args: ["run", "-A", "--no-check", new URL("_two_tasks.ts", import.meta.url).pathname],
      env: { RESOLVENT_WORKERS: workers, NO_COLOR: "1" },
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code, out, err, seconds: (performance.now() - began) / 1000 };
  };
  const pooled = await run("2");
  assertEquals([pooled.code, pooled.out, pooled.err], [0, "2 4\ngiven up\n", ""]);
  const refused = await run("many");
  assertEquals(refused.code, 1);
  assertMatch(
    refused.err,
    /Cannot start workers as RESOLVENT_WORKERS must be an integer of at least 0/,
  );
});

for (const [place, count] of [["a pool", "2"], ["this process", "0"]]) {
  BOTH.forEach(({ title, test }, i) => {
    Deno.test(`${title}, on ${place}`, async () => {
      if (i === 0) await useWorkers(count);
      await test();
      if (i === BOTH.length - 1) await useWorkers(undefined);
    });
  });
}

/** Ends the workers and sets how many the next call may start. */
async function useWorkers(count: string | undefined): Promise<void> {
  await closeWorkers();
  if (count === undefined) Deno.env.delete("RESOLVENT_WORKERS");
  else Deno.env.set("RESOLVENT_WORKERS", count);
}
