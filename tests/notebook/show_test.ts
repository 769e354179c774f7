import { assertEquals, assertRejects } from "@std/assert";
import { bundleOf } from "../../lib/notebook/display.ts";
import { openStudy, show } from "resolvent/notebook";
import { SINK } from "../../lib/notebook/sink.ts";

const DISPLAY = Symbol.for("Jupyter.display");

Deno.test("show() hands bundles to the sink, promises awaited, with the id", async () => {
  const shown: unknown[] = [];
  const global = globalThis as { [SINK]?: unknown };
  global[SINK] = {
    display: (bundle: unknown, options: unknown) => void shown.push([bundle, options]),
    stream: () => {},
  };
  try {
    await show(Promise.resolve(3));
    await show({ [DISPLAY]: () => ({ "text/html": "<i>" }) }, { id: "a" });
    await show([1], { id: "a", update: true });
  } finally {
    delete global[SINK];
  }
  assertEquals(shown, [
    [{ "text/plain": "3" }, {}],
    [{ "text/html": "<i>" }, { id: "a", update: false }],
    [{ "text/plain": "[ 1 ]" }, { id: "a", update: true }],
  ]);
});

Deno.test("show() refuses an update without an id", async () => {
  await assertRejects(
    () => show(1, { update: true }),
    TypeError,
    "Cannot update an output as it must have an id: id is undefined",
  );
});

Deno.test("show() writes text where nothing else takes it", async () => {
  const { log } = console;
  const lines: unknown[] = [];
  console.log = (text: unknown) => void lines.push(text);
  try {
    await show({ [DISPLAY]: () => ({ "text/html": "<i>", "text/plain": "the text" }) });
    await show({ a: 1 });
  } finally {
    console.log = log;
  }
  assertEquals(lines, ["the text", "{ a: 1 }"]);
});

Deno.test("bundleOf() takes pictures and markup for what they are", async () => {
  assertEquals(await bundleOf({ outerHTML: "<svg/>" }), { "image/svg+xml": "<svg/>" });
  assertEquals(await bundleOf({ outerHTML: "<p/>" }), { "text/html": "<p/>" });
  const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);
  assertEquals(await bundleOf(png), { "image/png": "iVBORw0KGgo=" });
  assertEquals(await bundleOf(null), { "text/plain": "null" });
  assertEquals(await bundleOf("a"), { "text/plain": '"a"' });
});

Deno.test("importing resolvent/notebook outside of Jupyter has no effect", () => {
  assertEquals(typeof openStudy, "function");
  assertEquals(Object.getOwnPropertyDescriptor(Error, Symbol.hasInstance), undefined);
});
