import type { MatrixCell, PermissionMatrix } from "../src/model/permission-matrix.ts";
import { renderPage } from "./page.ts";
import { shownInstant } from "./shown-instant.ts";
import { shownHtml } from "./shown-text.ts";

const LETTER: Readonly<Record<MatrixCell["level"], string>> = {
  admin: "A",
  write: "W",
  read: "R",
  list: "L",
  none: "·",
  unknown: "?",
};

/** A tenant with fewer columns than this has its name turned upright on paper: beside each other the letters do not fit. */
const NARROW = 6;

/**
 * Its own style: cells are small, and hatching (not colour) marks what is unused, so paper keeps it too. A sheet cannot be
 * scrolled: there the page lies on its side and the columns share its width, in the largest type that leaves room for all.
 * Browsers repeat a head on every sheet only while it takes less than a quarter of it: so much for long titles.
 */
const STYLE = `<style>
.matrix{overflow:auto;max-height:80vh;border:1px solid var(--line);border-radius:.6rem}
.matrix table{font-size:.8rem;width:auto}.matrix th,.matrix td{padding:.15rem .4rem;white-space:nowrap;border-right:1px solid var(--line)}
.matrix thead th{position:sticky;top:0;vertical-align:bottom;background:var(--card);z-index:1}.matrix thead th span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:14rem;white-space:normal;overflow-wrap:anywhere;text-align:left}
.matrix tbody th{position:sticky;left:0;background:var(--card);text-align:left;font-weight:500;color:var(--ink)}
.matrix tbody th div{width:max-content;max-width:17rem;white-space:normal;overflow-wrap:anywhere}
.matrix td{text-align:center;font-weight:600}.matrix td.A{background:var(--critical-bg);color:var(--critical)}.matrix td.W{background:var(--high-bg);color:var(--high)}
.matrix td.R{background:var(--low-bg);color:var(--low)}.matrix td.L,.matrix td.U{color:var(--soft)}
.swatch{display:inline-block;width:1em;height:1em;vertical-align:-.15em;border:1px solid var(--line)}
.unused,.matrix td.unused{background-image:repeating-linear-gradient(45deg,transparent 0 3px,color-mix(in srgb,currentColor 35%,transparent) 3px 4px)}
@media (max-width:40rem){.matrix tbody th div{max-width:9rem}.matrix tbody th .soft{display:block}}
@page{size:landscape;margin:8mm}
@media print{main,header.top,footer{max-width:none;padding:0}.matrix{max-height:none;overflow:visible;border:0;border-radius:0}
.matrix table{table-layout:fixed;font-size:clamp(7pt,calc(740pt/(var(--columns)*1.65 + 18)),9.5pt);line-height:1.2;width:min(100%,calc(var(--columns)*1.65em + 18em))}
.matrix th,.matrix td{padding:1pt 0;font-size:inherit;border:.5pt solid var(--line)}.matrix thead td{width:18em}.matrix td{vertical-align:middle;print-color-adjust:exact}.swatch{print-color-adjust:exact}
.matrix thead th{position:static;white-space:normal;padding:1pt;font-size:6.5pt;line-height:1}.matrix thead th:first-child,.matrix tbody th{padding:1pt 3pt}.matrix thead th span{max-height:14em;font-weight:500}.matrix thead .narrow div{writing-mode:vertical-rl;transform:rotate(180deg);max-height:7.2em;font-weight:500}
.matrix tbody th{position:static}.matrix tbody th div{width:auto;max-width:none}.matrix tbody th .soft{display:inline}.matrix sup{font-size:.6em;line-height:0}}
</style>`;

/** The permission matrix as one self-contained page: highest level granted, unused hatched, unknown use marked. */
export function permissionMatrixHtml(matrix: PermissionMatrix): string {
  const groups = new Map<string, number>();
  for (const column of matrix.columns) groups.set(column.group, (groups.get(column.group) ?? 0) + 1);
  const head = `<tr><td></td>${[...groups].map(([group, span]) => `<th scope="colgroup" colspan="${span}"${span < NARROW ? ' class="narrow"' : ""}><div>${shownHtml(group)}</div></th>`).join("")}</tr><tr><th scope="col">Who</th>${matrix.columns
    .map(
      (column) =>
        `<th scope="col" title="${shownHtml(column.title)}"><span>${shownHtml(shortTitle(column))}</span></th>`,
    )
    .join("")}</tr>`;
  const rows = matrix.rows.map(
    (row) =>
      `<tr><th scope="row" title="${shownHtml(`${row.who}: ${row.kind} in ${row.tenant}, ${row.identity}`)}"><div>${shownHtml(row.who)} <span class="soft">${shownHtml(row.tenant)}</span></div></th>${matrix.columns
        .map((column) => cell(row.cells[column.id], column.title))
        .join("")}</tr>`,
  );
  const omitted =
    matrix.omittedRows + matrix.omittedColumns > 0
      ? `<p class="note">${omittedWords(matrix)}; the CSV holds all of them.</p>`
      : "";
  return renderPage({
    title: "Permission matrix",
    subtitle: `Who is granted what, highest level each; data as of ${shownInstant(matrix.asOf)}`,
    body: `${STYLE}<p class="chips"><span class="chip">A admin, can change access</span><span class="chip">W write</span><span class="chip">R read</span><span class="chip">L list</span><span class="chip"><span class="swatch unused"></span> hatched: not used within the window</span><span class="chip"><sup>?</sup> use not known</span><span class="chip">? a policy that could not be read</span></p>
${omitted}<div class="matrix" tabindex="0" role="region" aria-label="Permission matrix"><table style="--columns:${matrix.columns.length}"><thead>${head}</thead><tbody>${rows.join("\n")}</tbody></table></div>
<p class="soft">Granted, not proven usable: boundaries and organization policies can still take access away.</p>`,
  });
}

/** A repository without its organization, whose name stands above it already. */
function shortTitle({ title, group }: PermissionMatrix["columns"][number]): string {
  return title.startsWith(`${group}/`) ? title.slice(group.length + 1) : title;
}

/** For example `3 rows and 1 column with less access are left out here`. */
function omittedWords({ omittedRows: rows, omittedColumns: columns }: PermissionMatrix): string {
  const counted = [
    ...(rows > 0 ? [`${rows} ${rows === 1 ? "row" : "rows"}`] : []),
    ...(columns > 0 ? [`${columns} ${columns === 1 ? "column" : "columns"}`] : []),
  ];
  return `${counted.join(" and ")} with less access ${rows + columns === 1 ? "is" : "are"} left out here`;
}

function cell(value: MatrixCell | undefined, title: string): string {
  if (value === undefined) return "<td></td>";
  const letter = LETTER[value.level];
  if (value.level === "unknown") return `<td class="U" title="holds a policy that could not be read">${letter}</td>`;
  const words = `${title}: ${value.level}, ${value.use === "unknown" ? "use not known" : value.use}`;
  return `<td class="${letter}${value.use === "unused" ? " unused" : ""}" title="${shownHtml(words)}">${letter}${value.use === "unknown" ? "<sup>?</sup>" : ""}</td>`;
}
