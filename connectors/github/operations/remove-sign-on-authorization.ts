import { capturedWithUse, needed, type GitHubOperation } from "./operation.ts";

/** Takes the authorization for single sign-on from a classic token, SSH key or app token. Only its owner can authorise it again. */
export const removeSignOnAuthorization: GitHubOperation = {
  id: "github/remove-single-sign-on-authorization",
  capture: async (client, target) =>
    capturedWithUse(await client.signOnAuthorization(Number(needed(target, "credential").nativeId)), ({ login }) => ({
      login,
    })),
  revoke: (client, target) => client.removeSignOnAuthorization(Number(needed(target, "credential").nativeId)),
  restore: () =>
    Promise.resolve({
      state: "refused",
      why: "its owner has to authorise it for single sign-on again; nobody else can",
    }),
  look: (client, target) => client.signOnAuthorization(Number(needed(target, "credential").nativeId)),
};
