import { assert, assertEquals, assertRejects } from "@std/assert";
import { pace } from "../../lib/run/_pace.ts";

/** Waits. */
function pass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

Deno.test("pace() draws at once, then once more for all that was asked since", async () => {
  const drawn: number[] = [];
  let value = 0;
  const drawing = pace(() => drawn.push(value));
  for (value = 1; value <= 100; value++) drawing.ask();
  assertEquals(drawn, [1]);
  await pass(100);
  assertEquals(drawn, [1]);
  await pass(350);
  assertEquals(drawn, [1, 101]);
  drawing.ask();
  assertEquals(drawn.length, 3, "it was quiet for long enough");
  drawing.ask();
  await drawing.stop();
  await pass(250);
  assertEquals(drawn.length, 3, "nothing after the end");
});

Deno.test("pace() does not begin while it draws, and leaves four fifths of the time", async () => {
  let clock = 0;
  const began: number[] = [];
  let finish = () => {};
  const drawing = pace(() => {
    began.push(clock);
    return new Promise<void>((resolve) => finish = resolve);
  }, () => clock);
  drawing.ask();
  clock = 100;
  drawing.ask();
  assertEquals(began, [0]);
  finish(); // a drawing of 100 ms: 400 are free
  await pass(0);
  clock = 300;
  await pass(200);
  assertEquals(began, [0]);
  clock = 500;
  await pass(300);
  assertEquals(began, [0, 500]);
  finish();
  await drawing.stop();
});

Deno.test("pace() draws again after what was asked for while it drew", async () => {
  let count = 0;
  const drawing = pace(async () => {
    count++;
    if (count === 1) drawing.ask();
    await null;
  });
  drawing.ask();
  await pass(300);
  assertEquals(count, 2);
  await drawing.stop();
});

Deno.test("pace() tells of a failure at the end, and draws no more", async () => {
  let count = 0;
  const drawing = pace(() => {
    count++;
    throw new Error("no ink");
  });
  drawing.ask();
  await pass(0);
  drawing.ask();
  await assertRejects(() => drawing.stop(), Error, "no ink");
  assertEquals(count, 1);
});

Deno.test("pace() keeps no script from ending", async () => {
  const module = new URL("../../lib/run/_pace.ts", import.meta.url).href;
  const code = `import { pace } from ${JSON.stringify(module)};
    let clock = 0;
    const drawing = pace(() => {}, () => clock);
    drawing.ask();
    clock = -60_000;
    drawing.ask();`;
  const began = performance.now();
  await new Deno.Command(Deno.execPath(), { args: ["eval", "--ext=ts", code] }).output();
  assert(performance.now() - began < 20_000);
});
