import { assert, assertEquals, assertRejects } from "@std/assert";
import { inflateSync } from "node:zlib";
import { type Figure, lines } from "resolvent";
import { pngOf } from "../../lib/plot/png.ts";

function figure(): Promise<Figure> {
  return lines({
    title: "Ten to the minus six",
    x: { label: "‖x‖", scale: "log" },
    y: { label: "loss" },
    series: [{ name: "σ, theory", kind: "theory", x: [1e-6, 1], y: [0, 1] }],
  });
}

/** Size and pixels of a PNG of 8 bit RGBA. */
function decoded(png: Uint8Array): { width: number; height: number; pixels: Uint8Array } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    if (type === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const lines = new Uint8Array(inflateSync(new Uint8Array(parts.flatMap((part) => [...part]))));
  const row = 4 * width, pixels = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x < 4 ? 0 : pixels[y * row + x - 4];
      const up = y === 0 ? 0 : pixels[(y - 1) * row + x];
      const corner = x < 4 || y === 0 ? 0 : pixels[(y - 1) * row + x - 4];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[y * row + x] = lines[y * (row + 1) + 1 + x] + guess;
    }
  }
  return { width, height, pixels };
}

/** The predictor of the PNG specification, section 9.4. */
function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Share of pixels of a region (in parts of the height) that differ from the corner's colour. */
function inked(png: Uint8Array, [from, to]: readonly [number, number]): number {
  const { width, height, pixels } = decoded(png);
  let count = 0, all = 0;
  for (let y = Math.floor(from * height); y < to * height; y++) {
    for (let x = 0; x < width; x++, all++) {
      const at = 4 * (y * width + x);
      if ([0, 1, 2].some((c) => Math.abs(pixels[at + c] - pixels[c]) > 60)) count++;
    }
  }
  return count / all;
}

// the title stands in the uppermost tenth of a picture of usual height
const TITLE = [0, 0.09] as const;

Deno.test("png() has the signature of a PNG and twice the figure's width", async () => {
  const png = await (await figure()).png();
  assertEquals([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assertEquals(decoded(png).width, 1280);
  assertEquals(decoded(await (await figure()).png({ width: 300 })).width, 300);
});

Deno.test("png() paints ground, lines and words in both themes", async () => {
  const drawn = await figure();
  for (const [theme, ground] of [["light", 0xff], ["dark", 0x15]] as const) {
    const png = await drawn.png({ theme, width: 640 });
    assertEquals([...decoded(png).pixels.subarray(0, 3)], [ground, ground, ground]);
    assert(inked(png, TITLE) > 0.005, "the title is seen");
    assert(inked(png, [0.2, 0.8]) > 0.002, "the line is seen");
  }
});

Deno.test("png() writes words on a machine without fonts", async () => {
  const { svg } = await figure();
  const png = await pngOf(svg, { width: 640 }, false);
  assert(inked(png, TITLE) > 0.005, "the title is seen");
});

Deno.test("png() refuses an unknown theme and a width that is no number of pixels", async () => {
  const drawn = await figure();
  await assertRejects(
    () => drawn.png({ theme: "sepia" as "dark" }),
    RangeError,
    'Cannot render a PNG as theme must be one of "light", "dark": theme is "sepia"',
  );
  await assertRejects(() => drawn.png({ width: 0.5 }), RangeError, "width is 0.5");
});
