import type { ActionTable } from "./action-table.ts";
import type { RequestContext } from "./request-context.ts";
import type { RequestPrincipal } from "./request-principal.ts";

/** One question to the evaluator: may this principal do this, here, in this context. */
export interface AccessRequest {
  readonly principal: RequestPrincipal;
  /** Lower case: `s3:getobject`. */
  readonly action: string;
  /** An ARN, or a pattern that asks about some matching resource. */
  readonly resource: string;
  /** 12 digits; null where the ARN has none and nobody said: then the principal's own. */
  readonly resourceTenant: string | null;
  readonly context: RequestContext;
}

/** What is asked about an action before any policy is looked at. */
export interface ActionTraits {
  /** Only `Resource: "*"` (or a NotResource) means it. */
  readonly wildcardOnly: boolean;
  readonly rcp: boolean;
  /** A call on a role's trust policy. */
  readonly trust: boolean;
  /** The caller's own policies have to allow as well, even where the trust policy names it: "Passing session tags", IAM User Guide. */
  readonly bothSides: boolean;
  /** A token of an identity provider takes the place of credentials: nobody's identity policies are asked. */
  readonly federated: boolean;
}

const TRUST_ACTIONS = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:tagsession",
  "sts:setsourceidentity",
  "sts:setcontext",
]);

/** Asked of both sides: "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed roles", IAM User Guide. */
const BOTH_SIDES = new Set(["sts:tagsession", "sts:setsourceidentity"]);
/** "RCP evaluation", AWS Organizations User Guide: what RCPs of a service they reach cannot restrict. */
const BEYOND_RCPS = new Set(["kms:retiregrant"]);

const remembered = new WeakMap<ActionTable, Map<string, ActionTraits>>();

/** Whether the policy of the resource is a role's trust policy; actions in lower case. */
export function isTrustAction(action: string): boolean {
  return TRUST_ACTIONS.has(action);
}

/** Traits of an action (lower case); an action that is not in the table counts as one with resources, without RCP support. */
export function actionTraits(table: ActionTable, action: string): ActionTraits {
  let known = remembered.get(table);
  if (known === undefined) remembered.set(table, (known = new Map()));
  let traits = known.get(action);
  if (traits === undefined) {
    const id = table.idOf(action);
    traits = {
      wildcardOnly: id !== undefined && table.resourceTypesOf(id).length === 0,
      rcp: table.supportsRcp(action.slice(0, Math.max(0, action.indexOf(":")))) && !BEYOND_RCPS.has(action),
      trust: isTrustAction(action),
      bothSides: BOTH_SIDES.has(action),
      federated: action === "sts:assumerolewithsaml" || action === "sts:assumerolewithwebidentity",
    };
    if (known.size < 100_000) known.set(action, traits);
  }
  return traits;
}
