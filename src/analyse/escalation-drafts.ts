import type { AccessGraph } from "../graph/access-graph.ts";
import type { EscalationPath, PathHop, PathState } from "../graph/escalation/paths.ts";
import { grantsOfPath } from "../graph/escalation/paths.ts";
import type { Principal } from "../model/principal.ts";
import { tenantInWords } from "./known-tenants.ts";
import type { FindingDraft, RuleContext } from "./rule.ts";
import { evidence, governedByAws, subjectOf } from "./subject.ts";

/** Whom the rules about paths look at: people and machines, not what AWS governs; a permission set shows through its people. */
export function examinedForPaths({ graph, readable }: Pick<RuleContext, "graph" | "readable">): readonly Principal[] {
  return graph.snapshot.principals.filter(
    (principal) =>
      principal.system === "aws" &&
      (principal.kind === "user" || principal.kind === "role" || principal.kind === "external") &&
      principal.nativeType !== "permission-set" &&
      readable(principal.tenantId) &&
      !governedByAws(principal),
  );
}

/** Surest first. */
const SURENESS: readonly PathState[] = ["yes", "conditional", "unknown"];

/** Paths of a principal in one state: none where it is known to administer the same tenant anyway, and no less surely. */
export function pathsIn(
  state: PathState,
  principal: Principal,
  { escalations }: Pick<RuleContext, "escalations">,
): readonly EscalationPath[] {
  const held = new Set(
    escalations
      .heldBy(principal.id)
      .filter((path) => path.state !== "unknown" && SURENESS.indexOf(path.state) <= SURENESS.indexOf(state))
      .map(({ tenantId }) => tenantId),
  );
  const byTenant = new Map<string, EscalationPath>();
  // Where nothing surer is known: what was not read may be administration itself.
  const perhaps = escalations.heldBy(principal.id).filter((path) => path.state === "unknown");
  for (const path of [...escalations.pathsOf(principal.id), ...perhaps])
    if (!held.has(path.tenantId) && !byTenant.has(path.tenantId)) byTenant.set(path.tenantId, path);
  return [...byTenant.values()].filter((path) => path.state === state);
}

/** A path as a finding: one per principal and tenant, with the shortest way and how many others there are. */
export function escalationDraft(
  principal: Principal,
  path: EscalationPath,
  { graph, escalations, now }: RuleContext,
  floor: NonNullable<FindingDraft["floor"]>,
): FindingDraft {
  const others = escalations
    .pathsOf(principal.id)
    .filter((other) => other !== path && other.tenantId === path.tenantId).length;
  const foreign = principal.kind === "external";
  return {
    subject: subjectOf(principal, graph),
    // The path's tenant makes two findings of one principal two, as a grant would.
    grantId: path.tenantId === principal.tenantId ? null : path.tenantId,
    grants: grantsOfPath(path),
    path: path.hops,
    summary: `${nameOf(principal)}${startsFrom(path, graph)} can become administrator${path.tenantId === principal.tenantId && !foreign ? "" : ` of ${graph.tenant(path.tenantId)?.name ?? path.tenantId}`}: ${inWords(path, graph)}${hangsOn(path)}${others > 0 ? `; ${others} other ${others === 1 ? "way" : "ways"}` : ""}`,
    evidence: evidence(now, "policies through every layer, trust policies, what runs as which role"),
    suggestion: foreign ? "fix-trust" : "narrow",
    floor,
    scoreSubjectId: principal.id,
  };
}

function nameOf(principal: Principal): string {
  const tenant = /^arn:[^:]+:(?:iam|sts)::(\d{12}):root$/.exec(principal.locator)?.[1];
  return principal.kind === "external" && tenant !== undefined
    ? `tenant ${tenantInWords(tenant)}`
    : `\`${principal.displayName}\``;
}

/** Steps that are holding what one was given. */
const HELD = new Set(["member-of", "assigned", "granted"]);

/** The groups and the permission set that the first step is taken with, in brackets behind the name; empty without any. */
function startsFrom({ hops }: Pick<EscalationPath, "hops">, graph: AccessGraph): string {
  const first = hops.findIndex(({ technique }) => !HELD.has(technique.id));
  const held = hops.slice(0, Math.max(0, first)).map((hop) => heldInWords(hop, graph));
  return held.length === 0 ? "" : ` (${held.join(", ")})`;
}

/**
 * The steps that are taken, as a sentence without its subject: "assumes the role `a`, then creates an access key for the user
 * `b` (in group `c`)". Groups before the first step belong to the one who takes it, and what is granted at the end goes without
 * saying.
 */
export function inWords({ hops }: Pick<EscalationPath, "hops">, graph: AccessGraph): string {
  const steps: string[] = [];
  hops.forEach((hop, at) => {
    if (hop.technique.id === "granted") return;
    if (!HELD.has(hop.technique.id)) steps.push(stepInWords(hop, hops[at + 1], graph));
    else if (steps.length > 0) steps.push(`${steps.pop() ?? ""} (${heldInWords(hop, graph)})`);
  });
  return steps.join(", then ");
}

const shownName = (hop: PathHop, graph: AccessGraph): string =>
  `\`${graph.principal(hop.toId)?.displayName ?? hop.to}\``;

const heldInWords = (hop: PathHop, graph: AccessGraph): string =>
  `${hop.technique.id === "assigned" ? "with" : "in group"} ${shownName(hop, graph)}`;

/** The last "the role", "the user" or "the group" of a method's name is the one it ends at: what it is called goes behind it. */
function stepInWords(hop: PathHop, next: PathHop | undefined, graph: AccessGraph): string {
  const { name } = hop.technique;
  const insert = (called: string): string =>
    name.replace(/^(.*\bthe (?:role|user|group))\b/, (words) => `${words} ${called}`);
  if (hop.toId === hop.fromId) {
    // Who joins a group stays who it is; the group is the one whose grant is used next.
    const joined = next?.grants
      .map((grantId) => graph.principal(graph.grant(grantId)?.principalId ?? ""))
      .find((holder) => holder?.kind === "group");
    return joined === undefined || !name.endsWith("the group") ? name : insert(`\`${joined.displayName}\``);
  }
  if (graph.principal(hop.toId) === undefined) return name;
  const named = insert(shownName(hop, graph));
  return named === name ? `${name} and so becomes ${shownName(hop, graph)}` : named;
}

/** What a conditional path hangs on, as the end of a sentence. */
export function hangsOn({ hops }: Pick<EscalationPath, "hops">): string {
  const keys = [...new Set(hops.flatMap(({ conditions }) => conditions.map(({ key }) => key)))].sort();
  return keys.length === 0 ? "" : `, under a condition on ${keys.map((key) => `\`${key}\``).join(", ")}`;
}
