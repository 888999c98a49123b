import type { OpenCondition, StatementRef } from "../../policy/aws/decision.ts";
import type { Principal } from "../../model/principal.ts";
import { NO } from "../../policy/aws/request-context.ts";
import { requestPrincipal } from "../../policy/aws/request-principal.ts";
import { OWN_POLICY, type ActorClass } from "./actor-class.ts";
import type { EscalationEngine, Slot } from "./engine.ts";
import type { EscalationMethod, NeededPermission } from "./method.ts";
import { ownResources } from "./own-steps.ts";
import { openTrust, trustTruth } from "./trust-index.ts";

/** What a step uses of what its actor holds. */
export interface Used {
  /** One way of holding each policy that is used. */
  readonly ways: readonly (readonly string[])[];
  readonly conditions: readonly OpenCondition[];
}
/** Nothing is needed. */
export const NOTHING: Used = { ways: [], conditions: [] };

/** The grants behind a decision: of several statements that allow, the one held most directly. */
export function asked(
  engine: EscalationEngine,
  slot: Slot,
  removed: ReadonlySet<string>,
  decision: { readonly statements: readonly StatementRef[]; readonly conditions: readonly OpenCondition[] },
): Used {
  const held = engine.heldIn(slot, removed);
  const ways = decision.statements.flatMap(({ layer, policy }) =>
    layer === "identity" && typeof policy === "number" ? (held[policy]?.ways.slice(0, 1) ?? []) : [],
  );
  // A policy it wrote for itself allows as well, and takes no grant.
  const own = decision.statements.some(({ layer, policy }) => layer === "identity" && policy === OWN_POLICY);
  const best = own
    ? undefined
    : [...ways].sort((a, b) => a.length - b.length || ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1))[0];
  return { ways: best === undefined ? [] : [best], conditions: decision.conditions };
}

/** What one permission of a method rests on; for the target, where the method has one. */
export function permissionUse(
  engine: EscalationEngine,
  slot: Slot,
  cls: ActorClass,
  { target: need }: EscalationMethod,
  permission: NeededPermission,
  target: Principal | undefined,
  removed: ReadonlySet<string>,
): Used {
  const { action, on, context } = permission;
  if (on === "somewhere") return asked(engine, slot, removed, cls.somewhere(action, context));
  const places = placesOf(engine, slot, permission, need, target);
  const answers = places.map(({ arn, target: acted }) => {
    const actor = acted === undefined ? undefined : engine.byId.get(acted.id);
    const trusts = action.toLowerCase() === "sts:assumerole" && actor !== undefined;
    return cls.ask(slot.actor, action, arn, {
      given: context,
      target: acted,
      ...(trusts ? { resourceTenant: actor.tenant, resourcePolicy: engine.trusts.policy(actor) } : {}),
    });
  });
  const order = ["allowed", "conditional", "unknown"];
  const best = answers
    .filter(({ decision }) => order.includes(decision))
    .sort((a, b) => order.indexOf(a.decision) - order.indexOf(b.decision))[0];
  // Nothing that is known runs as the role: whatever was not read would have to be named somewhere.
  if (best === undefined)
    return on === "reached-through" ? asked(engine, slot, removed, cls.somewhere(action, context)) : NOTHING;
  return asked(engine, slot, removed, best);
}

function placesOf(
  engine: EscalationEngine,
  slot: Slot,
  permission: NeededPermission,
  need: EscalationMethod["target"],
  target: Principal | undefined,
): readonly { readonly arn: string; readonly target?: Principal }[] {
  const { on } = permission;
  if (on === "target") return target === undefined ? [] : [{ arn: target.locator, target }];
  if (on === "target-policy")
    return target === undefined ? [] : engine.customerPolicies(target.id).map((arn) => ({ arn }));
  if (on === "reached-through")
    return target === undefined ? [] : engine.targets.runningAs(target, need?.runsOn ?? []).map(({ arn }) => ({ arn }));
  if (on === "provider") {
    const actor = target === undefined ? undefined : engine.byId.get(target.id);
    const kind = need?.trustsProvider;
    return actor === undefined || kind === undefined
      ? []
      : engine.trusts.providers(actor, kind).map((arn) => ({ arn }));
  }
  return ownResources(engine, slot, permission);
}

/** What the trust of the role asks of a service that acts for its tenant, where nothing else lets one of them in. */
export function serviceConditions(
  engine: EscalationEngine,
  { target: need }: EscalationMethod,
  target: Principal | undefined,
): readonly OpenCondition[] {
  const role = target === undefined ? undefined : engine.byId.get(target.id);
  if (role === undefined) return [];
  const layer = engine.trusts.policy(role);
  const asked = (need?.trustsService ?? []).flatMap((service) => {
    const principal = requestPrincipal(service);
    return principal === undefined || trustTruth(layer, principal, role.tenant) === NO
      ? []
      : [openTrust(layer, principal, role.tenant)];
  });
  return asked.some((conditions) => conditions.length === 0) ? [] : (asked[0] ?? []);
}
