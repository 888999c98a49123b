import type { Decision, Layer } from "../../policy/aws/decision.ts";
import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { NO, YES } from "../../policy/aws/request-context.ts";
import type { ActorClass } from "../escalation/actor-class.ts";
import { truthOf, type EscalationEngine, type Slot } from "../escalation/engine.ts";
import type { PathsAsked } from "../escalation/escalation.ts";
import { nameOf } from "./policy-names.ts";
import type { ResourceSides } from "./resource-side.ts";

/** The surest of the actions somebody may do to the target, and what it rests on. */
interface Best {
  readonly truth: OpenTruth;
  readonly action: string;
  readonly decision: Decision | undefined;
}

/**
 * The end of paths that lead to doing one of the actions to a resource. A policy of the resource that was not given could let
 * anybody in: that is named as an assumption, instead of an unknown path for everybody. `tenant` is where it lies, 12 digits.
 */
export function resourceTarget(
  engine: EscalationEngine,
  sides: ResourceSides,
  arn: string,
  actions: readonly string[],
  tenant: string,
): { readonly target: NonNullable<PathsAsked["target"]>; readonly assumes: readonly Layer[] } {
  const asked = actions.map((action) => ({ action, side: sides.side(action, arn, tenant) }));
  const personal = asked.some(({ side }) => side.names.personal);
  const known = new Map<string, Best>();

  const ask = ({ actor }: Slot, cls: ActorClass): Best => {
    let found: Best = { truth: NO, action: actions[0] ?? "", decision: undefined };
    for (const { action, side } of asked) {
      const decision = cls.ask(actor, action, arn, {
        resourceTenant: tenant,
        target: side.target,
        ...(side.policy === undefined ? {} : { resourcePolicy: side.policy }),
      });
      const truth = truthOf(decision.decision);
      if (truth !== NO && (found.truth === NO || truth < found.truth)) found = { truth, action, decision };
      if (truth === YES) break;
    }
    return found;
  };
  /** Those with the same policies share the answer, unless the resource's own policy tells them apart. */
  const best = (slot: Slot, cls: ActorClass): Best => {
    const name = nameOf(slot.actor.asked);
    if (personal || asked.some(({ side }) => side.names.single.has(name))) return ask(slot, cls);
    const key = `${cls.number} ${engine.classOf(slot, new Set(), true).number}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = ask(slot, cls)));
    return found;
  };

  const target = {
    arn,
    sink: {
      tenantId: `aws:${tenant}`,
      administration: false,
      // The classes of paths are told apart by what matters to becoming somebody, not by what matters to this resource.
      arrived: (): OpenTruth => NO,
      arrivedAt: (slot: Slot, cls: ActorClass) => best(slot, cls).truth,
      explained: (slot: Slot, cls: ActorClass) => {
        const { action, decision } = best(slot, cls);
        return {
          permissions: [action],
          policies: (decision?.statements ?? [])
            .flatMap(({ layer, policy }) => (layer === "identity" ? [policy] : []))
            .slice(0, 1),
          conditions: decision?.conditions ?? [],
        };
      },
    },
  } satisfies PathsAsked["target"];
  return { target, assumes: asked.flatMap(({ side }) => side.assumes) };
}
