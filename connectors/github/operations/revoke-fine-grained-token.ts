import { capturedWithUse, needed, type GitHubOperation } from "./operation.ts";

/** Takes a fine-grained token's access to the organization away. Its owner has to ask for it again; the token itself lives on elsewhere. */
export const revokeFineGrainedToken: GitHubOperation = {
  id: "github/revoke-fine-grained-token",
  capture: async (client, target) =>
    capturedWithUse(await client.fineGrainedToken(Number(needed(target, "credential").nativeId)), ({ owner }) => ({
      owner,
    })),
  revoke: (client, target) => client.revokeFineGrainedToken(Number(needed(target, "credential").nativeId)),
  restore: () =>
    Promise.resolve({
      state: "refused",
      why: "its owner has to ask for access again, and an owner of the organization to approve",
    }),
  look: (client, target) => client.fineGrainedToken(Number(needed(target, "credential").nativeId)),
};
