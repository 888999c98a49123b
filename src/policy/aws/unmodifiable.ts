import type { AccessRequest } from "./access-request.ts";

/** What nobody but AWS changes, by the beginning of its name, and the actions AWS refuses on it (`UnmodifiableEntity`). */
const PROTECTED: readonly { readonly resource: RegExp; readonly actions: ReadonlySet<string> }[] = [
  {
    // "Using service-linked roles", IAM User Guide: permissions, trust and boundary belong to the service.
    resource: /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//,
    actions: new Set(
      [
        "AttachRolePolicy",
        "DeleteRole",
        "DeleteRolePermissionsBoundary",
        "DeleteRolePolicy",
        "DetachRolePolicy",
        "PutRolePermissionsBoundary",
        "PutRolePolicy",
        "UpdateAssumeRolePolicy",
      ].map(iam),
    ),
  },
  {
    // "Roles created by IAM Identity Center": only Identity Center changes what lies under its reserved path.
    resource: /^arn:[^:]+:iam::\d{12}:role\/aws-reserved\//,
    actions: new Set(
      [
        "AttachRolePolicy",
        "DeleteRole",
        "DeleteRolePermissionsBoundary",
        "DeleteRolePolicy",
        "DetachRolePolicy",
        "PutRolePermissionsBoundary",
        "PutRolePolicy",
        "TagRole",
        "UntagRole",
        "UpdateAssumeRolePolicy",
        "UpdateRole",
        "UpdateRoleDescription",
      ].map(iam),
    ),
  },
  {
    // "Managed policies and inline policies": customers cannot change an AWS managed policy.
    resource: /^arn:[^:]+:iam::aws:policy\//,
    actions: new Set(
      [
        "CreatePolicyVersion",
        "DeletePolicy",
        "DeletePolicyVersion",
        "SetDefaultPolicyVersion",
        "TagPolicy",
        "UntagPolicy",
      ].map(iam),
    ),
  },
];

function iam(name: string): string {
  return `iam:${name.toLowerCase()}`;
}

/** Whether AWS itself refuses the request, whatever the policies say. */
export function isUnmodifiable({ action, resource, principal }: AccessRequest): boolean {
  if (!action.startsWith("iam:") || principal.serviceLinked || principal.kind === "service") return false;
  return PROTECTED.some(({ resource: protectedName, actions }) => actions.has(action) && protectedName.test(resource));
}
