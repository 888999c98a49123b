import { AwsFault, deleteConflict, noSuchEntity, validationError } from "../aws-fault.ts";
import { managedPolicy } from "../managed-policies.ts";
import type { IdMaker } from "../plant.ts";
import type { GroupState, HolderState, PolicyState, RoleState, TenantState, UserState } from "../tenant-state.ts";

/** What a handler may use: the tenant it acts in and the fake's clock, ids and habits. */
export interface IamCall {
  readonly tenant: TenantState;
  readonly ids: IdMaker;
  readonly now: Date;
  /** The largest page, whatever a caller asks for. */
  readonly pageSize: number;
  /** How often a report or job says that it is still running. */
  readonly polls: number;
  /** Mixed into every secret that is given out, so that a test can search for it. */
  readonly canary: string;
}

/** Handlers by operation name; inputs are as the SDK's schema reads them. */
export type HandlerMap = Readonly<Record<string, (input: never, call: IamCall) => object>>;

/** One page of a list with AWS's paging fields; the marker is opaque to a client. */
export function page<T>(
  items: readonly T[],
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  call: Pick<IamCall, "pageSize">,
): { items: T[]; IsTruncated: boolean; Marker?: string } {
  const start =
    input.Marker === undefined ? 0 : Number(Buffer.from(input.Marker, "base64").toString().replace("after-", ""));
  if (!Number.isInteger(start)) throw validationError("Invalid Marker");
  const end = start + Math.min(input.MaxItems ?? 100, call.pageSize);
  const rest = end < items.length;
  return {
    items: items.slice(start, end),
    IsTruncated: rest,
    ...(rest ? { Marker: Buffer.from(`after-${end}`).toString("base64") } : {}),
  };
}

/** The user of that name, or NoSuchEntity. */
export function userOf(call: IamCall, name: string | undefined): UserState {
  const user = call.tenant.users.get(name ?? "");
  if (user === undefined) throw noSuchEntity("user", name ?? "");
  return user;
}

/** The group of that name, or NoSuchEntity. */
export function groupOf(call: IamCall, name: string | undefined): GroupState {
  const group = call.tenant.groups.get(name ?? "");
  if (group === undefined) throw noSuchEntity("group", name ?? "");
  return group;
}

/** The role of that name, or NoSuchEntity. */
export function roleOf(call: IamCall, name: string | undefined): RoleState {
  const role = call.tenant.roles.get(name ?? "");
  if (role === undefined) throw noSuchEntity("role", name ?? "");
  return role;
}

/** The managed policy with that ARN, AWS's own included, or NoSuchEntity. */
export function policyOf(call: IamCall, arn: string | undefined): PolicyState {
  const policy = call.tenant.policies.get(arn ?? "");
  if (policy !== undefined) return policy;
  return managedPolicy(arn ?? "");
}

/** Users, groups and roles of the tenant. */
export function holdersOf(tenant: TenantState): HolderState[] {
  return [...tenant.users.values(), ...tenant.groups.values(), ...tenant.roles.values()];
}

/** Answers how many users, groups and roles have the policy attached. */
export const attachmentCount = (tenant: TenantState, arn: string): number =>
  holdersOf(tenant).filter((holder) => holder.attached.has(arn)).length;

/** Whether the policy limits somebody. */
export const isBoundary = (tenant: TenantState, arn: string): boolean =>
  holdersOf(tenant).some((holder) => "boundary" in holder && holder.boundary === arn);

/** Refuses a deletion while something hangs on the holder, as IAM does. */
export function refuseWhilePoliciesHang(holder: HolderState): void {
  if (holder.attached.size > 0) throw deleteConflict("must detach all policies first.");
  if (holder.inline.size > 0) throw deleteConflict("must delete policies first.");
}

/** Policy documents leave IAM percent-encoded (RFC 3986). */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Reads a policy document a caller sends; refuses what is not JSON. */
export function documentOf(text: string | undefined): string {
  try {
    JSON.parse(text ?? "");
  } catch {
    throw new AwsFault("MalformedPolicyDocument", "Syntax errors in policy.", 400);
  }
  return text ?? "";
}
