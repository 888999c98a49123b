import { removeDirectCollaborator } from "./remove-direct-collaborator.ts";
import { field, needed, type GitHubOperation } from "./operation.ts";

/**
 * Removes an outside collaborator from a repository. The call is that for members, but putting it back is an invitation that
 * the person must accept, and a private fork is gone for good.
 */
export const removeOutsideCollaborator: GitHubOperation = {
  ...removeDirectCollaborator,
  id: "github/remove-outside-collaborator",
  async restore(client, target, preImage) {
    const permission = field(preImage, "permission");
    if (permission === undefined) return { state: "refused", why: "the capsule holds no permission" };
    const [repository, login] = [needed(target, "resource").locator, needed(target, "principal").locator];
    const waiting = await client.repositoryInvitations(repository);
    // Asking twice must not mail twice; where nobody can look, once more is the lesser harm.
    const invited =
      waiting.state === "found" &&
      waiting.value.some((one) => !one.expired && one.login?.toLowerCase() === login.toLowerCase());
    if (invited) return { state: "refused", why: `\`${login}\` is invited already and has to accept` };
    return client.setCollaborator(repository, login, permission);
  },
};
