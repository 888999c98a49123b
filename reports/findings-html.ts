import type { Finding, Hop, RuleOutcome, Severity } from "../src/model/finding.ts";
import { pushedRolesHtml } from "./pushed-roles-html.ts";
import type { PushedRole } from "../src/model/pushed-role.ts";
import type { ChokeGrant, TenantChokePoints } from "../src/model/choke-points.ts";
import type { CoverageLine, FindingsDocument, RuleDescription } from "../src/model/findings-document.ts";
import { isBeyondReach } from "../src/model/coverage.ts";
import { SEVERITIES } from "../src/model/severity.ts";
import { chokeGrantInWords } from "../src/text/choke-grant-in-words.ts";
import { renderPage, stackingTable } from "./page.ts";
import { severityBadge } from "./severity-badge.ts";
import { sentenceHtml, shownHtml } from "./shown-text.ts";
import { shownInstant } from "./shown-instant.ts";

/** Rows a page still opens quickly with; the rest is in the CSV and JSON beside it, and the page says so. */
const MOST_ROWS = 2_000;

const SUGGESTION: Readonly<Record<Finding["suggestion"], string>> = {
  revoke: "revoke",
  narrow: "narrow",
  rotate: "rotate",
  "ask-owner": "ask its owner",
  "fix-trust": "fix the trust",
};

/** What the page is made from: the answer itself, what the rules say about themselves, and names for tenant ids. */
export interface FindingsPageInput {
  readonly document: FindingsDocument;
  readonly rules: readonly RuleDescription[];
  readonly tenantNames: Readonly<Record<string, string>>;
  /** What cuts the ways to administration; left out where there are none or nobody asked. */
  readonly chokePoints?: readonly TenantChokePoints[];
  /** Roles with administration that trust GitHub's tokens; left out where there are none or nobody asked. */
  readonly pushedRoles?: readonly PushedRole[];
}

/** The findings as one self-contained HTML page: worst first, each with its path, its score's terms and its evidence. */
export function findingsHtml({
  document,
  rules,
  tenantNames,
  chokePoints = [],
  pushedRoles = [],
}: FindingsPageInput): string {
  const describe = new Map(rules.map((rule) => [rule.id, rule]));
  const tenantName = (id: string): string => tenantNames[id] ?? id;
  const shown = document.findings.slice(0, MOST_ROWS);
  const body = [
    cards(document),
    coverageNote(document.coverage, tenantName),
    ...chokePoints.map(chokePointNote),
    pushNote(pushedRoles),
    `<h2 id="findings">Findings</h2>`,
    document.findings.length === 0
      ? `<p class="note good">Nothing was found by the rules that could be evaluated. See below for what each examined.</p>`
      : filterForm(shown, tenantName, describe) + list(shown, tenantName, describe),
    document.findings.length > shown.length
      ? `<p class="note">The ${shown.length} highest scores of ${document.findings.length} findings are shown here; the CSV and JSON hold all of them.</p>`
      : "",
    ...chokePoints.map(chokePointSection),
    pushedRolesHtml(pushedRoles),
    rulesTable(document.rules, describe),
    coverageTable(document.coverage, tenantName),
  ];
  return renderPage({
    title: "Access findings",
    subtitle: `Data as of ${shownInstant(document.asOf)} (${asOfWords(document.asOfSource)})`,
    body: body.join("\n"),
    ...(document.findings.length > 0 ? { script: FILTER_SCRIPT } : {}),
  });
}

const asOfWords = (source: FindingsDocument["asOfSource"]): string =>
  source === "flag" ? "as asked for" : source === "recording" ? "when the recording was made" : "today";

function cards(document: FindingsDocument): string {
  const count = (severity: Severity): number =>
    document.findings.filter((finding) => finding.severity === severity).length;
  const boxes = SEVERITIES.map(
    (severity) => `<div class="card"><b>${count(severity)}</b>${severityBadge(severity)}</div>`,
  );
  const examined = document.rules.reduce((sum, rule) => sum + rule.examined, 0);
  const undecided = document.rules.reduce((sum, rule) => sum + rule.undecided, 0);
  boxes.push(`<div class="card"><b>${examined}</b><span class="soft">things examined</span></div>`);
  boxes.push(`<div class="card"><b>${undecided}</b><span class="soft">undecided</span></div>`);
  return `<div class="cards">${boxes.join("")}</div>`;
}

function coverageNote(coverage: readonly CoverageLine[], tenantName: (id: string) => string): string {
  // What is skipped everywhere stands in the table below; it says nothing about this reading.
  const gaps = coverage.filter((line) => line.state !== "complete" && !isBeyondReach(line.kind));
  if (gaps.length === 0) return `<p class="note good">Everything that was asked for could be read.</p>`;
  const tenants = new Set(gaps.map((line) => tenantName(line.tenant)));
  const refused = gaps.filter((line) => line.state === "denied" || line.state === "partial").length;
  return `<p class="note"><strong>Not everything was read.</strong> ${gaps.length === 1 ? "1 kind of fact is" : `${gaps.length} kinds of facts are`} missing or cut short in ${
    tenants.size === 1 ? `<code>${shownHtml([...tenants][0] ?? "")}</code>` : `${tenants.size} tenants`
  }${refused > 0 ? `, ${refused} of them refused or partial` : ""}. What is missing is listed <a href="#coverage">below</a> and is never counted as absent.</p>`;
}

function filterForm(
  findings: readonly Finding[],
  tenantName: (id: string) => string,
  describe: ReadonlyMap<string, RuleDescription>,
): string {
  const options = (values: readonly (readonly [string, string])[]): string =>
    values.map(([value, text]) => `<option value="${shownHtml(value)}">${shownHtml(text)}</option>`).join("");
  const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
  const tenants = distinct(findings.map((finding) => finding.subject.tenant)).map(
    (id) => [id, tenantName(id)] as const,
  );
  const rules = distinct(findings.map((finding) => finding.rule)).map(
    (id) => [id, describe.get(id)?.title ?? id] as const,
  );
  return `<form class="filter" id="filter" hidden>
<label>Search<input type="search" name="text" autocomplete="off"></label>
<label>Severity<select name="severity"><option value="">all</option>${options(SEVERITIES.map((s) => [s, s] as const))}</select></label>
<label>Concern<select name="concern"><option value="">all</option>${options(["stale", "overbroad", "unapproved"].map((c) => [c, c] as const))}</select></label>
<label>Tenant<select name="tenant"><option value="">all</option>${options(tenants)}</select></label>
<label>Rule<select name="rule"><option value="">all</option>${options(rules)}</select></label>
<output class="soft" aria-live="polite" id="count"></output>
</form>`;
}

function list(
  findings: readonly Finding[],
  tenantName: (id: string) => string,
  describe: ReadonlyMap<string, RuleDescription>,
): string {
  return `<div class="list" id="list">${findings.map((finding) => item(finding, tenantName, describe.get(finding.rule))).join("\n")}</div>`;
}

function item(finding: Finding, tenantName: (id: string) => string, rule: RuleDescription | undefined): string {
  const data = `data-severity="${finding.severity}" data-concern="${finding.concern}" data-tenant="${shownHtml(finding.subject.tenant)}" data-rule="${finding.rule}"`;
  return `<details class="item" id="f-${finding.id}" ${data}>
<summary>${severityBadge(finding.severity, finding.score)}<span class="what">${sentenceHtml(finding.summary)}</span><span class="do">${SUGGESTION[finding.suggestion]}</span>
<span class="where">${shownHtml(tenantName(finding.subject.tenant))} · ${shownHtml(rule?.title ?? finding.rule)}</span></summary>
<div class="body"><div>
${rule === undefined ? "" : `<h3>Why it matters</h3><p>${sentenceHtml(rule.rationale)}</p><h3>What to do</h3><p>${sentenceHtml(rule.remediation)}</p>`}
${path(finding.path, tenantName)}
</div><div>
<h3>How the score came about</h3>${terms(finding)}
<h3>Subject</h3><p class="mono">${shownHtml(finding.subject.locator)}</p>
<h3>Evidence</h3><ul class="plain">${finding.evidence.map((e) => `<li>${shownHtml(e.source)} <span class="soft">as of ${shownHtml(shownInstant(e.observedAt))}</span></li>`).join("")}</ul>
<h3>Controls</h3><p class="chips">${finding.controls.map((control) => `<span class="chip">${shownHtml(control)}</span>`).join("")}</p>
<p class="soft mono">${finding.id}</p>
</div></div></details>`;
}

function path(hops: readonly Hop[] | undefined, tenantName: (id: string) => string): string {
  const first = hops?.[0];
  if (hops === undefined || first === undefined) return "";
  const steps = hops.map(
    (hop) => `<li><span class="how">${shownHtml(hop.technique.name)}${hangsOn(hop)}</span>${end(hop, tenantName)}</li>`,
  );
  return `<h3>Path</h3><ol class="path"><li><code>${shownHtml(first.from)}</code></li>${steps.join("")}</ol>`;
}

/** Where a step leads: a principal by its ARN, or the administration of a tenant. */
function end({ to, toId }: Hop, tenantName: (id: string) => string): string {
  return to === "admin" ? `administration of ${shownHtml(tenantName(toId))}` : `<code>${shownHtml(to)}</code>`;
}

/** What a step depends on, and what stands in its way in practice. */
function hangsOn({ conditions = [], note, permissions = [], state }: Hop): string {
  const keys = [...new Set(conditions.map(({ key }) => key))].map((key) => `<code>${shownHtml(key)}</code>`);
  const parts = [
    ...(keys.length > 0 ? [`if ${keys.join(", ")} ${keys.length === 1 ? "allows" : "allow"} it`] : []),
    ...(state === "unknown" ? ["if what was not read allows it"] : []),
    ...(note === undefined ? [] : [sentenceHtml(note)]),
  ];
  const needs = permissions.filter((action) => action !== "*").map((action) => `<code>${shownHtml(action)}</code>`);
  return `${parts.length === 0 ? "" : ` (${parts.join("; ")})`}${needs.length === 0 ? "" : `<br>needs ${needs.join(", ")}`}`;
}

function terms(finding: Finding): string {
  const rows = finding.terms.map((term) => `<tr><td>${shownHtml(term.name)}</td><td class="n">${term.value}</td></tr>`);
  return `<table class="terms"><tbody>${rows.join("")}<tr><td><strong>score</strong></td><td class="n"><strong>${finding.score}</strong></td></tr></tbody></table>`;
}

const chokePointAnchor = ({ tenant }: TenantChokePoints): string => `cut-${shownHtml(tenant.replace(/\W/g, "-"))}`;

function chokePointNote(tenant: TenantChokePoints): string {
  const { escalating, tenantName } = tenant;
  return `<p class="note"><strong>${escalating === 1 ? "1 principal" : `${escalating} principals`} can become administrator of ${shownHtml(tenantName)} without being one.</strong> Which grants cut most of these ways is listed <a href="#${chokePointAnchor(tenant)}">below</a>.</p>`;
}

function pushNote(roles: readonly PushedRole[]): string {
  const open = roles.filter(
    ({ places, strangers }) => strangers !== null || places.some(({ state }) => state === "yes"),
  );
  if (open.length === 0) return "";
  return `<p class="note"><strong>Pushing to a branch is enough to become administrator in AWS through ${open.length === 1 ? "1 role" : `${open.length} roles`}.</strong> Who can, and where, is listed <a href="#pushes">below</a>.</p>`;
}

/** Which grants to take away first, in one tenant. */
function chokePointSection(tenant: TenantChokePoints): string {
  const { tenantName, escalating, removals, exact, lowerBound, cannotCut, ranking, tried, candidates } = tenant;
  const title = `Grants that cut most in ${tenantName}`;
  const told = (grant: ChokeGrant): string => sentenceHtml(chokeGrantInWords(grant));
  const whole = cannotCut
    ? "Some way uses nothing that can be taken away."
    : `All of it ends when ${removals.length === 1 ? "this grant is" : `these ${removals.length} grants are`} gone (${exact ? "no fewer will do" : `at least ${lowerBound} ${lowerBound === 1 ? "is" : "are"} needed`}):`;
  const rows = ranking.map(({ grant, cutsOff }) => [
    told(grant),
    `${cutsOff} of ${escalating}`,
    `<meter min="0" max="${escalating}" value="${cutsOff}" aria-label="${cutsOff} of ${escalating}"></meter>`,
  ]);
  return `<h2 id="${chokePointAnchor(tenant)}">${shownHtml(title)}</h2>
<p>${escalating === 1 ? "1 principal" : `${escalating} principals`} can become administrator without being one. ${whole}</p>
${cannotCut ? "" : `<ul>${removals.map((grant) => `<li>${told(grant)}</li>`).join("")}</ul>`}
${rows.length === 0 ? "" : stackingTable(title, [{ title: "This grant alone" }, { title: "Cuts off", number: true }, { title: "Share" }], rows)}
${tried < candidates ? `<p class="soft">${tried} of ${candidates} grants on these ways were tried one by one.</p>` : ""}`;
}

function rulesTable(outcomes: readonly RuleOutcome[], describe: ReadonlyMap<string, RuleDescription>): string {
  const title = "What each rule examined";
  const columns = [
    { title: "Rule" },
    { title: "Examined", number: true },
    { title: "Found", number: true },
    { title: "Undecided", number: true },
    { title: "Note" },
  ] as const;
  const rows = outcomes.map((rule) => [
    `${shownHtml(describe.get(rule.id)?.title ?? rule.id)}<br><code class="soft">${rule.id}</code>`,
    String(rule.examined),
    String(rule.found),
    String(rule.undecided),
    `${rule.state === "evaluated" ? "" : "<strong>not evaluated</strong> "}${shownHtml(rule.reason ?? "")}`,
  ]);
  return `<h2 id="rules">${title}</h2>${stackingTable(title, columns, rows)}`;
}

function coverageTable(coverage: readonly CoverageLine[], tenantName: (id: string) => string): string {
  const title = "What could and could not be read";
  const columns = [{ title: "Tenant" }, { title: "Kind" }, { title: "State" }, { title: "Reason" }];
  const rows = coverage.map((line) => [
    shownHtml(tenantName(line.tenant)),
    shownHtml(line.kind),
    line.state === "complete" ? line.state : `<strong>${line.state}</strong>`,
    shownHtml(line.reason ?? ""),
  ]);
  return `<h2 id="coverage">${title}</h2>${stackingTable(title, columns, rows)}`;
}

/** Filters in place; the state lives in the address so that a view can be sent to somebody. */
const FILTER_SCRIPT = `(()=>{const form=document.getElementById("filter"),list=[...document.querySelectorAll("#list>details")],count=document.getElementById("count");form.hidden=false;
const names=["text","severity","concern","tenant","rule"];
const start=new URLSearchParams(location.hash.slice(1));for(const n of names)if(start.has(n))form.elements[n].value=start.get(n);
const apply=()=>{const want=Object.fromEntries(names.map(n=>[n,form.elements[n].value]));const text=want.text.toLowerCase();let seen=0;
for(const row of list){const show=(!want.severity||row.dataset.severity===want.severity)&&(!want.concern||row.dataset.concern===want.concern)&&(!want.tenant||row.dataset.tenant===want.tenant)&&(!want.rule||row.dataset.rule===want.rule)&&(!text||row.textContent.toLowerCase().includes(text));row.hidden=!show;if(show)seen++}
count.textContent=seen+" of "+list.length;const hash=new URLSearchParams(names.filter(n=>want[n]).map(n=>[n,want[n]])).toString();history.replaceState(null,"",hash?"#"+hash:location.pathname)};
form.addEventListener("input",apply);form.addEventListener("submit",e=>e.preventDefault());
if(!location.hash.startsWith("#f-"))apply();else{const one=document.getElementById(location.hash.slice(1));if(one){one.open=true;one.scrollIntoView()}}
addEventListener("beforeprint",()=>{for(const row of list)if(row.dataset.severity==="critical"||row.dataset.severity==="high")row.open=true})})();`;
