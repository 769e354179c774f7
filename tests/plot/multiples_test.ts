import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type Figure, lines, multiples } from "resolvent";
import { assertPicture } from "./_snapshot.ts";

function panel(title: string, top: number, scale: "linear" | "log" = "linear"): Promise<Figure> {
  return lines({
    title,
    x: { label: "step" },
    y: { label: "loss", scale },
    series: [
      { name: "measured", kind: "measurement", x: [0, 1], runs: [[top, 1], [top + 2, 2]] },
      { name: "theory", kind: "theory", x: [0, 1], y: [top, 1] },
    ],
  });
}

Deno.test("multiples() sets panels of one size under one legend", async () => {
  const figure = await multiples({
    title: "Both fall",
    panels: [panel("small", 4), panel("large", 8)],
    share: "y",
  });
  await assertPicture("multiples", figure.svg);
  // once each, in the legend
  assertEquals(figure.svg.match(/>measured<\/text>/g)!.length, 1);
  assertEquals(figure.svg.match(/>theory<\/text>/g)!.length, 1);
  assertStringIncludes(figure.alt, '2 panels "Both fall". Panel 1: Line chart "small".');
  assertStringIncludes(figure.alt, 'Panel 2: Line chart "large".');
});

Deno.test("multiples() gives shared axes the same span in every panel", async () => {
  const panels = [panel("small", 4), panel("large", 80)];
  const { panels: [a, b] } = await multiples({ title: "t", panels, share: "y" });
  assertEquals(a.y.include, [1, 82]);
  assertEquals(b.y.include, [1, 82]);
  const { panels: [own] } = await multiples({ title: "t", panels });
  assertEquals(own.y.include, []);
});

Deno.test("multiples() sets as many columns as asked", async () => {
  const panels = [panel("a", 1), panel("b", 2), panel("c", 3)];
  const [tall, wide] = await Promise.all([
    multiples({ title: "t", panels, columns: 1 }),
    multiples({ title: "t", panels, columns: 3 }),
  ]);
  assert(sizeOf(tall).height > sizeOf(wide).height);
  assert(sizeOf(tall).width < sizeOf(wide).width);
});

Deno.test("multiples() gives series of one name the same colour in every panel", async () => {
  const ink = function (name: string): string {
    return svg.match(new RegExp(`var\\(--(\\w+)\\)'[^<]*/><text[^>]*>${name}</text>`))![1];
  };
  const other = lines({
    title: "other",
    x: { label: "step" },
    y: { label: "loss" },
    series: [
      { name: "first", kind: "measurement", x: [0, 1], y: [1, 2] },
      { name: "measured", kind: "measurement", x: [0, 1], y: [1, 2] },
    ],
  });
  const { svg } = await multiples({ title: "t", panels: [panel("a", 1), other] });
  assertEquals([ink("measured"), ink("first"), ink("theory")], ["c0", "c1", "fg"]);
});

function sizeOf({ svg }: Figure): { width: number; height: number } {
  const [, width, height] = svg.match(/ width='(\d+)' height='(\d+)'/)!;
  return { width: Number(width), height: Number(height) };
}

Deno.test("multiples() refuses no panels, nested panels and different scales", async () => {
  await assertRejects(
    () => multiples({ title: "t", panels: [] }),
    RangeError,
    "Cannot draw small multiples as a figure needs data: the number of panels is 0",
  );
  const two = multiples({ title: "two", panels: [panel("a", 1), panel("b", 2)] });
  await assertRejects(
    () => multiples({ title: "t", panels: [two] }),
    TypeError,
    'a panel is a figure of one panel: panels[0] is "two"',
  );
  await assertRejects(
    () => multiples({ title: "t", panels: [panel("a", 1), panel("b", 2, "log")], share: "y" }),
    RangeError,
    'panels that share axis y need the same scale: their scales is "linear and log"',
  );
});
