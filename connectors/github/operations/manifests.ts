import type { OperationManifest } from "../../../src/model/operation.ts";

const EXACT = { undoClass: "A", rehearsalOnly: false } as const;
const NEEDS_PERSON = { undoClass: "B", rehearsalOnly: false } as const;
const UNINSTALLS = {
  title: "uninstall app",
  undoClass: "C",
  rehearsalOnly: false,
  undoNeeds: "it cannot be undone: the app is installed anew, under another id, and whoever uses it sets it up again",
} as const;
const MEMBER = ["organization-member"];

/**
 * What may be changed at GitHub, the exact undo first: class A, then B, then C. Classes as GitHub's own descriptions of the routes
 * tell what comes back and who has to act.
 */
export const OPERATION_MANIFESTS: readonly OperationManifest[] = [
  {
    ...EXACT,
    id: "github/remove-team-membership",
    title: "remove from team",
    permissions: ["members: write"],
    appliesTo: { subjectKind: "grant", grantKinds: ["membership"], principalNativeTypes: MEMBER },
  },
  {
    ...EXACT,
    id: "github/remove-team-repository",
    title: "take repository from team",
    permissions: ["administration: write", "members: read"],
    appliesTo: { subjectKind: "grant", grantKinds: ["team-grant"], principalKinds: ["team"] },
  },
  {
    ...EXACT,
    id: "github/lower-team-repository",
    title: "lower team's permission",
    permissions: ["administration: write", "members: read"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["team-grant"],
      principalKinds: ["team"],
      entitlementLevels: ["admin", "write"],
      outcomes: ["reduce"],
    },
  },
  {
    ...EXACT,
    id: "github/remove-direct-collaborator",
    title: "remove direct collaborator",
    permissions: ["administration: write"],
    appliesTo: { subjectKind: "grant", grantKinds: ["collaboration"], principalNativeTypes: MEMBER },
  },
  {
    ...EXACT,
    id: "github/lower-direct-collaborator",
    title: "lower direct collaborator's permission",
    permissions: ["administration: write"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["collaboration"],
      principalNativeTypes: MEMBER,
      entitlementLevels: ["admin", "write"],
      outcomes: ["reduce"],
    },
  },
  {
    ...EXACT,
    id: "github/lower-organization-owner",
    title: "make owner a member",
    permissions: ["members: write"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["role"],
      principalNativeTypes: MEMBER,
      entitlementLevels: ["admin"],
      outcomes: ["revoke", "reduce"],
    },
  },
  {
    ...EXACT,
    id: "github/remove-organization-role",
    title: "take organization role",
    permissions: ["organization_custom_org_roles: write", "members: read"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["organization-role"],
      principalKinds: ["user", "team"],
    },
  },
  {
    ...EXACT,
    id: "github/delete-deploy-key",
    title: "delete deploy key",
    permissions: ["administration: write"],
    appliesTo: { subjectKind: "credential", credentialKinds: ["deploy-key"] },
  },
  {
    ...EXACT,
    id: "github/narrow-secret",
    title: "close secret to repository",
    permissions: ["organization_secrets: write"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["selection"],
      resourceKinds: ["secret"],
      outcomes: ["revoke", "reduce"],
    },
  },
  {
    ...EXACT,
    id: "github/narrow-runner-group",
    title: "close runner group to repository",
    permissions: ["organization_self_hosted_runners: write"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["selection"],
      resourceKinds: ["runner-group"],
      outcomes: ["revoke", "reduce"],
    },
  },
  {
    ...EXACT,
    id: "github/narrow-app-installation",
    title: "take repository from app",
    permissions: [
      "repo of a classic token, or enterprise_organization_installation_repositories: write (app of the enterprise)",
    ],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["selection"],
      principalNativeTypes: ["app-installation"],
      resourceKinds: ["repository"],
      outcomes: ["revoke", "reduce"],
    },
  },
  {
    ...EXACT,
    id: "github/suspend-app-installation",
    title: "suspend app",
    permissions: ["the app's own key"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["installation"],
      principalNativeTypes: ["app-installation"],
      // One that is suspended already can only be uninstalled.
      principalAttributes: { ownApp: true, suspended: false },
      outcomes: ["revoke", "reduce"],
    },
  },
  {
    ...EXACT,
    id: "github/cancel-copilot-seat",
    title: "cancel Copilot seat",
    permissions: ["organization_copilot_seat_management: write"],
    undoNeeds: "nobody has to do anything, but the seat is billed again",
    appliesTo: { subjectKind: "grant", grantKinds: ["seat"], principalKinds: ["user"] },
  },
  {
    ...NEEDS_PERSON,
    id: "github/remove-outside-collaborator",
    title: "remove outside collaborator",
    permissions: ["administration: write"],
    undoNeeds: "the person has to accept an invitation to the repository; a private fork of it is deleted for good",
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["collaboration"],
      principalNativeTypes: ["outside-collaborator"],
    },
  },
  {
    ...NEEDS_PERSON,
    id: "github/remove-organization-member",
    title: "remove from organization",
    permissions: ["members: write"],
    undoNeeds:
      "the person has to accept an invitation to the organization; teams, roles and direct access are given again by hand, and private forks are deleted for good",
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["role"],
      principalNativeTypes: MEMBER,
    },
  },
  {
    ...NEEDS_PERSON,
    id: "github/revoke-fine-grained-token",
    title: "revoke fine-grained token",
    permissions: ["organization_personal_access_tokens: write (GitHub App)"],
    undoNeeds: "the owner of the token has to ask for access again, and an owner of the organization to approve it",
    appliesTo: { subjectKind: "credential", credentialKinds: ["fine-grained-token"] },
  },
  {
    ...NEEDS_PERSON,
    id: "github/remove-single-sign-on-authorization",
    title: "take single sign-on authorization",
    permissions: ["organization_administration: write"],
    undoNeeds: "the owner of the credential has to authorise it for single sign-on again; nobody can do it for them",
    appliesTo: { subjectKind: "credential", credentialKinds: ["single-sign-on-authorization"] },
  },
  {
    ...NEEDS_PERSON,
    id: "github/cancel-organization-invitation",
    title: "cancel invitation",
    permissions: ["members: write"],
    undoNeeds: "the person gets another mail and has to accept that invitation",
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["invitation"],
      entitlementKinds: ["organization-role"],
    },
  },
  {
    ...NEEDS_PERSON,
    id: "github/cancel-repository-invitation",
    title: "cancel repository invitation",
    permissions: ["administration: write"],
    undoNeeds: "the person gets another mail and has to accept that invitation",
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["invitation"],
      entitlementKinds: ["repository-role"],
    },
  },
  {
    ...UNINSTALLS,
    id: "github/uninstall-app",
    permissions: ["enterprise_organization_installations: write (app of the enterprise), or the app's own key"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["installation"],
      principalNativeTypes: ["app-installation"],
      tenantAttributes: ["enterpriseSlug"],
    },
  },
  {
    ...UNINSTALLS,
    id: "github/uninstall-own-app",
    permissions: ["the app's own key"],
    appliesTo: {
      subjectKind: "grant",
      grantKinds: ["installation"],
      principalNativeTypes: ["app-installation"],
      principalAttributes: { ownApp: true },
    },
  },
];
