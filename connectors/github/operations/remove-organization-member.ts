import { captured, needed, type GitHubOperation } from "./operation.ts";

/** Removes a member from the organization. Coming back is an invitation, and private forks are gone: only rehearsed for now. */
export const removeOrganizationMember: GitHubOperation = {
  id: "github/remove-organization-member",
  capture: async (client, target) =>
    captured(await client.memberRole(needed(target, "principal").locator), ({ role }) => ({ role })),
  revoke: (client, target) => client.removeMember(needed(target, "principal").locator),
  restore: () => Promise.resolve({ state: "refused", why: "the person has to accept an invitation first" }),
  look: (client, target) => client.memberRole(needed(target, "principal").locator),
};
