import { isTrustAction } from "./access-request.ts";
import type { CompiledPolicy, CompiledStatement } from "./compile-policy.ts";
import type { Layer, StatementRef } from "./decision.ts";

/** One policy of a layer, with the name answers refer to it by. */
export interface NamedPolicy {
  readonly name: string | number;
  readonly policy: CompiledPolicy;
}

/** The policies of one layer (of an organization's level, for SCPs and RCPs). */
export interface LayerPolicies {
  readonly policies: readonly NamedPolicy[];
  /** Policies known to be there whose documents were not read, in words. Any of them may allow or deny. */
  readonly unread?: readonly string[];
}

/** S3 Block Public Access as far as it decides requests. */
export interface PublicAccessBlock {
  readonly restrictPublicBuckets: boolean;
}

/** Every policy that bears on what a principal asks. A layer that is left out does not apply. */
export interface PolicyLayers {
  readonly identity?: LayerPolicies;
  readonly boundary?: LayerPolicies;
  readonly session?: LayerPolicies;
  readonly endpoint?: LayerPolicies;
  /** The policy of the resource; for `sts:AssumeRole…` the role's trust policy. */
  readonly resource?: LayerPolicies;
  /** Levels from the root down. */
  readonly scps?: readonly LayerPolicies[];
  readonly rcps?: readonly LayerPolicies[];
  readonly publicAccessBlock?: PublicAccessBlock;
}

/** A statement in the place it stands in. */
export interface Placed {
  readonly layer: Exclude<Layer, "trust" | "public-access-block">;
  readonly policy: string | number;
  readonly statement: CompiledStatement;
  /** How answers name it; one record for all of them. */
  readonly ref: StatementRef;
}

/** The statements of a set that are about one action, by layer. */
export interface ActionPlan {
  /** In the order in which AWS names the layer of an explicit deny. */
  readonly denies: readonly Placed[];
  readonly identity: readonly Placed[];
  readonly boundary: readonly Placed[];
  readonly session: readonly Placed[];
  readonly endpoint: readonly Placed[];
  readonly resource: readonly Placed[];
  readonly scps: readonly (readonly Placed[])[];
}

/** Plans a set keeps. The actions AWS knows fit; what hostile input makes up does not grow without end. */
const MOST_PLANS = 30_000;

/** Layers ready to be asked: statements are sorted by action once per action, not once per request. */
export class PolicySet {
  readonly layers: PolicyLayers;
  readonly #plans = new Map<string, ActionPlan>();
  #all: ActionPlan | undefined;

  constructor(layers: PolicyLayers) {
    this.layers = layers;
  }

  /** What the set says about an action (lower case), whatever the resource. */
  plan(action: string): ActionPlan {
    let plan = this.#plans.get(action);
    if (plan === undefined) {
      plan = this.#work(action);
      if (this.#plans.size < MOST_PLANS) this.#plans.set(action, plan);
    }
    return plan;
  }

  #work(action: string): ActionPlan {
    this.#all ??= everything(this.layers);
    const all = this.#all;
    const about = (given: readonly Placed[]): readonly Placed[] => {
      const found = given.filter(({ statement }) => statement.actions.matches(action));
      return found.length === 0 ? NONE : found;
    };
    const own = isTrustAction(action)
      ? (given: readonly Placed[]) => given.map(asTrust)
      : (given: readonly Placed[]) => given;
    return {
      denies: own(about(all.denies)),
      scps: all.scps.map(about),
      endpoint: about(all.endpoint),
      resource: own(about(all.resource)),
      identity: about(all.identity),
      boundary: about(all.boundary),
      session: about(all.session),
    };
  }
}

const NONE: readonly Placed[] = [];

/** Every statement in its place, denies apart. */
function everything({
  identity,
  boundary,
  session,
  endpoint,
  resource,
  scps = [],
  rcps = [],
}: PolicyLayers): ActionPlan {
  const denies: Placed[] = [];
  const allows = (layer: Placed["layer"], given: LayerPolicies | undefined): readonly Placed[] => {
    const found: Placed[] = [];
    for (const { name, policy } of given?.policies ?? []) {
      for (const statement of policy.statements) {
        const ref = { layer, policy: name, statement: statement.name };
        (statement.deny ? denies : found).push({ layer, policy: name, statement, ref });
      }
    }
    return found;
  };
  // The order of these calls is the order of the denies.
  for (const level of rcps) allows("rcp", level);
  const perLevel = scps.map((level) => allows("scp", level));
  return {
    denies,
    scps: perLevel,
    endpoint: allows("endpoint", endpoint),
    resource: allows("resource", resource),
    identity: allows("identity", identity),
    boundary: allows("boundary", boundary),
    session: allows("session", session),
  };
}

/** A role's policy as a resource is its trust policy, and is called so. */
function asTrust(placed: Placed): Placed {
  return placed.layer === "resource" ? { ...placed, ref: { ...placed.ref, layer: "trust" } } : placed;
}
