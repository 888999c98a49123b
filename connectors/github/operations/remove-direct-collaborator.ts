import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { captured, field, needed, refusedUnlessMember, type GitHubOperation } from "./operation.ts";

const ends = (target: RevocationTarget): readonly [repository: string, login: string] => [
  needed(target, "resource").locator,
  needed(target, "principal").locator,
];

/** Removes a direct collaborator who is a member of the organization: putting it back with the same permission works at once. */
export const removeDirectCollaborator: GitHubOperation = {
  id: "github/remove-direct-collaborator",
  capture: async (client, target) =>
    captured(await client.collaborator(...ends(target)), ({ permission }) => ({ permission })),
  revoke: (client, target) => client.removeCollaborator(...ends(target)),
  async restore(client, target, preImage) {
    const permission = field(preImage, "permission");
    if (permission === undefined) return { state: "refused", why: "the capsule holds no permission" };
    const [repository, login] = ends(target);
    return (await refusedUnlessMember(client, login)) ?? client.setCollaborator(repository, login, permission);
  },
  look: (client, target) => client.collaborator(...ends(target)),
};
