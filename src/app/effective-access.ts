import type { Instant, LastUse } from "../model/instant.ts";
import { accessByService, stateOf, type AccessState, type ServiceAccess } from "../policy/aws/access-by-service.ts";
import { actionIds } from "../policy/aws/action-bits.ts";
import type { ActionTable, AwsLevel } from "../policy/aws/action-table.ts";
import type { OpenCondition } from "../policy/aws/decision.ts";
import { effectiveAccess, type AccessRegion } from "../policy/aws/effective-access.ts";
import type { LastUses, Use } from "../policy/aws/last-uses.ts";
import { openConditions } from "../policy/aws/open-conditions.ts";
import type { Placed } from "../policy/aws/policy-set.ts";
import { MAYBE } from "../policy/aws/request-context.ts";
import { Verdicts } from "../policy/aws/verdicts.ts";
import { actingPrincipals, type ActingPrincipal } from "./acting-principal.ts";
import type { AssumedLayer } from "./assumed.ts";
import { lastUsesOf } from "./last-uses-of.ts";
import { tableService } from "./questioned-service.ts";
import type { Questioned } from "./questions.ts";

/** Actions allowed in one way. */
export interface AccessRegionShown {
  /** `s3:*` for all of the service, else names. */
  readonly actions: readonly string[];
  /** ARN patterns a resource has to match, all of them, and those it must not match; `*` alone: everything. */
  readonly within: readonly string[];
  readonly except: readonly string[];
  /** Denies of a part of it. */
  readonly denied: readonly {
    readonly resources: readonly string[];
    /** The deny is about everything but these. */
    readonly allBut: boolean;
    readonly conditions: readonly OpenCondition[];
  }[];
  readonly state: AccessState;
  /** What has to hold, and what must not. */
  readonly conditions: readonly OpenCondition[];
  readonly unless: readonly OpenCondition[];
  /** Names of the policies that allow it. */
  readonly policies: readonly string[];
}

/** One service, as `access` tells it. */
export interface ServiceShown {
  readonly service: string;
  readonly highest: AwsLevel;
  readonly granted: number;
  readonly documented: number;
  readonly levels: ServiceAccess["levels"];
  readonly states: ServiceAccess["states"];
  readonly everything: boolean;
  readonly regions: readonly AccessRegionShown[];
  readonly use: Use;
  /** Null where AWS was not asked, or does not say. */
  readonly lastUsed: LastUse | null;
  /** Allowed actions that are known to be unused: all of them where the service is. */
  readonly unusedActions: readonly string[];
}

/** Whether a principal administers its tenant, and why. */
export interface AdminShown {
  readonly state: "yes" | "conditional" | "unknown" | "no";
  /** One sentence without its subject. */
  readonly reason: string;
  readonly policies: readonly string[];
  readonly conditions: readonly OpenCondition[];
}

/** The answer of `access`. */
export interface AccessDocument {
  readonly schema: "leastwise/access@1";
  readonly principal: string;
  readonly principalId: string;
  readonly asOf: Instant;
  /** Unused means not used for this many days. */
  readonly windowDays: number;
  readonly acts: readonly {
    /** The user, role or permission set whose policies these are, as policies see it. */
    readonly as: string;
    readonly asId: string;
    readonly tenant: string;
    readonly admin: AdminShown;
    readonly everythingOnEverything: boolean;
    readonly services: readonly ServiceShown[];
    /** Whether AWS was asked what was used. */
    readonly usageRead: boolean;
    readonly unread: readonly string[];
    readonly assumes: readonly AssumedLayer[];
  }[];
}

/** What is asked on the command line. */
export interface AccessQuestion {
  readonly principal: string;
  readonly service?: string;
  /** `thresholds.unusedServiceDays`. */
  readonly windowDays: number;
}

/** Everything a principal can do, by service, and the unused part of it. */
export function accessDocument(questioned: Questioned, question: AccessQuestion): AccessDocument {
  const only = question.service === undefined ? undefined : tableService(question.service, questioned.table);
  const { locator, id, acts } = actingPrincipals(question.principal, questioned);
  return {
    schema: "leastwise/access@1",
    principal: locator,
    principalId: id,
    asOf: questioned.graph.snapshot.asOf,
    windowDays: question.windowDays,
    acts: acts.map((acting) => {
      const { actor, set, ask, unread, assumes } = acting;
      const uses = lastUsesOf(actor.principal, questioned.graph, question.windowDays);
      const { services, everythingOnEverything } = accessByService(
        effectiveAccess(set, ask, questioned.table),
        questioned.table,
      );
      const names = policyNames(acting, questioned);
      return {
        as: actor.arn,
        asId: actor.principal.id,
        tenant: actor.tenantId,
        admin: adminOf(acting, names),
        everythingOnEverything,
        services: services
          .filter(({ service }) => only === undefined || service === only)
          .map((one) => shown(one, uses, acting, names, questioned.table)),
        usageRead: uses.read,
        unread,
        assumes,
      };
    }),
  };
}

function shown(
  one: ServiceAccess,
  uses: LastUses,
  acting: ActingPrincipal,
  names: (policy: string | number) => string,
  table: ActionTable,
): ServiceShown {
  const { service, highest, granted, documented, levels, states, everything, actions, regions } = one;
  const last = uses.ofService(service);
  return {
    service,
    highest,
    granted,
    documented,
    levels,
    states,
    everything,
    regions: regions.map((region) => regionShown(region, one, acting, names, table)),
    use: uses.service(service),
    lastUsed: last?.known === true ? last.value : null,
    unusedActions: actions.map((id) => table.nameOf(id)).filter((name) => uses.action(name) === "unused"),
  };
}

function regionShown(
  { actions, region, policies }: AccessRegion,
  { service, documented }: ServiceAccess,
  { ask }: ActingPrincipal,
  names: (policy: string | number) => string,
  table: ActionTable,
): AccessRegionShown {
  const ids = [...actionIds(actions)];
  const { request } = ask(table.nameOf(ids[0] ?? 0).toLowerCase());
  const conditionsOf = (placed: readonly Placed[]): readonly OpenCondition[] => {
    const open = new Verdicts();
    for (const statement of placed) open.add(statement, MAYBE);
    return openConditions([open], request);
  };
  const [everything] = region.within.filter((pattern) => pattern.everything);
  const within = region.within.filter((pattern) => pattern !== everything).map(({ source }) => source);
  return {
    actions: ids.length === documented ? [`${service}:*`] : ids.map((id) => table.nameOf(id)),
    within: within.length === 0 ? ["*"] : within,
    except: region.except.map(({ source }) => source),
    denied: region.partial.map((placed) => ({
      resources: placed.statement.resources?.texts ?? ["*"],
      allBut: placed.statement.resources?.not === true,
      conditions: conditionsOf([placed]),
    })),
    state: stateOf(region.truth),
    conditions: conditionsOf(region.maybeAllowed ?? []),
    unless: conditionsOf(region.maybeDenied),
    policies: policies.map(names),
  };
}

/** Names of identity policies by their name in the set: positions in what is held. */
export function policyNames(
  { held }: ActingPrincipal,
  { graph }: Pick<Questioned, "graph">,
): (policy: string | number) => string {
  return (policy) => {
    const policyId = typeof policy === "number" ? held[policy]?.policyId : undefined;
    return policyId === undefined ? String(policy) : (graph.policy(policyId)?.name ?? policyId);
  };
}

const STATES = ["no", "yes", "conditional", "unknown"] as const;

function adminOf(
  { administration, limitedBy }: ActingPrincipal,
  names: (policy: string | number) => string,
): AdminShown {
  const { truth, policies, conditions } = administration;
  const named = policies.map(names);
  const by = named.map((name) => `\`${name}\``).join(" and ");
  const state = STATES[truth];
  if (state === "no")
    return {
      state,
      reason:
        limitedBy === null
          ? "its policies do not allow every action on every resource"
          : `its policies would, but ${limitedBy}`,
      policies: [],
      conditions: [],
    };
  const allows = `${by} ${named.length === 1 ? "allows" : "together allow"} every action on every resource`;
  const reason =
    state === "unknown"
      ? `${allows}, and a policy that could take it away was not read`
      : state === "conditional"
        ? `${allows}, under conditions`
        : allows;
  return { state, reason, policies: named, conditions };
}
