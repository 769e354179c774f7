/**
 * Colours of figures on a light and on a dark ground.
 *
 * @module
 */

/** The two grounds. */
export type Theme = "light" | "dark";

/**
 * The eight inks of series: the hues of Okabe and Ito (2008), told apart by colour-blind readers,
 * made darker or lighter until each has a contrast of at least 3:1 to the ground of its theme.
 */
export const INKS: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#0072b2", "#d05000", "#008f6b", "#b0568a", "#957000", "#3d94c9", "#6f4fb0", "#707070"],
  dark: ["#4a9fdc", "#ea7a35", "#20ab85", "#cd82b3", "#bd9a1a", "#7fc4ec", "#9a83e6", "#9a9a9a"],
};

const GROUNDS: Readonly<Record<Theme, Readonly<Record<string, string>>>> = {
  light: { bg: "#ffffff", fg: "#1b1b1b", muted: "#595959", grid: "#e6e6e6" },
  dark: { bg: "#151515", fg: "#ececec", muted: "#adadad", grid: "#323232" },
};

/** The colour between two, `part` of the way. */
function mix(from: string, to: string, part: number): string {
  const channel = function (hex: string, i: number): number {
    return parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  };
  return "#" + [0, 1, 2].map((i) => {
    const value = Math.round((1 - part) * channel(from, i) + part * channel(to, i));
    return value.toString(16).padStart(2, "0");
  }).join("");
}

/** Every colour of a theme by name: grounds, inks `c0`..., and `t0`..., the inks of theory lines. */
export function colours(theme: Theme): Readonly<Record<string, string>> {
  const ground = GROUNDS[theme];
  const out: Record<string, string> = { ...ground };
  INKS[theme].forEach((ink, i) => {
    out[`c${i}`] = ink;
    // nearer to the text colour, so that a theory line is seen on top of its own measurement
    out[`t${i}`] = mix(ink, ground.fg, 0.65);
  });
  return out;
}

/** The style of a figure: its colours in both themes, which a page's `data-theme` overrules. */
export function styleOf(body: string): string {
  const used = [...new Set(Array.from(body.matchAll(/var\(--(\w+)\)/g), (m) => m[1]))].sort();
  const block = function (selector: string, theme: Theme): string {
    const all = colours(theme);
    return `${selector}{${used.map((name) => `--${name}:${all[name]}`).join(";")}}`;
  };
  const self = ".resolvent-figure";
  return block(self, "light") +
    `@media (prefers-color-scheme:dark){${block(self, "dark")}}` +
    block(`[data-theme=light] ${self}`, "light") + block(`[data-theme=dark] ${self}`, "dark");
}

/** The picture in one theme, for programs that know neither variables nor media queries. */
export function inTheme(svg: string, theme: Theme): string {
  const all = colours(theme);
  return svg.replace(/<style>.*?<\/style>/s, "")
    .replaceAll(/var\(--(\w+)\)/g, (_, name) => all[name])
    .replaceAll("currentColor", all.fg);
}
