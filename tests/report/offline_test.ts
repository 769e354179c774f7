import { assertEquals, assertThrows } from "@std/assert";
import { checkOffline, networkReferences } from "../../lib/report/offline.ts";

/** Pieces of pages that load or run something, and the words that name it. */
const LOADS: readonly (readonly [html: string, words: string])[] = [
  ["<script>1</script>", "the element <script>"],
  ['<SCRIPT src="https://x/y.js"></SCRIPT>', "the element <script>"],
  ["<iframe src='https://x'></iframe>", "the element <iframe>"],
  ['<img alt="a > b" src="https://x/a.png">', 'src="https://x/a.png" of <img>'],
  ["<img src=//x/a.png>", 'src="//x/a.png" of <img>'],
  ['<img src="figure.png">', 'src="figure.png" of <img>'],
  ['<link rel="stylesheet" href="https://x/a.css">', 'href="https://x/a.css" of <link>'],
  ['<svg><image xlink:href="http://x/a.png"/></svg>', 'xlink:href="http://x/a.png" of <image>'],
  ['<svg><use href="http://x/a.svg#b"/></svg>', 'href="http://x/a.svg#b" of <use>'],
  ["<style>@import 'a.css';</style>", "an @import of a style sheet"],
  ["<style>@font-face{src:url(https://x/f.woff2)}</style>", "the style's url(https://x/f.woff2)"],
  [`<p style="background:url('https://x/a.png')">`, "the style's url(https://x/a.png)"],
  ['<p onclick="go()">', "the handler onclick of <p>"],
  ['<a href="javascript:go()">', "the script in href of <a>"],
  ['<meta http-equiv="refresh" content="1">', "a refresh"],
];

Deno.test("networkReferences() finds everything that a page would load or run", () => {
  for (const [html, words] of LOADS) assertEquals(networkReferences(html), [words], html);
});

Deno.test("networkReferences() passes links, anchors, inline data and escaped text", () => {
  const html = '<a href="https://arxiv.org/abs/1">p</a><a href="b.html#c">q</a><img src="data:,">' +
    '<link rel="icon" href="data:,"><svg><use href="#a"/><g fill="url(#b)"/></svg>' +
    "<style>p{fill:url(#a)}</style>&lt;script src=&quot;https://x&quot;&gt;" +
    "<p title=\"the one = 'x' on = url(https://x)\">text</p>";
  assertEquals(networkReferences(html), []);
});

Deno.test("checkOffline() names the page and what it would load", () => {
  assertEquals(checkOffline("<p>", "a page"), "<p>");
  assertThrows(
    () => checkOffline('<img src="https://x/a.png">', "the report of demo"),
    RangeError,
    'Cannot write the report of demo as a page must load nothing and run nothing: it has src="https://x/a.png" of <img>',
  );
});
