import type { CollectStep, ConnectorManifest } from "../../src/contracts/connector.ts";

const step = (
  id: string,
  title: string,
  provides: CollectStep["provides"],
  permissions: readonly string[],
  dependsOn: readonly string[] = ["organization"],
): CollectStep => ({ id, title, provides, permissions, dependsOn });

/** What the GitHub connector reads, what it may change, and what it needs for either. Data only. */
export const manifest: ConnectorManifest = {
  id: "github",
  title: "GitHub",
  steps: [
    step("organization", "organization", ["organization"], ["metadata: read"], []),
    step("members", "members and owners", ["member", "second-factor"], ["members: read"]),
    step("outside-collaborators", "outside collaborators", ["outside-collaborator"], ["members: read"]),
    step("teams", "teams", ["team"], ["members: read"], ["organization", "members"]),
    step("repositories", "repositories", ["repository"], ["metadata: read"]),
    step(
      "collaborators",
      "direct collaborators",
      ["collaborator"],
      ["administration: read"],
      ["organization", "members", "outside-collaborators", "repositories"],
    ),
    step("deploy-keys", "deploy keys", ["deploy-key"], ["administration: read"], ["organization", "repositories"]),
    step("installations", "apps", ["app-installation"], ["organization_administration: read"]),
    step("invitations", "invitations", ["invitation"], ["members: read"]),
    step(
      "fine-grained-tokens",
      "fine-grained tokens",
      ["fine-grained-token"],
      ["organization_personal_access_tokens: read (GitHub App)"],
      ["organization", "members"],
    ),
    step(
      "audit-log",
      "activity",
      ["activity"],
      ["organization_administration: read"],
      ["organization", "members", "outside-collaborators"],
    ),
  ],
  operations: [
    {
      id: "github/remove-team-membership",
      title: "remove from team",
      undoClass: "A",
      rehearsalOnly: false,
      permissions: ["members: write"],
      appliesTo: { subjectKind: "grant", grantKinds: ["membership"], principalNativeTypes: ["organization-member"] },
    },
    {
      id: "github/remove-team-repository",
      title: "take repository from team",
      undoClass: "A",
      rehearsalOnly: false,
      permissions: ["administration: write", "members: read"],
      appliesTo: { subjectKind: "grant", grantKinds: ["team-grant"], principalKinds: ["team"] },
    },
    {
      id: "github/remove-direct-collaborator",
      title: "remove direct collaborator",
      undoClass: "A",
      rehearsalOnly: false,
      permissions: ["administration: write"],
      appliesTo: { subjectKind: "grant", grantKinds: ["collaboration"], principalNativeTypes: ["organization-member"] },
    },
    {
      id: "github/remove-outside-collaborator",
      title: "remove outside collaborator",
      undoClass: "B",
      rehearsalOnly: true,
      permissions: ["administration: write"],
      appliesTo: {
        subjectKind: "grant",
        grantKinds: ["collaboration"],
        principalNativeTypes: ["outside-collaborator"],
      },
    },
    {
      id: "github/delete-deploy-key",
      title: "delete deploy key",
      undoClass: "A",
      rehearsalOnly: false,
      permissions: ["administration: write"],
      appliesTo: { subjectKind: "credential", credentialKinds: ["deploy-key"] },
    },
    {
      id: "github/remove-organization-member",
      title: "remove from organization",
      undoClass: "B",
      rehearsalOnly: true,
      permissions: ["members: write"],
      appliesTo: { subjectKind: "grant", grantKinds: ["role"], principalNativeTypes: ["organization-member"] },
    },
  ],
};
