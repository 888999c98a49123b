import { captured, field, needed, type GitHubOperation } from "./operation.ts";

/** Removes a member from a team; putting it back with the same role works at once for members of the organization. */
export const removeTeamMembership: GitHubOperation = {
  id: "github/remove-team-membership",
  capture: async (client, target) =>
    captured(
      await client.teamMembership(needed(target, "entitlement").locator, needed(target, "principal").locator),
      ({ role }) => ({ role }),
    ),
  revoke: (client, target) =>
    client.removeTeamMembership(needed(target, "entitlement").locator, needed(target, "principal").locator),
  restore: (client, target, preImage) =>
    client.setTeamMembership(
      needed(target, "entitlement").locator,
      needed(target, "principal").locator,
      field(preImage, "role") === "maintainer" ? "maintainer" : "member",
    ),
  look: (client, target) =>
    client.teamMembership(needed(target, "entitlement").locator, needed(target, "principal").locator),
};
