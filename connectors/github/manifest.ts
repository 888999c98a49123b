import type { ConnectorManifest } from "../../src/contracts/connector.ts";
import { STEPS } from "./steps/index.ts";

/** What the GitHub connector reads, what it may change, and what it needs for either. Data only. */
export const manifest: ConnectorManifest = {
  id: "github",
  title: "GitHub",
  steps: STEPS.map(({ manifest: step }) => step),
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
