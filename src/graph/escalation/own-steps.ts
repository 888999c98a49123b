import { all, any, UNREAD, type OpenTruth } from "../../policy/aws/open-truth.ts";
import { NO, YES } from "../../policy/aws/request-context.ts";
import type { Principal } from "../../model/principal.ts";
import { PrincipalContext } from "../principal-context.ts";
import type { Actor, ActorClass } from "./actor-class.ts";
import { truthOf, UNCHANGED, type EscalationEngine, type Slot, type Step } from "./engine.ts";
import type { EscalationMethod, NeededPermission } from "./method.ts";
import { trustTruth, type TrustedRole } from "./trust-index.ts";

/** A step one slot takes by itself: to somebody it becomes, or to the administration of tenants. */
export interface OwnStep {
  readonly step: Step;
  readonly truth: OpenTruth;
  readonly to: { readonly slot: Slot } | { readonly tenantIds: readonly string[] };
}

/** What a slot can do that depends on who it is: to itself, its groups and policies, and by trusts that name it. */
export function ownSteps(engine: EscalationEngine, slot: Slot, cls: ActorClass): readonly OwnStep[] {
  const steps: OwnStep[] = [...namedTrusts(engine, slot, cls)];
  // Further spellings of what is certain add nothing.
  const sure = new Set<EscalationMethod>();
  for (const { method, permissions } of engine.waysOf(cls).own) {
    const step: Step = { kind: "method", method, permissions };
    if (method.gains === "joins-target-group") {
      for (const { group, truth } of groupsToJoin(engine, slot, cls, permissions))
        steps.push({ step, truth, to: { slot: { ...slot, changes: { ...slot.changes, group: group.id } } } });
      continue;
    }
    if (sure.has(method) || !useful(engine, slot, cls, method)) continue;
    let truth: OpenTruth = YES;
    for (const permission of permissions) {
      if (truth === NO) break;
      truth = all(truth, ownPermission(engine, slot, cls, permission));
    }
    // An older version of the policy may say more, and which versions there are is not recorded.
    if (method.onlyExistingVersions === true) truth = all(truth, UNREAD);
    if (truth === NO) continue;
    if (truth === YES) sure.add(method);
    if (method.gains === "administers-tenants")
      steps.push({ step, truth, to: { tenantIds: provisionedIn(engine, slot.actor.tenantId) } });
    else steps.push({ step, truth, to: { slot: gained(slot, method) } });
  }
  return steps;
}

/** Whether the method would change anything for the slot. */
function useful(
  engine: EscalationEngine,
  slot: Slot,
  cls: ActorClass,
  { gains, sheds = "attached" }: EscalationMethod,
): boolean {
  switch (gains) {
    case "writes-own-policy":
      return !slot.changes.full;
    case "sheds-boundary":
      return cls.hasBoundary;
    case "sheds-denies":
      return (
        !slot.changes.noDenies.includes(sheds) &&
        engine.policiesOf(slot.actor).held.some(({ policyId }) => engine.shedding(slot.actor, policyId, [sheds]))
      );
    case "administers-tenants":
      return provisionedIn(engine, slot.actor.tenantId).length > 0;
    default:
      return true;
  }
}

function gained(slot: Slot, { gains, sheds = "attached" }: EscalationMethod): Slot {
  const changes = { ...slot.changes };
  if (gains === "writes-own-policy") return { ...slot, changes: { ...changes, full: true } };
  if (gains === "sheds-boundary") return { ...slot, changes: { ...changes, noBoundary: true } };
  return { ...slot, changes: { ...changes, noDenies: [...changes.noDenies, sheds].sort() } };
}

/** Resources a permission on the actor's own things is asked about. */
export function ownResources(
  engine: EscalationEngine,
  slot: Slot,
  { on }: NeededPermission,
): readonly { readonly arn: string; readonly target?: Principal }[] {
  const { principal, arn } = slot.actor;
  if (on === "self") return [{ arn, target: principal }];
  if (on === "own-group")
    return engine.graph.groupsOf(principal.id).flatMap(({ groupId }) => {
      const group = engine.graph.principal(groupId);
      return group?.kind === "group" ? [{ arn: group.locator, target: group }] : [];
    });
  if (on === "held-policy") return engine.customerPolicies(principal.id).map((policy) => ({ arn: policy }));
  if (on === "permission-set") return permissionSets(engine).map((set) => ({ arn: set.nativeId }));
  return [];
}

function ownPermission(engine: EscalationEngine, slot: Slot, cls: ActorClass, permission: NeededPermission): OpenTruth {
  if (permission.on === "somewhere") return truthOf(cls.somewhere(permission.action, permission.context).decision);
  let truth: OpenTruth = NO;
  for (const { arn, target } of ownResources(engine, slot, permission)) {
    truth = any(
      truth,
      truthOf(cls.ask(slot.actor, permission.action, arn, { given: permission.context, target }).decision),
    );
    if (truth === YES) break;
  }
  return truth;
}

function groupsToJoin(
  engine: EscalationEngine,
  slot: Slot,
  cls: ActorClass,
  permissions: readonly NeededPermission[],
): readonly { readonly group: Principal; readonly truth: OpenTruth }[] {
  if (slot.changes.group !== null || slot.actor.principal.kind !== "user") return [];
  const mine = new Set(engine.graph.groupsOf(slot.actor.principal.id).map(({ groupId }) => groupId));
  const [first] = permissions;
  if (first === undefined) return [];
  const groups = engine.targets.candidates(
    slot.actor.tenantId,
    "group",
    cls.regions(first.action, "arn:*:iam::*:group/*", first.context),
    cls.requestFor(first.action, "*", first.context).request.context,
  );
  return groups.flatMap((group) => {
    // A group that holds nothing gives nothing.
    if (mine.has(group.id) || engine.graph.grantsOf(group.id).length === 0) return [];
    let truth: OpenTruth = YES;
    for (const { action, on, context } of permissions) {
      if (truth === NO) break;
      if (on === "target")
        truth = all(
          truth,
          truthOf(cls.ask(slot.actor, action, group.locator, { given: context, target: group }).decision),
        );
      else if (on === "self")
        truth = all(
          truth,
          truthOf(
            cls.ask(slot.actor, action, slot.actor.arn, { given: context, target: slot.actor.principal }).decision,
          ),
        );
    }
    return truth === NO ? [] : [{ group, truth }];
  });
}

/** Roles whose trust names the actor, or everyone in its tenant: what each side says is asked together. */
function namedTrusts(engine: EscalationEngine, slot: Slot, cls: ActorClass): readonly OwnStep[] {
  const { actor } = slot;
  const steps: OwnStep[] = [];
  const seen = new Set<string>();
  for (const { role, grantId } of [
    ...engine.trusts.named(actor.principal.id),
    ...engine.trusts.openIn(actor.tenantId),
    ...lettingIn(engine, actor, cls),
  ]) {
    if (role === actor || seen.has(role.principal.id)) continue;
    seen.add(role.principal.id);
    const decision = cls.ask(actor, "sts:AssumeRole", role.arn, {
      target: role.principal,
      resourceTenant: role.tenant,
      resourcePolicy: engine.trusts.policy(role),
    });
    const truth = truthOf(decision.decision);
    if (truth === NO) continue;
    steps.push({ step: { kind: "trusted", role, grantId }, truth, to: { slot: { actor: role, changes: UNCHANGED } } });
    if (role.tenantId !== actor.tenantId) continue;
    for (const { method, permissions } of engine.namedMethods(cls)) {
      const found = engine.onNamedTarget(cls, method, permissions, role.principal);
      if (found !== undefined)
        steps.push({
          step: { kind: "method", method, permissions, trustGrant: grantId },
          truth: all(truth, found.truth),
          to: { slot: found.slot },
        });
    }
  }
  return steps;
}

/** Of the roles whose trust looks closer at who comes, those that may let the actor in: equal texts are asked once. */
function lettingIn(engine: EscalationEngine, actor: Actor, cls: ActorClass): readonly TrustedRole[] {
  const answers = new Map<object, boolean>();
  return engine.choosy(cls).filter(({ role }) => {
    const layer = engine.trusts.policy(role);
    const text = layer.policies[0]?.policy ?? layer;
    let may = answers.get(text);
    if (may === undefined || role.tenantId !== actor.tenantId) {
      const context = new PrincipalContext(actor.principal, actor.asked, {
        resourceTenant: role.tenant,
        target: role.principal,
        unknown: true,
      });
      may = trustTruth(layer, actor.asked, role.tenant, context) !== NO;
      answers.set(text, may);
    }
    return may;
  });
}

interface IdentityCenters {
  readonly permissionSets: readonly Principal[];
  readonly tenantIds: readonly string[];
  /** The tenants an instance lies in. */
  readonly owners: ReadonlySet<string>;
}

const centers = new WeakMap<EscalationEngine, IdentityCenters>();

function identityCenters(engine: EscalationEngine): IdentityCenters {
  let known = centers.get(engine);
  if (known === undefined) {
    const { principals } = engine.graph.snapshot;
    const permissionSets = principals.filter(({ nativeType }) => nativeType === "permission-set");
    const owners = principals.filter(({ nativeType }) => nativeType.startsWith("identity-center-"));
    known = {
      permissionSets,
      tenantIds: [...new Set(permissionSets.map(({ tenantId }) => tenantId))].sort(),
      owners: new Set(owners.map(({ tenantId }) => tenantId)),
    };
    centers.set(engine, known);
  }
  return known;
}

function permissionSets(engine: EscalationEngine): readonly Principal[] {
  return identityCenters(engine).permissionSets;
}

/** The tenants in which permission sets of the Identity Center that lies in this tenant work. */
function provisionedIn(engine: EscalationEngine, tenantId: string): readonly string[] {
  const { owners, tenantIds } = identityCenters(engine);
  return owners.has(tenantId) ? tenantIds : [];
}
