import type { AccessGraph } from "../graph/access-graph.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { EscalationEngine } from "../graph/escalation/engine.ts";
import { Askers, type Asker } from "../graph/questions/asker.ts";
import { AuditError } from "../model/audit-error.ts";
import type { RecordKind } from "../model/coverage.ts";
import type { Principal } from "../model/principal.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Tenant } from "../model/tenant.ts";
import { loadActionTable, type ActionTable } from "../policy/aws/action-table.ts";
import { nearestWord } from "../text/nearest-word.ts";
import { readingOf, type Reading } from "./explain-reading.ts";

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

/** Who is meant. Throws `settings` where nobody is, or several are. */
export function askerCalled(text: string, askers: Askers, { graph, where }: Questioned): Asker {
  const found = askers.find(text);
  if (found.kind === "found") return found.asker;
  if (found.kind === "ambiguous") throw ambiguous(text, found.principals);
  if (found.kind === "does-not-act") throw doesNotAct(found.principal, graph);
  const names = graph.snapshot.principals.flatMap(({ system, displayName, locator }) =>
    system === "aws" ? [displayName, locator] : [],
  );
  const near = nearestWord(text, [...new Set(names)]);
  throw new AuditError("settings", "no-principal", `there is no principal \`${text}\` ${where}`, {
    hint: near === undefined ? "give an ARN, an id or a name" : `did you mean \`${near}\`?`,
  });
}

function ambiguous(text: string, principals: readonly Principal[]): AuditError {
  // A permission set has the same ARN in every tenant it is provisioned in.
  const locators = new Set(principals.map(({ locator }) => locator));
  const names = principals.map(({ id, locator }) => (locators.size === principals.length ? locator : id));
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return new AuditError(
    "settings",
    "ambiguous",
    `\`${text}\` fits ${names.length} principals: ${names.slice(0, 5).join(", ")}${more}`,
    { hint: "give one of these" },
  );
}

function doesNotAct(principal: Principal, graph: AccessGraph): AuditError {
  const members = graph.membersOf(principal.id).map((id) => graph.principal(id)?.displayName ?? id);
  const [first] = members;
  return new AuditError(
    "settings",
    "does-not-act",
    principal.kind === "group"
      ? `\`${principal.displayName}\` is a group: its members act, it does not`
      : `\`${principal.displayName}\` does not act`,
    first === undefined ? {} : { hint: `ask about a member, for example \`${first}\`` },
  );
}

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
