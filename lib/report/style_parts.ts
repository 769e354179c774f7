/**
 * The style of the parts of a page: verdicts, cells, code, provenance, catalogue.
 *
 * @module
 */

const VERDICTS = `
.status{display:inline-block;font:600 .78rem/1.5 var(--sans);padding:.05rem .5rem;border-radius:1rem;white-space:nowrap;color:var(--page-none);background:var(--page-none-ground)}
.status::before{content:attr(data-mark);margin-right:.35em}
.status.reproduced,.status.done{color:var(--page-good);background:var(--page-good-ground)}
.status.contradicted{color:var(--page-bad);background:var(--page-bad-ground)}
.status.differs,.status.partly{color:var(--page-other);background:var(--page-other-ground)}
.status.inconclusive{color:var(--page-open);background:var(--page-open-ground)}
.tally{display:flex;flex-wrap:wrap;gap:.4rem .6rem;list-style:none;padding:0;margin:.75rem 0;max-width:none}
.tally li{margin:0}
.tally .status{font-size:.875rem;padding:.15rem .7rem}
.verdicts h2{margin-top:1.25rem}
.verdicts table{width:100%;margin-bottom:.75rem}
.verdicts td:first-child{min-width:8.5rem}
.verdicts td.claim{min-width:16rem;font:.97rem/1.45 var(--serif)}
.verdicts td.claim a{color:inherit;text-decoration-color:var(--page-rule)}
.verdicts td.claim a:hover{color:var(--page-link)}
.verdicts td.number{white-space:nowrap}
.verdicts .flag{display:block;font-size:.75rem;color:var(--page-other);margin-top:.2rem}
.verdicts .interval{display:block;color:var(--page-muted)}
.verdicts svg{display:block;width:9rem;height:1.6rem}
.range .axis{stroke:var(--page-rule);stroke-width:1}
.range .allowed{fill:var(--page-mark)}
.range .edge{stroke:var(--page-link);stroke-width:1}
.range .bar{stroke:var(--page-text);stroke-width:2}
.range .dot{fill:var(--page-text)}
.flag{display:block}
.notice{border-left:4px solid var(--page-bad);background:var(--page-bad-ground);padding:.7rem 1rem;font-family:var(--sans);margin-top:1rem}
.note{font:.875rem/1.5 var(--sans);color:var(--page-muted)}
.anchor{display:block;scroll-margin-top:1rem}
@media (max-width:48rem){
  .verdicts table,.verdicts tbody,.verdicts tr,.verdicts td{display:block}
  .verdicts thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
  .verdicts tr{padding:.7rem 0;border-bottom:1px solid var(--page-rule);display:flex;flex-wrap:wrap;gap:.25rem .9rem;align-items:center}
  .verdicts td{border:0;padding:0}
  .verdicts td.claim{flex:1 0 100%;min-width:0}
  .verdicts svg{width:6rem}
}
`;

const CELLS = `
.cell{margin:0 0 1.25rem}
.cell.prose>:first-child{margin-top:0}
.body{padding-top:1.25rem}
.verdicts+.body{border-top:1px solid var(--page-rule);margin-top:2rem;padding-top:1.75rem}
.cell.prose>h2:first-child:not(.body>:first-child>*){margin-top:3.25rem}
.cell.prose>h3:first-child{margin-top:2.4rem}
details.source{margin:0 0 .75rem;font-family:var(--sans)}
details.source summary{cursor:pointer;font-size:.8rem;color:var(--page-muted);padding:.15rem 0;width:fit-content}
details.source summary span{color:var(--page-muted);margin-left:.35em}
details.source summary span::before{content:"("}
details.source summary span::after{content:")"}
details.source pre{border-left:3px solid var(--page-rule);border-radius:0 5px 5px 0;margin:.35rem 0 .9rem;max-height:38rem}
.output{margin:0 0 1rem;font-family:var(--sans);font-size:.95rem}
.output.prose{font:inherit}
figcaption details summary{cursor:pointer;width:fit-content}
figcaption details p{margin:.4rem 0 0}
pre.output{font:.8125rem/1.5 var(--mono);background:none;border:1px solid var(--page-rule);max-height:26rem;white-space:pre}
pre.stderr{border-left:3px solid var(--page-other)}
pre.error{border-color:var(--page-bad);border-left-width:3px;color:var(--page-bad)}
[data-resolvent-verdict]>small{display:block}
[data-resolvent-verdict] svg{max-width:100%}
.plot svg{display:block;max-width:100%;height:auto}
.plot svg.resolvent-figure{min-width:30rem}
.output table{margin-bottom:.25rem}
.output .scroll table:has(th:nth-child(4)){min-width:40rem}
.output :is(th,td){border-bottom-color:var(--page-rule)!important}
.hljs-keyword,.hljs-literal,.hljs-built_in{color:var(--page-code-key)}
.hljs-string,.hljs-regexp{color:var(--page-code-text)}
.hljs-number{color:var(--page-code-number)}
.hljs-title,.hljs-attr,.hljs-property{color:var(--page-code-name)}
.hljs-comment{color:var(--page-code-note);font-style:italic}
`;

const CLOSING = `
.run{max-width:var(--wide);border:1px solid var(--page-rule);border-radius:6px;padding:1.1rem 1.25rem .35rem;margin:2.5rem 0;background:var(--page-ground)}
.run h2{margin:0 0 .6rem;font-size:1.25rem}
.run dt,.facts dt{font:600 .875rem/1.5 var(--sans)}
.run dl{margin:0;max-width:none}
.run dd{margin:.25rem 0 .9rem}
.run pre{margin:0}
.facts{display:grid;grid-template-columns:minmax(8rem,14rem) minmax(0,1fr);gap:.35rem 1.25rem;font:.875rem/1.5 var(--sans);max-width:54rem;margin:0 0 1em}
.facts dd{margin:0;overflow-wrap:anywhere}
.facts dt{color:var(--page-muted);font-weight:500}
@media (max-width:40rem){.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}}
.contents .level-3{padding-left:.9em;font-size:.93em}
.contents a{color:var(--page-text)}
.contents summary{cursor:pointer;font-weight:600}
@media (min-width:64rem){@supports selector(::details-content){
  .contents summary{list-style:none;pointer-events:none;margin-bottom:.75rem}
  .contents summary::-webkit-details-marker{display:none}
  .contents::details-content{content-visibility:visible;height:auto}
}}
@media (max-width:63.99rem){nav{padding-block:.8rem;border-bottom:1px solid var(--page-rule)}.contents[open] summary{margin-bottom:.6rem}}
`;

const CATALOGUE = `
.filter{border:0;padding:0;margin:1.25rem 0 .75rem;display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;font:.9rem/1.4 var(--sans)}
.filter legend{float:left;padding:0;margin-right:.6rem;font-weight:600}
.filter label{position:relative;cursor:pointer}
.filter input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
.filter span{display:block;padding:.25rem .8rem;border:1px solid var(--page-strong);border-radius:1rem}
.filter b{font-weight:500;color:var(--page-muted);margin-left:.2em}
.filter :checked+span{background:var(--page-text);border-color:var(--page-text);color:var(--page-ground)}
.filter :checked+span b{color:inherit}
.filter :focus-visible+span{outline:2px solid var(--page-link);outline-offset:2px}
.meanings{list-style:none;padding:0;margin:0 0 1.5rem;display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;max-width:none}
.meanings li{margin:0}
.theme{border-top:1px solid var(--page-rule);padding:.2rem 0}
.theme summary{cursor:pointer;display:flex;align-items:baseline;gap:.7rem;padding:.75rem 0;list-style:none;font-family:var(--sans)}
.theme summary::-webkit-details-marker{display:none}
.theme summary::before{content:"▸";color:var(--page-muted);width:1ch}
.theme[open] summary::before{content:"▾"}
.theme h2{margin:0;font:600 1.15rem/1.3 var(--sans)}
.theme summary span{color:var(--page-muted);font-size:.875rem}
.papers{list-style:none;margin:0 0 1rem;padding:0;max-width:none}
.papers li{display:grid;grid-template-columns:5.5rem minmax(0,1fr) 4.5rem;gap:.1rem .9rem;padding:.32rem 0;margin:0}
.papers li>.status{grid-row:1;justify-self:start;align-self:start;margin-top:.15rem}
.papers .title{line-height:1.4}
.papers .claims,.papers .about,.papers .decided{font:.84rem/1.5 var(--sans);color:var(--page-muted)}
.papers .claims{grid-row:1;grid-column:3;text-align:right;padding-top:.1rem}
.papers .about,.papers .decided{grid-column:2}
.papers .decided{display:flex;flex-wrap:wrap;gap:.35rem;margin-top:.3rem}
@media (max-width:40rem){
  .papers li{grid-template-columns:1fr auto;padding:.5rem 0}
  .papers .claims{grid-column:2}
  .papers .title,.papers .about,.papers .decided{grid-column:1/-1}
}
`;

/** The filter: hides what has another status, and themes that are left without a paper. */
const FILTERS = ["done", "partly", "open", "out"].map((status) =>
  `body:has(#show-${status}:checked) .papers li:not([data-status=${status}]),` +
  `body:has(#show-${status}:checked) .theme:not(:has([data-status=${status}])){display:none}`
).join("\n");

/** Styles of all parts. */
export const PART_STYLES: string = VERDICTS + CELLS + CLOSING + CATALOGUE + FILTERS;
