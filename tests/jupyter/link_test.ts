import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Link } from "../../lib/jupyter/link.ts";

/** Two ends of a Unix socket. */
async function inPair(
  use: (a: Link<unknown, unknown>, b: Link<unknown, unknown>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/link`;
  const listener = Deno.listen({ transport: "unix", path });
  const [there, here] = await Promise.all([
    listener.accept(),
    Deno.connect({ transport: "unix", path }),
  ]);
  const [a, b] = [new Link<unknown, unknown>(there), new Link<unknown, unknown>(here)];
  try {
    await use(a, b);
  } finally {
    a.close();
    b.close();
    listener.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The next values that an end receives. */
async function next(link: Link<unknown, unknown>, count: number): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of link.receive()) if (values.push(value) === count) break;
  return values;
}

Deno.test("Link carries what a structured clone keeps, both ways and in order", async () => {
  await inPair(async (a, b) => {
    const values = [1, "\u{1F600}", { a: [null, undefined, 2n] }, new Map([["k", new Set([1])]])];
    const bytes = new Uint8Array([1, 2, 3]), error = new RangeError("Cannot");
    for (const value of [...values, bytes, error]) a.send(value);
    b.send("back");
    const [got, back] = await Promise.all([next(b, 6), next(a, 1)]);
    assertEquals(got.slice(0, 4), values);
    assertEquals([...got[4] as Uint8Array], [1, 2, 3]);
    assert(got[5] instanceof RangeError && got[5].message === "Cannot");
    assertEquals(back, ["back"]);
  });
});

Deno.test("Link.receive() joins values whatever the pieces in which they come", async () => {
  const sizes = fc.array(fc.nat(70_000), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(sizes, async (lengths) => {
      await inPair(async (a, b) => {
        const sent = lengths.map((length, i) => new Uint8Array(length).fill(i));
        for (const value of sent) a.send(value);
        const got = await next(b, sent.length) as Uint8Array[];
        assertEquals(got.map(({ length }) => length), lengths);
        assert(got.every((value, i) => value.every((byte) => byte === i)));
      });
    }),
    { numRuns: 20, seed: 1 },
  );
});

Deno.test("Link.send() copies a value before it returns", async () => {
  await inPair(async (a, b) => {
    const value = [1];
    a.send(value);
    value[0] = 2;
    assertEquals(await next(b, 1), [[1]]);
  });
});

Deno.test("Link.send() refuses what cannot be serialised and stays in order", async () => {
  await inPair(async (a, b) => {
    a.send("before");
    assertThrows(() => a.send(() => 1), Error, "could not be cloned");
    a.send("after");
    assertEquals(await next(b, 2), ["before", "after"]);
  });
});

Deno.test("Link.receive() ends when the other end closes, and what was flushed has come", async () => {
  await inPair(async (a, b) => {
    for (let i = 0; i < 1000; i++) a.send(i);
    await a.flush();
    a.close();
    const got: unknown[] = [];
    for await (const value of b.receive()) got.push(value);
    assertEquals(got, Array.from({ length: 1000 }, (_, i) => i));
    b.send("nobody reads this");
    await b.flush();
  });
});
