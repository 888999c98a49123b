import { actionTraits, type AccessRequest, type ActionTraits } from "./access-request.ts";
import type { ActionTable } from "./action-table.ts";
import { arnPattern, arnsOverlap } from "./arn-pattern.ts";
import type { LayerPolicies, Placed, PolicySet } from "./policy-set.ts";

/** Which layers bear on the request at all. */
export interface Applies {
  readonly traits: ActionTraits;
  readonly sameTenant: boolean;
  /** Somebody with identity policies: neither a service, nor anonymous, nor a token of an identity provider. */
  readonly identity: boolean;
  readonly boundary: boolean;
  readonly session: boolean;
  readonly scp: boolean;
  readonly rcp: boolean;
  /** The resource's own policy has to allow, whoever asks: trust policies and KMS keys. */
  readonly resourceNeeded: boolean;
  /** A Deny of the resource's own policy does not count: an owner who locked everybody out of a bucket can undo that as root. */
  readonly resourceCannotDeny: boolean;
}

/** "GetBucketPolicy", "PutBucketPolicy" and "DeleteBucketPolicy", Amazon S3 API Reference. */
const OWN_BUCKET_POLICY = new Set(["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"]);
const KMS_KEY = /^arn:[^:]+:kms:[^:]*:[^:]*:key\//;
const SOME_KMS_KEY = arnPattern("arn:*:kms:*:*:key/*");

/** Works out which layers bear on a request. */
export function whatApplies(set: PolicySet, request: AccessRequest, table: ActionTable): Applies {
  const { principal, action } = request;
  const traits = actionTraits(table, action);
  const { kind, tenant, serviceLinked } = principal;
  const { layers } = set;
  const identity = kind !== "service" && kind !== "anonymous" && kind !== "provider" && !traits.federated;
  const root = kind === "root";
  const sameTenant = request.resourceTenant === null || tenant === null || request.resourceTenant === tenant;
  return {
    traits,
    sameTenant,
    identity,
    boundary: identity && !root && layers.boundary !== undefined,
    session: identity && !root && layers.session !== undefined,
    scp: identity && !serviceLinked && layers.scps !== undefined,
    rcp: traits.rcp && !serviceLinked && layers.rcps !== undefined,
    resourceNeeded: resourceIsNeeded(traits, request),
    resourceCannotDeny: root && sameTenant && OWN_BUCKET_POLICY.has(action),
  };
}

/** Whether the resource's own policy has to allow, whoever asks. */
export function resourceIsNeeded(
  { trust }: ActionTraits,
  { action, resource }: Pick<AccessRequest, "action" | "resource">,
): boolean {
  if (trust || !action.startsWith("kms:")) return trust;
  if (KMS_KEY.test(resource)) return true;
  // A pattern that is wider than keys asks about keys all the same.
  return /[*?]/.test(resource) && resource.startsWith("arn:") && arnsOverlap(SOME_KMS_KEY, arnPattern(resource));
}

/** Whether a layer is asked at all. */
export function asked({ layer, statement }: Placed, applies: Applies): boolean {
  switch (layer) {
    case "rcp":
      return applies.rcp;
    case "scp":
      return applies.scp;
    case "identity":
      return applies.identity;
    case "boundary":
      return applies.boundary;
    case "session":
      return applies.session;
    case "resource":
      return !(statement.deny && applies.resourceCannotDeny);
    default:
      return true;
  }
}

/** Whether a layer holds a document that was not read. */
export function isUnread(given: LayerPolicies | undefined): boolean {
  return given?.unread !== undefined && given.unread.length > 0;
}

/** Whether a document that was not read bears on the request: it may hold a Deny. */
export function mayBeDeniedUnread({ layers }: PolicySet, applies: Applies): boolean {
  return (
    (applies.identity && isUnread(layers.identity)) ||
    (applies.boundary && isUnread(layers.boundary)) ||
    (applies.session && isUnread(layers.session)) ||
    isUnread(layers.endpoint) ||
    isUnread(layers.resource) ||
    (applies.scp && (layers.scps ?? []).some(isUnread)) ||
    (applies.rcp && (layers.rcps ?? []).some(isUnread))
  );
}
