import type { RevocationTarget } from "../../../src/model/revocation.ts";
import { isAtLeast, lowerPermission } from "./lower-permission.ts";
import { captured, field, needed, refusedUnlessMember, type GitHubOperation } from "./operation.ts";

const ends = (target: RevocationTarget): readonly [repository: string, login: string] => [
  needed(target, "resource").locator,
  needed(target, "principal").locator,
];

/** Lowers what a member holds directly on a repository: who administers may write after it, who writes may read. */
export const lowerCollaborator: GitHubOperation = {
  id: "github/lower-direct-collaborator",
  capture: async (client, target) =>
    captured(await client.collaborator(...ends(target)), ({ permission }) => ({ permission })),
  async revoke(client, target, preImage) {
    const lower = lowerPermission(field(preImage, "permission"));
    if (lower === undefined) return { state: "refused", why: "there is nothing lower than this permission" };
    const [repository, login] = ends(target);
    return (await refusedUnlessMember(client, login)) ?? client.setCollaborator(repository, login, lower);
  },
  async restore(client, target, preImage) {
    const permission = field(preImage, "permission");
    if (permission === undefined) return { state: "refused", why: "the capsule holds no permission" };
    const [repository, login] = ends(target);
    const now = await client.collaborator(repository, login);
    if (now.state === "unreadable") return { state: "refused", why: now.why };
    // Somebody took it away altogether since: raising it again would be a new grant.
    if (now.state === "absent")
      return { state: "refused", why: `\`${login}\` holds nothing on \`${repository}\` directly any more` };
    return (await refusedUnlessMember(client, login)) ?? client.setCollaborator(repository, login, permission);
  },
  async look(client, target, preImage) {
    const now = await client.collaborator(...ends(target));
    if (now.state !== "found") return now;
    return isAtLeast(now.value.permission, field(preImage, "permission")) ? now : { state: "absent" };
  },
};
