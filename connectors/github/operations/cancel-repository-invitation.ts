import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { JsonValue } from "../../../src/model/json.ts";
import { restPermission } from "../permission.ts";
import type { GitHubClient, Lookup, PendingInvitation } from "../client.ts";
import { captured, field, needed, type GitHubOperation } from "./operation.ts";

/** Takes an invitation to a repository back. Undoing sends a new one, with a new id and another mail. */
export const cancelRepositoryInvitation: GitHubOperation = {
  id: "github/cancel-repository-invitation",
  capture: async (client, target) =>
    captured(await find(client, target, null), ({ login, role }) => ({ login, permission: restPermission(role) })),
  async revoke(client, target, preImage) {
    const invitation = await find(client, target, preImage);
    if (invitation.state === "absent") return invitation;
    if (invitation.state === "unreadable") return { state: "refused", why: invitation.why };
    return client.cancelRepositoryInvitation(needed(target, "resource").locator, invitation.value.id);
  },
  async restore(client, target, preImage) {
    const [login, permission] = [field(preImage, "login"), field(preImage, "permission")];
    if (login === undefined || permission === undefined)
      return { state: "refused", why: "the capsule does not hold who was invited" };
    return client.inviteToRepository(needed(target, "resource").locator, login, permission);
  },
  look: find,
};

/** The invitation by whom it went to: one that is sent anew is another one to the same person. */
async function find(
  client: GitHubClient,
  target: RevocationTarget,
  preImage: JsonValue,
): Promise<Lookup<PendingInvitation>> {
  const all = await client.repositoryInvitations(needed(target, "resource").locator);
  if (all.state !== "found") return all;
  const { nativeId, locator } = needed(target, "principal");
  // The invited person is named by login; one that GitHub does not name, by the number of the invitation.
  const login = field(preImage, "login") ?? locator;
  const found = all.value.find(
    (one) => one.login?.toLowerCase() === login.toLowerCase() || nativeId === `repository-invitation-${one.id}`,
  );
  return found === undefined ? { state: "absent" } : { state: "found", value: found };
}
