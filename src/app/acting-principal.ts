import { UNCHANGED, type EscalationEngine } from "../graph/escalation/engine.ts";
import { WHATEVER_IT_LIKES, type Actor } from "../graph/escalation/actor-class.ts";
import { AuditError } from "../model/audit-error.ts";
import { administration, type Administration } from "../policy/aws/administration.ts";
import type { AskAction } from "../policy/aws/effective-access.ts";
import { PolicySet } from "../policy/aws/policy-set.ts";
import type { HeldPolicy } from "../graph/principal-policies.ts";
import { layersInOrder, type AssumedLayer } from "./assumed.ts";
import { askerCalled, askersOf, holdingEngine, type Questioned } from "./questions.ts";

/** A user, role or permission set with the policies it acts with. */
export interface ActingPrincipal {
  readonly actor: Actor;
  readonly set: PolicySet;
  readonly ask: AskAction;
  readonly administration: Administration;
  /** Why it administers nothing, where a limit takes it away: the words complete "…, but". */
  readonly limitedBy: string | null;
  /** In the order of the set: the names of its identity policies are positions in here. */
  readonly held: readonly HeldPolicy[];
  /** Documents that bear on it and were not read, in words. */
  readonly unread: readonly string[];
  /** Layers that were left out of the computation; what resources say is among them always. */
  readonly assumes: readonly AssumedLayer[];
}

/** Who was asked about, and as what it acts: several for a person of Identity Center, one permission set each. */
export interface ActingPrincipals {
  readonly locator: string;
  readonly id: string;
  readonly displayName: string;
  readonly acts: readonly ActingPrincipal[];
}

/** Finds a principal by what a person typed. Throws `settings` where none fits, or where its policies are not its own to look at. */
export function actingPrincipals(text: string, questioned: Questioned): ActingPrincipals {
  const engine = holdingEngine(questioned);
  const { id, locator, principal, acts } = askerCalled(text, askersOf(questioned.graph, engine), questioned);
  const actors = acts.flatMap(({ actor }) => (actor === undefined ? [] : [actor]));
  if (acts.length > 0 && actors.length === 0) {
    const root = principal?.kind === "root" || acts.some(({ asked }) => asked.kind === "root");
    throw new AuditError(
      "settings",
      "no-policies",
      root ? `\`${text}\` is the root user: it may do everything` : `\`${text}\` has no policies ${questioned.where}`,
      root ? { hint: "only an SCP limits the root user" } : { hint: "ask about a user, a role or a permission set" },
    );
  }
  return {
    locator,
    id,
    displayName: principal?.displayName ?? locator,
    acts: actors.map((actor) => acting(actor, engine)),
  };
}

function acting(actor: Actor, engine: EscalationEngine): ActingPrincipal {
  const slot = { actor, changes: UNCHANGED };
  const cls = engine.classOf(slot, new Set());
  const { identity, boundary, scps = [], rcps = [] } = cls.set.layers;
  const found = cls.administration();
  return {
    actor,
    set: cls.set,
    ask: (action) => cls.requestFor(action, "*"),
    administration: found,
    limitedBy: found.truth === 0 && cls.wide ? limit(cls.set, actor) : null,
    held: engine.heldIn(slot, new Set()),
    unread: [...new Set([identity, boundary, ...scps, ...rcps].flatMap((layer) => layer?.unread ?? []))],
    assumes: layersInOrder([...engine.reader.tenantLimits(actor.tenantId).assumes, "resource"]),
  };
}

/** What takes administration away from somebody whose policies allow everything; null where they do not. */
function limit({ layers }: PolicySet, { asked }: Actor): string | null {
  const everything = WHATEVER_IT_LIKES === undefined ? [] : [WHATEVER_IT_LIKES];
  const { identity, boundary, scps } = layers;
  const none = { boundary: false, session: false, scp: false };
  const own = new PolicySet(identity === undefined ? {} : { identity });
  if (administration(own, none).truth === 0) {
    const allows = identity?.policies.some(({ policy }) => policy.statements.some(({ deny }) => deny)) === true;
    return allows &&
      identity !== undefined &&
      administration(new PolicySet({ identity: withoutDenies(identity) }), none).truth !== 0
      ? "a Deny of its own policies takes administration away"
      : null;
  }
  const limited = (more: ConstructorParameters<typeof PolicySet>[0], applies: typeof none): boolean =>
    administration(new PolicySet({ identity: { policies: everything }, ...more }), applies).truth === 0;
  if (boundary !== undefined && limited({ boundary }, { ...none, boundary: true }))
    return "its permissions boundary takes administration away";
  if (scps !== undefined && !asked.serviceLinked && limited({ scps }, { ...none, scp: true }))
    return "a service control policy takes administration away";
  return "its limits together take administration away";
}

function withoutDenies(identity: NonNullable<PolicySet["layers"]["identity"]>): typeof identity {
  return {
    ...identity,
    policies: identity.policies.map(({ name, policy }) => ({
      name,
      policy: {
        statements: policy.statements.filter(({ deny }) => !deny),
        parsed: { ...policy.parsed, statements: policy.parsed.statements.filter(({ effect }) => effect === "Allow") },
      },
    })),
  };
}
