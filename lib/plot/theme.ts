/**
 * Colours of figures on a light and on a dark ground.
 *
 * @module
 */

/** The two grounds. */
export type Theme = "light" | "dark";

/**
 * The eight inks of series: the hues of Okabe and Ito (2008), told apart by colour-blind readers,
 * moved until each has a contrast of at least 3:1 to the ground of its theme, and any two differ
 * also for eyes without red or green cones (CIELAB distance above 20 among the first five, 12 in all).
 */
export const INKS: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#0d85d1", "#e07400", "#069f71", "#a14e8a", "#85661b", "#3b9bce", "#6546a5", "#707070"],
  dark: ["#70bbff", "#dd712f", "#1ba579", "#c279b0", "#edc02e", "#8ccbf0", "#947ee2", "#a4a3a6"],
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

/** Colours of a theme as the properties of a rule; those of the names given, or all. */
export function colourProperties(theme: Theme, names?: readonly string[]): string {
  const all = colours(theme);
  return (names ?? Object.keys(all)).map((name) => `--${name}:${short(all[name])}`).join(";");
}

/** A colour in few letters. */
function short(colour: string): string {
  return colour.replace(/^#(.)\1(.)\2(.)\3$/, "#$1$2$3");
}

/** The style of a figure: its colours in both themes; a page that knows better may overrule them. */
export function styleOf(body: string): string {
  const used = [...new Set(Array.from(body.matchAll(/var\(--(\w+)\)/g), (m) => m[1]))].sort();
  return `.resolvent-figure{${colourProperties("light", used)}}` +
    `@media (prefers-color-scheme:dark){.resolvent-figure{${colourProperties("dark", used)}}}`;
}

/** The picture in one theme, for programs that know neither variables nor media queries. */
export function inTheme(svg: string, theme: Theme): string {
  const all = colours(theme);
  return svg.replace(/<style>.*?<\/style>/s, "")
    .replaceAll(/var\(--(\w+)\)/g, (_, name) => all[name])
    .replaceAll("currentColor", all.fg);
}
