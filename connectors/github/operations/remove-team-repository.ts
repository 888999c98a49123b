import { captured, field, needed, type GitHubOperation } from "./operation.ts";

/** Takes a repository away from a team; the permission goes into the capsule, so putting it back is exact. */
export const removeTeamRepository: GitHubOperation = {
  id: "github/remove-team-repository",
  capture: async (client, target) =>
    captured(
      await client.teamRepository(needed(target, "principal").locator, needed(target, "resource").locator),
      ({ permission }) => ({ permission }),
    ),
  revoke: (client, target) =>
    client.removeTeamRepository(needed(target, "principal").locator, needed(target, "resource").locator),
  async restore(client, target, preImage) {
    const permission = field(preImage, "permission");
    if (permission === undefined) return { state: "refused", why: "the capsule holds no permission" };
    return client.setTeamRepository(
      needed(target, "principal").locator,
      needed(target, "resource").locator,
      permission,
    );
  },
  look: (client, target) =>
    client.teamRepository(needed(target, "principal").locator, needed(target, "resource").locator),
};
