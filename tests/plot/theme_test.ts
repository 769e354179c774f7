import { assert, assertEquals } from "@std/assert";
import {
  colourProperties,
  colours,
  INKS,
  inTheme,
  styleOf,
  type Theme,
} from "../../lib/plot/theme.ts";

/** Red, green and blue of a colour, linear, from 0 to 1 (sRGB, IEC 61966-2-1). */
function linear(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [dark, light] = [a, b].map((hex) => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  }).sort((x, y) => x - y);
  return light / dark;
}

/** Lightness and hues of a linear colour (CIELAB, D65). */
function lab([red, green, blue]: readonly number[]): readonly number[] {
  const [x, y, z] = [
    (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
    0.2126 * red + 0.7152 * green + 0.0722 * blue,
    (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
  ].map((t) => t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** What full deuteranopes and protanopes see of a linear colour (Machado et al., 2009). */
const EYES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "three cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

for (const theme of ["light", "dark"] as Theme[]) {
  Deno.test(`colours() of the ${theme} theme stand out from its ground`, () => {
    const all = colours(theme);
    // WCAG 2.2: 3:1 for graphical objects (1.4.11), 4.5:1 for text (1.4.3)
    for (const [name, hex] of Object.entries(all)) {
      if (/^[ct]\d$/.test(name)) assert(contrast(hex, all.bg) >= 3, `${name} ${hex}`);
    }
    for (const name of ["fg", "muted"]) assert(contrast(all[name], all.bg) >= 4.5, name);
  });

  for (const [eye, rows] of Object.entries(EYES)) {
    Deno.test(`INKS of the ${theme} theme differ under ${eye}, the first five clearly`, () => {
      const seen = INKS[theme].map((hex) => {
        const rgb = linear(hex);
        return lab(rows.map((row) => row.reduce((sum, f, i) => sum + f * rgb[i], 0)));
      });
      seen.forEach((a, i) =>
        seen.slice(0, i).forEach((b, j) => {
          const distance = Math.hypot(...a.map((value, k) => value - b[k]));
          // a difference of 2.3 is just seen side by side; lines apart need several times that
          assert(distance > (i < 5 ? 20 : 12), `${i} and ${j}: ${distance.toFixed(1)}`);
        })
      );
    });
  }
}

Deno.test("styleOf() defines the colours that a picture uses, and no others", () => {
  const style = styleOf('<path stroke="var(--c0)"/>');
  assertEquals(
    style,
    ".resolvent-figure{--c0:#0d85d1}" +
      "@media (prefers-color-scheme:dark){.resolvent-figure{--c0:#70bbff}}",
  );
});

Deno.test("colourProperties() names all colours of a theme, in few letters", () => {
  assertEquals(colourProperties("light", ["bg", "fg"]), "--bg:#fff;--fg:#1b1b1b");
  const names = Array.from(colourProperties("dark").matchAll(/--(\w+):#/g), ([, name]) => name);
  assertEquals(names, Object.keys(colours("dark")));
});

Deno.test("inTheme() leaves no variable and no style", () => {
  const svg = '<svg><style>.a{}</style><path stroke="var(--fg)" fill="currentColor"/></svg>';
  assertEquals(inTheme(svg, "dark"), '<svg><path stroke="#ececec" fill="#ececec"/></svg>');
});
