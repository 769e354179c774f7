/**
 * The style of every page: colours of both themes, type, layout; no font and no picture is loaded.
 *
 * @module
 */
import { colourProperties } from "../plot/theme.ts";
import { PART_STYLES } from "./style_parts.ts";

/** Colours by name; each text colour has a contrast of at least 4.5:1 on each ground it stands on. */
const LIGHT: Readonly<Record<string, string>> = {
  ground: "#ffffff",
  raised: "#f7f7f5",
  text: "#1c1f23",
  muted: "#5a6067",
  rule: "#e2e3e0",
  strong: "#8b9097",
  link: "#0b5394",
  mark: "#d9e8f6",
  good: "#176637",
  "good-ground": "#e5f3e9",
  bad: "#a11d1d",
  "bad-ground": "#fbe9e7",
  other: "#7d4a00",
  "other-ground": "#fbf0dc",
  open: "#5b3fc4",
  "open-ground": "#eeeafb",
  none: "#50555c",
  "none-ground": "#eeeeec",
  "code-key": "#7b2d8e",
  "code-text": "#1f6b3a",
  "code-number": "#9a3c00",
  "code-name": "#0b5394",
  "code-note": "#626970",
};

const DARK: Readonly<Record<string, string>> = {
  ground: "#151515",
  raised: "#1e1f20",
  text: "#e6e6e4",
  muted: "#a8acb1",
  rule: "#343638",
  strong: "#767b81",
  link: "#8cc2f2",
  mark: "#1f3a52",
  good: "#7fd49b",
  "good-ground": "#16301f",
  bad: "#f59b92",
  "bad-ground": "#3d1c1a",
  other: "#eabf70",
  "other-ground": "#37290f",
  open: "#c3b4f7",
  "open-ground": "#2a2444",
  none: "#b9bec4",
  "none-ground": "#2b2d2f",
  "code-key": "#d7a4e8",
  "code-text": "#8fd3a3",
  "code-number": "#f0ab7c",
  "code-name": "#8cc2f2",
  "code-note": "#9aa0a6",
};

/** The whole style sheet; `data-theme` on the root overrules what the reader's system prefers. */
export function styleSheet(): string {
  const light = declarations(LIGHT);
  const dark = declarations(DARK);
  return `:root{color-scheme:light;${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}
:root[data-theme=dark]{color-scheme:dark;${dark}}
[data-theme=light] .resolvent-figure{${colourProperties("light")}}
[data-theme=dark] .resolvent-figure{${colourProperties("dark")}}
${BASE}${PART_STYLES}${PRINT}`;
}

function declarations(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours).map(([name, value]) => `--page-${name}:${value}`).join(";");
}

const BASE = `
:root{
  --sans:-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,system-ui,sans-serif;
  --serif:Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif","Liberation Serif",Georgia,serif;
  --mono:ui-monospace,"SF Mono","Cascadia Code",Consolas,"Liberation Mono",Menlo,monospace;
  --measure:70ch;--wide:52rem;
}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1.25rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page-ground);color:var(--page-text);font:1.0625rem/1.6 var(--serif);overflow-wrap:break-word}
a{color:var(--page-link);text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--page-link);outline-offset:2px;border-radius:2px}
main:focus{outline:none}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--page-ground);padding:.5rem 1rem;z-index:9;border:1px solid var(--page-rule)}
.skip:focus{top:.5rem}
header,main,footer,nav{padding-inline:clamp(1rem,4vw,2.5rem)}
header{padding-block:2.25rem 1.5rem;border-bottom:1px solid var(--page-rule)}
h1,h2,h3,h4,h5,h6{line-height:1.25;font-weight:650;text-wrap:balance;margin:2em 0 .6em}
h1{font-size:clamp(1.65rem,1.2rem + 2vw,2.45rem);line-height:1.15;letter-spacing:-.01em;margin:.35em 0 .5em;max-width:26em}
h2{font-size:1.5rem}
h3{font-size:1.2rem}
h4,h5,h6{font-size:1.0625rem}
p,ul,ol,blockquote,h3,h4,h5,h6{max-width:var(--measure)}
h2{max-width:var(--wide)}
h2+*,h3+*{margin-top:0}
p,ul,ol,blockquote{margin:0 0 1em}
li+li{margin-top:.25em}
blockquote{margin-left:0;padding-left:1rem;border-left:3px solid var(--page-rule);color:var(--page-muted)}
hr{border:0;border-top:1px solid var(--page-rule);margin:2rem 0}
code,pre,kbd{font-family:var(--mono);font-size:.82em}
:not(pre)>code{background:var(--page-raised);padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}
pre{max-width:var(--wide);margin:0 0 1em;padding:.8rem 1rem;background:var(--page-raised);border-radius:5px;overflow:auto;line-height:1.5;font-size:.8125rem;overflow-wrap:normal}
pre code{font-size:inherit}
img{max-width:100%;height:auto}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font:.875rem/1.45 var(--sans);margin:0 0 1em;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--page-rule)}
thead :is(th,td){border-bottom:1.5px solid var(--page-strong);font-weight:600;vertical-align:bottom}
th:first-child,td:first-child{padding-left:.25rem}
math{font-family:"Latin Modern Math","STIX Two Math","Cambria Math","Noto Sans Math",math}
.formula{margin:1em 0;overflow-x:auto;overflow-y:hidden;max-width:var(--measure);padding-block:.25em}
.math.long{display:inline-block;max-width:100%;overflow-x:auto;overflow-y:hidden;vertical-align:bottom}
figure{margin:1.25rem 0 1.5rem}
figcaption{font:.875rem/1.5 var(--sans);color:var(--page-muted);max-width:var(--measure);margin-top:.4rem}
footer{font:.875rem/1.55 var(--sans);color:var(--page-muted);border-top:1px solid var(--page-rule);padding-block:1.5rem 2.5rem;margin-top:2rem}
header .kicker,header .byline{font-family:var(--sans);font-size:.9rem;color:var(--page-muted);margin:0;max-width:none}
header .byline span+span::before{content:" · ";white-space:pre}
.lead{font-size:1.15rem;line-height:1.5;max-width:44em;margin:.4rem 0 .8rem}
nav{font:.875rem/1.4 var(--sans)}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
nav ol,nav ul{list-style:none;margin:0;padding:0}
nav li+li{margin-top:.4em}
@media (min-width:64rem){
  body{max-width:84rem;margin-inline:auto}
  .columns{display:grid;grid-template-columns:minmax(13rem,17rem) minmax(0,1fr)}
  nav{position:sticky;top:0;max-height:100vh;overflow-y:auto;align-self:start;padding-block:1.75rem;padding-right:.5rem}
  main{padding-top:.5rem}
}
`;

const PRINT = `
@media print{
  :root,:root[data-theme=dark],:root:not([data-theme=light]){color-scheme:light;${
  declarations(LIGHT)
}}
  :root .resolvent-figure.resolvent-figure{${colourProperties("light")}}
  .columns{display:block}
  body{font-size:10.5pt;max-width:none}
  nav,.skip{display:none}
  a{color:inherit;text-decoration:none}
  main a[href^="http"]::after{content:" (" attr(href) ")";font-size:.8em;overflow-wrap:anywhere}
  .scroll,pre{overflow:visible;white-space:pre-wrap;max-height:none}
  details::details-content{content-visibility:visible;height:auto}
  table,.verdicts td.claim{font-size:8.5pt}
  th,td{padding:.25rem .4rem}
  .verdicts td:first-child,.verdicts td.claim,.output .scroll table:has(th:nth-child(4)),.plot svg.resolvent-figure{min-width:0}
  .verdicts svg{width:5rem}
  figure,tr,[data-resolvent-verdict]{break-inside:avoid}
  h2,h3{break-after:avoid}
}
`;
