import { removeDirectCollaborator } from "./remove-direct-collaborator.ts";
import { field, needed, type GitHubOperation } from "./operation.ts";

/**
 * Removes an outside collaborator from a repository. The call is that for members, but putting it back is an invitation that
 * the person must accept, and a private fork is gone for good: only rehearsed for now.
 */
export const removeOutsideCollaborator: GitHubOperation = {
  ...removeDirectCollaborator,
  id: "github/remove-outside-collaborator",
  async restore(client, target, preImage) {
    const permission = field(preImage, "permission");
    if (permission === undefined) return { state: "refused", why: "the capsule holds no permission" };
    const [repository, login] = [needed(target, "resource").locator, needed(target, "principal").locator];
    return client.setCollaborator(repository, login, permission);
  },
};
