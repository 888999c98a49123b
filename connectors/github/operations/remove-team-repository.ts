import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { captured, field, needed, type GitHubOperation } from "./operation.ts";

const ends = (target: RevocationTarget): readonly [team: string, repository: string] => [
  needed(target, "principal").locator,
  needed(target, "resource").locator,
];

/** Takes a repository away from a team; the permission goes into the capsule, so putting it back is exact. */
export const removeTeamRepository: GitHubOperation = {
  id: "github/remove-team-repository",
  capture: async (client, target) =>
    captured(await client.teamRepository(...ends(target)), ({ permission }) => ({ permission })),
  revoke: (client, target) => client.removeTeamRepository(...ends(target)),
  async restore(client, target, preImage) {
    const permission = field(preImage, "permission");
    if (permission === undefined) return { state: "refused", why: "the capsule holds no permission" };
    return client.setTeamRepository(...ends(target), permission);
  },
  look: (client, target) => client.teamRepository(...ends(target)),
};
