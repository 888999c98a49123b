import { rm } from "node:fs/promises";
import type { RevocationTarget, TargetPart } from "../../../src/model/revocation.ts";
import { connectorContract, type ContractProvider } from "../../contracts/connector-contract.ts";
import { inTenant, openRecorded, recording, TENANT } from "./sample-recording.ts";

const part = (kind: string, name: string, locator = name): TargetPart => ({
  id: name,
  kind,
  nativeId: name,
  locator,
  displayName: name,
});

function target(subjectKind: RevocationTarget["subjectKind"], parts: Partial<RevocationTarget>): RevocationTarget {
  return {
    system: "aws",
    tenantId: `aws:${TENANT}`,
    tenantNativeId: TENANT,
    subjectKind,
    subjectId: "x",
    principal: null,
    entitlement: null,
    resource: null,
    credential: null,
    ...parts,
  };
}

const robin = part("user", "robin.example");
const policyArn = `arn:aws:iam::${TENANT}:policy/ReadReports`;

connectorContract("the recorded AWS connector", async (): Promise<ContractProvider> => {
  const folder = await recording({
    ...inTenant({
      "login-profiles.json": {
        "robin.example": {
          UserName: "robin.example",
          CreateDate: "2024-01-11T08:00:00+00:00",
          Password: "canary-password",
        },
        "sam.example": null,
      },
    }),
    "recording.json": {
      format: 1,
      recordedAt: "2026-11-24T00:00:00Z",
      steps: {
        [`aws/${TENANT}/ssh-public-keys`]: {
          state: "denied",
          reason: "AccessDenied: not authorized to perform iam:ListSSHPublicKeys",
        },
      },
    },
  });
  return {
    open: () => openRecorded(folder, true),
    refused: ["ssh-public-keys"],
    canaries: ["canary-password"],
    changes: [
      {
        operation: "aws/deactivate-access-key",
        target: target("credential", { principal: robin, credential: part("access-key", "AKIASTALESTALESTALE2") }),
        restores: true,
      },
      {
        operation: "aws/detach-managed-policy",
        target: target("grant", { principal: robin, entitlement: part("policy", "ReadReports", policyArn) }),
        restores: true,
      },
      {
        operation: "aws/detach-managed-policy",
        target: target("grant", {
          principal: part("role", "deployer"),
          entitlement: part("policy", "ReadReports", policyArn),
        }),
        restores: true,
      },
      {
        operation: "aws/detach-managed-policy",
        target: target("grant", {
          principal: part("group", "builders"),
          entitlement: part("policy", "AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess"),
        }),
        restores: true,
      },
      {
        operation: "aws/delete-inline-policy",
        target: target("grant", { principal: robin, entitlement: part("policy", "own-bucket") }),
        restores: true,
      },
      {
        operation: "aws/delete-inline-policy",
        target: target("grant", { principal: part("role", "deployer"), entitlement: part("policy", "deploy") }),
        restores: true,
      },
      {
        operation: "aws/delete-inline-policy",
        target: target("grant", { principal: part("group", "builders"), entitlement: part("policy", "build") }),
        restores: true,
      },
      {
        operation: "aws/remove-from-group",
        target: target("grant", { principal: robin, entitlement: part("membership", "builders") }),
        restores: true,
      },
      {
        operation: "aws/delete-login-profile",
        target: target("credential", { principal: robin, credential: part("console-password", "password") }),
        restores: true,
      },
      {
        operation: "aws/delete-access-key",
        target: target("credential", { principal: robin, credential: part("access-key", "AKIASTALESTALESTALE2") }),
        restores: false,
      },
    ],
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
});
