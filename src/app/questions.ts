import type { AccessGraph } from "../graph/access-graph.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { EscalationEngine } from "../graph/escalation/engine.ts";
import { Askers, type Asker } from "../graph/questions/asker.ts";
import { AuditError } from "../model/audit-error.ts";
import type { RecordKind } from "../model/coverage.ts";
import type { Principal } from "../model/principal.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { System, Tenant } from "../model/tenant.ts";
import { loadActionTable, type ActionTable } from "../policy/aws/action-table.ts";
import { nearestWord } from "../text/nearest-word.ts";
import { readingOf, type Reading } from "./explain-reading.ts";
import { gitHubActors, type GitHubActor } from "./github-actors.ts";

/** What the questions about access are asked of. */
export interface Questioned {
  readonly graph: AccessGraph;
  readonly table: ActionTable;
  /** Completes the sentence that there is none of a name: `in the newest snapshot`. */
  readonly where: string;
}

/** Makes a snapshot ready to be asked. */
export async function questioned(snapshot: Snapshot, where: string): Promise<Questioned> {
  return { graph: buildGraph(snapshot), table: await loadActionTable(), where };
}

/** Facts an answer about access rests on; what else was refused does not matter to it. */
const MATTERS = /^(principal|policy|organization|identity-center|resource-policy(:.+)?)$/;
/** Ways from one principal to another rest on these as well. */
const MATTERS_TO_PATHS = /^(console-password|access-key|second-factor|identity-provider|running-as(:.+)?)$/;

/** How well that was read which the answer rests on. */
export function readingOfAnswers({ snapshot, fault }: AccessGraph, paths: boolean): Reading {
  const matters = (kind: RecordKind): boolean => MATTERS.test(kind) || (paths && MATTERS_TO_PATHS.test(kind));
  return readingOf({ ...snapshot, coverage: snapshot.coverage.filter(({ kind }) => matters(kind)) }, fault);
}

/** The principals of an engine, by what people call them. */
export function askersOf(graph: AccessGraph, engine: Pick<EscalationEngine, "byId">): Askers {
  return new Askers(graph, engine.byId);
}

/** An engine that answers who holds what; it knows no ways from one principal to another. */
export function holdingEngine({ graph, table }: Questioned): EscalationEngine {
  return new EscalationEngine(graph, table, []);
}

/** Who is meant in AWS. Throws `settings` where nobody is, or several are, and where it is somebody on GitHub. */
export function askerCalled(text: string, askers: Askers, { graph, where }: Questioned): Asker {
  const found = askers.find(text);
  if (found.kind === "found") return found.asker;
  if (found.kind === "ambiguous") throw ambiguous(text, namesOf(found.principals));
  if (found.kind === "does-not-act") throw doesNotAct(found.principal, graph);
  const onGitHub = gitHubActors(text, graph);
  if (onGitHub.length > 0) throw actsOnGitHub(text, onGitHub, graph);
  throw noPrincipal(text, where, namesIn(graph, "aws"));
}

/** What principals of a system are called. */
export function namesIn({ snapshot }: AccessGraph, of: System): readonly string[] {
  return snapshot.principals.flatMap(({ system, displayName, locator }) =>
    system === of ? [displayName, locator] : [],
  );
}

/** Nobody is called that; `names` are those to suggest one of. */
export function noPrincipal(text: string, where: string, names: readonly string[]): AuditError {
  const near = nearestWord(text, [...new Set(names)]);
  return new AuditError("settings", "no-principal", `there is no principal \`${text}\` ${where}`, {
    hint: near === undefined ? "give an ARN, an id or a name" : `did you mean \`${near}\`?`,
  });
}

/** A permission set has the same ARN in every tenant it is provisioned in. */
function namesOf(principals: readonly Principal[]): readonly string[] {
  const locators = new Set(principals.map(({ locator }) => locator));
  return principals.map(({ id, locator }) => (locators.size === principals.length ? locator : id));
}

/** Several are called that; `names` tell them apart. */
export function ambiguous(text: string, names: readonly string[]): AuditError {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return new AuditError(
    "settings",
    "ambiguous",
    `\`${text}\` fits ${names.length} principals: ${names.slice(0, 5).join(", ")}${more}`,
    { hint: "give one of these" },
  );
}

function actsOnGitHub(text: string, actors: readonly GitHubActor[], graph: AccessGraph): AuditError {
  const [first, ...others] = actors;
  if (first?.isGroup === true && first.principal !== undefined && others.length === 0)
    return doesNotAct(first.principal, graph);
  // Keys and tokens are explained by their ids only.
  const asked = others.length === 0 && first?.principal === undefined ? (first?.id ?? text) : text;
  return new AuditError("settings", "acts-on-github", `\`${text}\` acts on GitHub, not in AWS`, {
    hint: `ask \`leastwise paths --principal ${asked}\` what it comes to in AWS, or \`leastwise explain ${asked}\` what it holds`,
  });
}

/** A group or team, and what else does nothing itself. */
export function doesNotAct(principal: Principal, graph: AccessGraph): AuditError {
  const [first] = graph.membersOf(principal.id).flatMap((id) => {
    const member = graph.principal(id);
    return member === undefined || isGroup(member) ? [] : [member.displayName];
  });
  return new AuditError(
    "settings",
    "does-not-act",
    isGroup(principal)
      ? `\`${principal.displayName}\` is a ${principal.kind}: its members act, it does not`
      : `\`${principal.displayName}\` does not act`,
    first === undefined ? {} : { hint: `ask about a member, for example \`${first}\`` },
  );
}

const isGroup = ({ kind }: Principal): boolean => kind === "group" || kind === "team";

/** The tenant of that name, digits or id. Throws `settings` where there is none: a mistyped name must not read like a clean tenant. */
export function tenantCalled(text: string, { graph, where }: Questioned): Tenant {
  const tenants = graph.snapshot.tenants.filter(({ system }) => system === "aws");
  const tenant = tenants.find(({ id, name, nativeId }) => [id, name, nativeId].includes(text));
  if (tenant !== undefined) return tenant;
  throw new AuditError("settings", "no-tenant", `there is no AWS tenant \`${text}\` ${where}`, {
    hint: `there are ${tenants
      .map(({ name }) => name)
      .sort()
      .join(", ")}`,
  });
}
