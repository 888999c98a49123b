import type { PathsAsked } from "../escalation/escalation.ts";
import type { ActorClass, Actor } from "../escalation/actor-class.ts";
import { truthOf, type EscalationEngine } from "../escalation/engine.ts";
import type { Decision } from "../../policy/aws/decision.ts";
import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { NO, YES } from "../../policy/aws/request-context.ts";
import type { ResourceSides } from "./resource-side.ts";

/** The end of paths that lead to doing one of the actions to a resource. */
export function resourceTarget(
  engine: Pick<EscalationEngine, "table">,
  sides: ResourceSides,
  arn: string,
  actions: readonly string[],
): NonNullable<PathsAsked["target"]> {
  const [first = ""] = actions;
  const side = sides.side(first, arn, null);
  const tenant = side.tenant ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null;
  const ask = (cls: ActorClass, actor: Actor, action: string): Decision =>
    cls.ask(actor, action, arn, {
      resourceTenant: tenant ?? actor.tenant,
      target: side.target,
      ...(side.policy === undefined ? {} : { resourcePolicy: side.policy }),
    });
  /** The surest of the actions, and what it rests on. */
  const best = (
    cls: ActorClass,
    actor: Actor,
  ): { readonly truth: OpenTruth; readonly action: string; readonly decision?: Decision } => {
    let found: { truth: OpenTruth; action: string; decision?: Decision } = { truth: NO, action: first };
    for (const action of actions) {
      const decision = ask(cls, actor, action);
      const truth = truthOf(decision.decision);
      if (truth !== NO && (found.truth === NO || truth < found.truth)) found = { truth, action, decision };
      if (truth === YES) break;
    }
    return found;
  };
  // A policy that names principals says something else to each of them.
  const personal = side.policy !== undefined;
  return {
    arn,
    sink: {
      tenantId: tenant === null ? "aws:unknown" : `aws:${tenant}`,
      administration: false,
      arrived: (cls) => (personal ? NO : best(cls, cls.speaker).truth),
      arrivedAt: ({ actor }, cls) => (personal ? best(cls, actor).truth : NO),
      explained: ({ actor }, cls) => {
        const { action, decision } = best(cls, actor);
        return {
          permissions: [action],
          policies: (decision?.statements ?? [])
            .flatMap(({ layer, policy }) => (layer === "identity" ? [policy] : []))
            .slice(0, 1),
          conditions: decision?.conditions ?? [],
        };
      },
    },
  };
}
