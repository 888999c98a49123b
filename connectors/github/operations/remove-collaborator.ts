import { captured, field, needed, type GitHubOperation } from "./operation.ts";

/** What both kinds of collaborator share: GitHub removes them with the same call, only putting them back differs. */
const remove: Omit<GitHubOperation, "id"> = {
  capture: async (client, target) =>
    captured(
      await client.collaborator(needed(target, "resource").locator, needed(target, "principal").locator),
      ({ permission }) => ({ permission }),
    ),
  revoke: (client, target) =>
    client.removeCollaborator(needed(target, "resource").locator, needed(target, "principal").locator),
  async restore(client, target, preImage) {
    const permission = field(preImage, "permission");
    if (permission === undefined) return { state: "refused", why: "the capsule holds no permission" };
    return client.setCollaborator(needed(target, "resource").locator, needed(target, "principal").locator, permission);
  },
  look: (client, target) =>
    client.collaborator(needed(target, "resource").locator, needed(target, "principal").locator),
};

/** Removes a direct collaborator who is a member: putting it back works at once. */
export const removeDirectCollaborator: GitHubOperation = { id: "github/remove-direct-collaborator", ...remove };

/** Removes an outside collaborator: putting it back is an invitation that the person must accept. Only rehearsed for now. */
export const removeOutsideCollaborator: GitHubOperation = { id: "github/remove-outside-collaborator", ...remove };
