import type {
  CreatePolicyRequest,
  CreatePolicyResponse,
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  DeletePolicyRequest,
  GetPolicyRequest,
  GetPolicyResponse,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse,
  Policy,
  SetDefaultPolicyVersionRequest,
} from "@aws-sdk/client-iam";
import { AwsFault, alreadyExists, deleteConflict, noSuchEntity } from "../aws-fault.ts";
import { managedPolicies } from "../managed-policies.ts";
import type { PolicyState } from "../tenant-state.ts";
import {
  attachmentCount,
  documentOf,
  encodeDocument,
  holdersOf,
  page,
  policyOf,
  type HandlerMap,
  type IamCall,
} from "./call.ts";

/** A managed policy without its documents, as lists and the sweep show it. */
export function shownPolicy(policy: PolicyState, call: IamCall): Policy {
  return {
    PolicyName: policy.PolicyName,
    PolicyId: policy.PolicyId,
    Arn: policy.Arn,
    Path: policy.Path,
    DefaultVersionId: policy.versions.find((version) => version.IsDefaultVersion)?.VersionId,
    AttachmentCount: attachmentCount(call.tenant, policy.Arn),
    PermissionsBoundaryUsageCount: holdersOf(call.tenant).filter(
      (holder) => "boundary" in holder && holder.boundary === policy.Arn,
    ).length,
    IsAttachable: true,
    CreateDate: policy.CreateDate,
    UpdateDate: policy.UpdateDate,
  };
}

/** Managed policies and their versions. */
export const policyHandlers = {
  ListPolicies(input: ListPoliciesRequest, call: IamCall): ListPoliciesResponse {
    const policies = [
      ...(input.Scope === "Local" ? [] : managedPolicies()),
      ...(input.Scope === "AWS" ? [] : call.tenant.policies.values()),
    ].filter((policy) => input.OnlyAttached !== true || attachmentCount(call.tenant, policy.Arn) > 0);
    const { items, ...rest } = page(policies, input, call);
    return { Policies: items.map((policy) => shownPolicy(policy, call)), ...rest };
  },

  GetPolicy(input: GetPolicyRequest, call: IamCall): GetPolicyResponse {
    return { Policy: shownPolicy(policyOf(call, input.PolicyArn), call) };
  },

  GetPolicyVersion(input: GetPolicyVersionRequest, call: IamCall): GetPolicyVersionResponse {
    const version = policyOf(call, input.PolicyArn).versions.find(
      (candidate) => candidate.VersionId === input.VersionId,
    );
    if (version === undefined) throw noSuchEntity("policy version", input.VersionId ?? "");
    const { document, ...rest } = version;
    return { PolicyVersion: { ...rest, Document: encodeDocument(document) } };
  },

  ListPolicyVersions(input: ListPolicyVersionsRequest, call: IamCall): ListPolicyVersionsResponse {
    const { items, ...rest } = page(policyOf(call, input.PolicyArn).versions, input, call);
    return { Versions: items.map(({ document: _document, ...version }) => version), ...rest };
  },

  CreatePolicy(input: CreatePolicyRequest, call: IamCall): CreatePolicyResponse {
    const path = input.Path ?? "/";
    const arn = `arn:aws:iam::${call.tenant.id}:policy${path}${input.PolicyName ?? ""}`;
    if (call.tenant.policies.has(arn)) throw alreadyExists("A policy", arn);
    const policy: PolicyState = {
      PolicyName: input.PolicyName ?? "",
      PolicyId: call.ids.make("ANPA"),
      Arn: arn,
      Path: path,
      CreateDate: call.now,
      UpdateDate: call.now,
      versions: [
        { VersionId: "v1", IsDefaultVersion: true, CreateDate: call.now, document: documentOf(input.PolicyDocument) },
      ],
    };
    call.tenant.policies.set(arn, policy);
    return { Policy: shownPolicy(policy, call) };
  },

  CreatePolicyVersion(input: CreatePolicyVersionRequest, call: IamCall): CreatePolicyVersionResponse {
    const policy = policyOf(call, input.PolicyArn);
    if (policy.versions.length >= 5)
      throw new AwsFault("LimitExceeded", "A managed policy can have up to 5 versions.", 409);
    const isDefault = input.SetAsDefault === true;
    const version = {
      VersionId: `v${policy.versions.length + 1}`,
      IsDefaultVersion: isDefault,
      CreateDate: call.now,
      document: documentOf(input.PolicyDocument),
    };
    const earlier = policy.versions.map((other) => (isDefault ? { ...other, IsDefaultVersion: false } : other));
    policy.versions.splice(0, policy.versions.length, ...earlier, version);
    policy.UpdateDate = call.now;
    return { PolicyVersion: { VersionId: version.VersionId, IsDefaultVersion: isDefault, CreateDate: call.now } };
  },

  SetDefaultPolicyVersion(input: SetDefaultPolicyVersionRequest, call: IamCall): object {
    const policy = policyOf(call, input.PolicyArn);
    if (!policy.versions.some((version) => version.VersionId === input.VersionId)) {
      throw noSuchEntity("policy version", input.VersionId ?? "");
    }
    const versions = policy.versions.map((version) => ({
      ...version,
      IsDefaultVersion: version.VersionId === input.VersionId,
    }));
    policy.versions.splice(0, policy.versions.length, ...versions);
    return {};
  },

  DeletePolicy(input: DeletePolicyRequest, call: IamCall): object {
    const policy = policyOf(call, input.PolicyArn);
    if (attachmentCount(call.tenant, policy.Arn) > 0) throw deleteConflict("must detach the policy first.");
    call.tenant.policies.delete(policy.Arn);
    return {};
  },
} satisfies HandlerMap;
