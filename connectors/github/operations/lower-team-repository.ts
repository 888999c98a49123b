import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { isAtLeast, lowerPermission } from "./lower-permission.ts";
import { captured, field, needed, type GitHubOperation } from "./operation.ts";

const ends = (target: RevocationTarget): readonly [team: string, repository: string] => [
  needed(target, "principal").locator,
  needed(target, "resource").locator,
];

/** Lowers what a team may do on a repository: from administering to writing, from writing to reading. */
export const lowerTeamRepository: GitHubOperation = {
  id: "github/lower-team-repository",
  capture: async (client, target) =>
    captured(await client.teamRepository(...ends(target)), ({ permission }) => ({ permission })),
  async revoke(client, target, preImage) {
    const lower = lowerPermission(field(preImage, "permission"));
    if (lower === undefined) return { state: "refused", why: "there is nothing lower than this permission" };
    return client.setTeamRepository(...ends(target), lower);
  },
  async restore(client, target, preImage) {
    const permission = field(preImage, "permission");
    if (permission === undefined) return { state: "refused", why: "the capsule holds no permission" };
    const [team, repository] = ends(target);
    const now = await client.teamRepository(team, repository);
    if (now.state === "unreadable") return { state: "refused", why: now.why };
    // Somebody took it away altogether since: raising it again would be a new grant.
    if (now.state === "absent")
      return { state: "refused", why: `the team \`${team}\` holds nothing on \`${repository}\` any more` };
    return client.setTeamRepository(team, repository, permission);
  },
  async look(client, target, preImage) {
    const now = await client.teamRepository(...ends(target));
    if (now.state !== "found") return now;
    return isAtLeast(now.value.permission, field(preImage, "permission")) ? now : { state: "absent" };
  },
};
