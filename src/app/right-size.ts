import { AuditError } from "../model/audit-error.ts";
import type { Instant, LastUse } from "../model/instant.ts";
import { allowedActions } from "../policy/aws/effective-access.ts";
import { actionIds } from "../policy/aws/action-bits.ts";
import type { ActionTable } from "../policy/aws/action-table.ts";
import { LastUses } from "../policy/aws/last-uses.ts";
import { MOST_MANAGED_POLICIES, type WrittenPolicy } from "../policy/aws/policy-documents.ts";
import { rightSize, type RightSized } from "../policy/aws/right-size.ts";
import { counted } from "../text/counted.ts";
import { actingPrincipals, type ActingPrincipal } from "./acting-principal.ts";
import type { AssumedLayer } from "./assumed.ts";
import { isYounger, lastUsesOf } from "./last-uses-of.ts";
import type { Questioned } from "./questions.ts";

/** Actions of one service, with when the service was last used; null where AWS does not say. */
export interface ActionsOfService {
  readonly service: string;
  readonly actions: readonly string[];
  readonly lastUsed: LastUse | null;
}

/** The answer of `right-size`. */
export interface RightSizeDocument {
  readonly schema: "leastwise/right-size@1";
  readonly principal: string;
  readonly principalId: string;
  readonly asOf: Instant;
  /** Unused means not used for this many days. */
  readonly windowDays: number;
  /** Whether anything is narrower than what it holds now. */
  readonly changed: boolean;
  /** To be held in place of all of `replaces`. */
  readonly policies: readonly WrittenPolicy[];
  readonly replaces: readonly {
    readonly policy: string;
    readonly policyId: string;
    /** Groups it is held through, in no other way; empty when held directly. */
    readonly through: readonly string[];
  }[];
  /** Policies that could not be read: they stay as they are. */
  readonly keeps: readonly string[];
  readonly proof: {
    /** Whether it is proven that nothing is allowed that was not allowed before. */
    readonly nothingNew: boolean;
    /** Actions of which that is not proven, by service; empty where the proof holds. */
    readonly notProven: readonly { readonly service: string; readonly actions: readonly string[] }[];
    /** Whether it holds for actions AWS adds later as well. */
    readonly futureActions: boolean;
    readonly actionsBefore: number;
    readonly actionsAfter: number;
  };
  readonly removed: readonly ActionsOfService[];
  /**
   * Kept because it is not known whether they are used: of services that are used, whose single actions AWS does not follow, and
   * of services AWS says nothing of.
   */
  readonly keptUnknown: readonly (ActionsOfService & { readonly serviceUsed: boolean })[];
  readonly notes: readonly string[];
  readonly assumes: readonly AssumedLayer[];
}

/** What is asked on the command line. */
export interface RightSizeQuestion {
  readonly principal: string;
  /** `thresholds.unusedServiceDays`. */
  readonly windowDays: number;
}

/** A smaller set of policies for a principal. Throws `settings` where its policies are not anybody's to change. */
export function rightSizeDocument(questioned: Questioned, question: RightSizeQuestion): RightSizeDocument {
  const { graph, table } = questioned;
  const { locator, id, acts, displayName } = actingPrincipals(question.principal, questioned);
  const [acting, another] = acts;
  if (acting === undefined)
    throw new AuditError("settings", "no-policies", `\`${displayName}\` holds no permission set`);
  if (another !== undefined)
    throw new AuditError("settings", "ambiguous", `\`${displayName}\` acts through ${acts.length} permission sets`, {
      hint: `give one of them: ${acts.map(({ actor }) => actor.principal.id).join(", ")}`,
    });
  const { principal } = acting.actor;
  if (acting.actor.asked.serviceLinked)
    throw new AuditError(
      "settings",
      "service-linked",
      `\`${displayName}\` is a service-linked role: only AWS changes its policies`,
    );
  const young = isYounger(principal, graph, question.windowDays);
  const uses = young
    ? new LastUses([], graph.snapshot.asOf, question.windowDays)
    : lastUsesOf(principal, graph, question.windowDays);
  const made = rightSize(acting.set, uses, () => acting.ask, table);
  const nothingNew = made.unproven.length === 0;
  const byService = (ids: readonly number[]): readonly ActionsOfService[] => ofServices(ids, uses, table);
  const kept = [...actionIds(allowedActions(made.after, table))];
  return {
    schema: "leastwise/right-size@1",
    principal: locator,
    principalId: id,
    asOf: graph.snapshot.asOf,
    windowDays: question.windowDays,
    changed: made.changed,
    policies: made.documents,
    replaces: replaced(acting, questioned),
    keeps: acting.set.layers.identity?.unread ?? [],
    proof: {
      nothingNew,
      notProven: byService(
        [...new Set(made.unproven.flatMap(({ actions }) => [...actionIds(actions)]))].sort((a, b) => a - b),
      ).map(({ service, actions }) => ({ service, actions })),
      futureActions: made.beyondTable,
      actionsBefore: [...actionIds(allowedActions(made.before, table))].length,
      actionsAfter: kept.length,
    },
    removed: byService(made.removed),
    keptUnknown: byService(
      kept.filter((action) => !APART.has(table.nameOf(action)) && uses.action(table.nameOf(action)) === "unknown"),
    ).map((one) => ({ ...one, serviceUsed: uses.service(one.service) === "used" })),
    notes: notesOf(made, acting, young, uses, question.windowDays),
    assumes: acting.assumes,
  };
}

/** Allowed to everybody, by no policy. */
const APART = new Set(["sts:GetCallerIdentity", "sts:GetSessionToken"]);

function ofServices(ids: readonly number[], uses: LastUses, table: ActionTable): readonly ActionsOfService[] {
  const services = new Map<string, string[]>();
  for (const id of ids) {
    const names = services.get(table.serviceOf(id));
    if (names === undefined) services.set(table.serviceOf(id), [table.nameOf(id)]);
    else names.push(table.nameOf(id));
  }
  return [...services].map(([service, actions]) => {
    const last = uses.ofService(service);
    return { service, actions, lastUsed: last?.known === true ? last.value : null };
  });
}

function replaced({ held }: ActingPrincipal, { graph }: Questioned): RightSizeDocument["replaces"] {
  return held.flatMap(({ policyId, ways }) => {
    if (!graph.parsed(policyId).known) return [];
    const direct = ways.some((way) => way.length === 1);
    const holders = direct ? [] : ways.map((way) => graph.grant(way.at(-1) ?? "")?.principalId ?? "");
    const through = [...new Set(holders.map((holder) => graph.principal(holder)?.displayName ?? holder))].sort();
    return [{ policy: graph.policy(policyId)?.name ?? policyId, policyId, through }];
  });
}

function notesOf(
  { documents, tooLong }: RightSized,
  { actor, set, held }: ActingPrincipal,
  young: boolean,
  uses: LastUses,
  days: number,
): readonly string[] {
  const notes: string[] = [];
  if (young) notes.push(`it is younger than ${days} days: what it did not use yet says nothing, so everything is kept`);
  else if (!uses.read) notes.push("what it used was not read, so everything is kept");
  else if (!actor.principal.createdAt.known) notes.push("since when it exists is not known: check that it is not new");
  if (actor.principal.attributes["reserved"] === true || actor.principal.nativeType === "permission-set")
    notes.push("only Identity Center changes it: in the permission set, which every tenant it is assigned in shares");
  if ((set.layers.identity?.unread?.length ?? 0) > 0) notes.push("policies that were not read stay beside these");
  if (held.some(({ ways }) => ways.every((way) => way.length > 1)))
    notes.push("what it holds through groups is in these policies too: it has to leave the groups for them to count");
  if (documents.length > MOST_MANAGED_POLICIES)
    notes.push(
      `${counted(documents.length, "policy", "policies")} are more than the ${MOST_MANAGED_POLICIES} AWS attaches to one principal by default`,
    );
  if (tooLong.length > 0)
    notes.push("a statement that names all but some things is longer than a managed policy may be, and can not be cut");
  return notes;
}
