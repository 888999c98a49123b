import { shownHtml } from "./shown-text.ts";

/** A page that needs nothing but itself: it opens from disk, prints on paper and follows the reader's light or dark. */
export interface Page {
  readonly title: string;
  /** One sentence under the title. */
  readonly subtitle: string;
  /** HTML of the page's body, already escaped. */
  readonly body: string;
  /** Small script for filtering; the page must read well without it. */
  readonly script?: string;
}

/**
 * One style for every page, so that a summary and a findings report look like one product. Dark is for screens alone: whoever
 * reads in the dark still prints on white paper.
 */
const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1c1b1a;--soft:#5c5955;--line:#dedbd5;--accent:#1f5f8b;
--critical:#a3141d;--critical-bg:#fbe9e9;--high:#9a4a00;--high-bg:#fdf0e1;--medium:#6d5a00;--medium-bg:#f9f4d8;--low:#3d5a45;--low-bg:#e9f3ec;--chip:#f1efea}
@media screen and (prefers-color-scheme:dark){:root{--paper:#161718;--card:#1e2022;--ink:#eceae6;--soft:#a9a59e;--line:#34373a;--accent:#7db8e0;
--critical:#ff9c9c;--critical-bg:#3b1c1e;--high:#ffb877;--high-bg:#39281a;--medium:#e8d479;--medium-bg:#322d18;--low:#9fd0ae;--low-bg:#1d2f24;--chip:#2a2d30}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;overflow-wrap:break-word;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main,header.top,footer{max-width:68rem;margin:0 auto;padding:0 1.25rem}
header.top{padding-top:2rem}h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem;letter-spacing:-.01em}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}
h3{font-size:.95rem;margin:1rem 0 .3rem}p{margin:.3rem 0}.soft{color:var(--soft)}a{color:var(--accent)}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em;overflow-wrap:anywhere}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.7rem;margin:1.2rem 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.7rem .9rem}
.card b{display:block;font-size:1.7rem;line-height:1.15;font-variant-numeric:tabular-nums}
.badge{display:inline-flex;align-items:center;gap:.35em;border-radius:.4rem;padding:.05rem .5rem;font-size:.82rem;font-weight:600;white-space:nowrap}
.badge svg{width:.8em;height:.8em;fill:currentColor;flex:none}
.critical{color:var(--critical);background:var(--critical-bg)}.high{color:var(--high);background:var(--high-bg)}
.medium{color:var(--medium);background:var(--medium-bg)}.low{color:var(--low);background:var(--low-bg)}
.note{border-left:4px solid var(--high);background:var(--high-bg);padding:.6rem .9rem;border-radius:.3rem;margin:1rem 0}
.note.good{border-color:var(--low);background:var(--low-bg)}
.wrap{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem;background:var(--card)}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600;color:var(--soft);font-size:.82rem}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
form.filter{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:.8rem 0}
form.filter label{display:grid;gap:.15rem;font-size:.8rem;color:var(--soft)}
input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.35rem .55rem;min-height:2.25rem;max-width:100%}
form.filter select{max-width:21rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.list{display:grid;gap:.5rem}
details.item{background:var(--card);border:1px solid var(--line);border-radius:.6rem}
details.item>summary{list-style:none;cursor:pointer;display:grid;grid-template-columns:7.2rem 1fr auto;gap:.2rem .9rem;padding:.6rem .9rem;align-items:baseline}
details.item>summary::-webkit-details-marker{display:none}
details.item>summary .what{overflow-wrap:anywhere}details.item>summary .where{grid-column:2;color:var(--soft);font-size:.86rem;overflow-wrap:anywhere}
details.item>summary .badge{justify-self:start}details.item>summary .do{color:var(--soft);font-size:.86rem;white-space:nowrap}
details.item[open]>summary{border-bottom:1px solid var(--line)}
.body{padding:.4rem .9rem 1rem;display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 1.6rem}
ol.path{list-style:none;margin:.2rem 0;padding:0}ol.path li{position:relative;padding:0 0 .7rem 1.3rem}
ol.path li::before{content:"";position:absolute;left:.25rem;top:.5rem;width:.55rem;height:.55rem;border-radius:50%;background:var(--accent)}
ol.path li:not(:last-child)::after{content:"";position:absolute;left:.48rem;top:1.05rem;bottom:-.45rem;width:2px;background:var(--line)}
ol.path .how{color:var(--soft);font-size:.84rem;display:block}
meter{width:100%;max-width:14rem;height:.75rem;background:var(--chip);border:0;border-radius:.4rem}meter::-webkit-meter-inner-element{height:.75rem}
meter::-webkit-meter-bar{background:var(--chip);border:0;border-radius:.4rem;height:.75rem}meter::-webkit-meter-optimum-value{background:var(--accent);border-radius:.4rem}meter::-moz-meter-bar{background:var(--accent);border-radius:.4rem}
ul.plain{list-style:none;margin:.2rem 0;padding:0}ul.plain li{padding:.1rem 0}
.terms td{padding:.15rem .4rem;border:0}.terms{background:none;font-size:.86rem}
.chips{display:flex;flex-wrap:wrap;gap:.35rem}.chip{background:var(--chip);border-radius:.35rem;padding:.05rem .45rem;font-size:.8rem;min-width:0;overflow-wrap:anywhere}
footer{padding-top:2rem;padding-bottom:3rem;color:var(--soft);font-size:.84rem}
[hidden]{display:none!important}
@media (max-width:40rem){details.item>summary{grid-template-columns:1fr auto}details.item>summary .what,details.item>summary .where{grid-column:1/-1}details.item>summary .do{grid-area:1/2}
.body{grid-template-columns:minmax(0,1fr)}h1{font-size:1.4rem}form.filter label{flex:1 1 8rem}form.filter input,form.filter select{width:100%;max-width:100%}
.stack thead{display:none}.stack,.stack tbody,.stack tr,.stack td{display:block}.stack{background:none}
.stack tr{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.45rem .8rem;margin:0 0 .5rem}
.stack td{border:0;padding:.1rem 0;overflow-wrap:anywhere}.stack td:empty{display:none}.stack td:first-child{font-weight:600}
.stack td:not(:first-child)::before{content:attr(data-label);color:var(--soft);font-size:.82rem;margin-right:.5em}.stack td.n{display:inline-block;margin-right:1.1em;text-align:left}}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb}form.filter{display:none}
details.item,tr{break-inside:avoid}body{font-size:11pt}.stack,.stack th{font-size:9pt}.badge,.chip,.note{print-color-adjust:exact}.badge{border:1px solid currentColor}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media (forced-colors:active){.badge{border:1px solid}}
`.trim();

/** Opens a box in which a table scrolls sideways on a small screen; its own tab stop, because keys must scroll it too (WCAG 2.1.1). */
function scrolling(label: string): string {
  return `<div class="wrap" tabindex="0" role="region" aria-label="${shownHtml(label)}">`;
}

/** A column of a {@link stackingTable}. */
export interface Column {
  readonly title: string;
  /** Numbers stand at the right edge, and side by side on a phone. */
  readonly number?: true;
}

/**
 * A table that fits every width: on a phone each row becomes a card that names its own cells, because nobody looks for columns
 * behind a sideways scroll. Cells are HTML, already escaped.
 */
export function stackingTable(label: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const className = ({ number }: Column): string => (number === true ? ' class="n"' : "");
  const head = columns.map((column) => `<th${className(column)}>${shownHtml(column.title)}</th>`).join("");
  const body = rows.map(
    (cells) =>
      `<tr>${columns
        .map((column, at) => `<td${className(column)} data-label="${shownHtml(column.title)}">${cells[at] ?? ""}</td>`)
        .join("")}</tr>`,
  );
  return `${scrolling(label)}<table class="stack"><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

/** The whole HTML document. Nothing is fetched: the policy in the head forbids it. */
export function renderPage(page: Page): string {
  const script = page.script === undefined ? "" : `<script>${page.script}</script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<title>${shownHtml(page.title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header class="top"><h1>${shownHtml(page.title)}</h1><p class="soft">${shownHtml(page.subtitle)}</p></header>
<main>
${page.body}
</main>
<footer>Made by Leastwise. This file fetches nothing and sends nothing.</footer>
${script}
</body>
</html>
`;
}
