import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { JsonValue } from "../../../src/model/json.ts";
import type { GitHubClient, Lookup, PendingInvitation } from "../client.ts";
import { captured, field, needed, type GitHubOperation } from "./operation.ts";

/** Takes an invitation to the organization back. Undoing sends a new one, with a new id and another mail. */
export const cancelOrganizationInvitation: GitHubOperation = {
  id: "github/cancel-organization-invitation",
  capture: async (client, target) =>
    captured(await find(client, target, null), ({ login, email, role }) => ({ login, email, role })),
  async revoke(client, target, preImage) {
    const invitation = await find(client, target, preImage);
    if (invitation.state === "absent") return invitation;
    if (invitation.state === "unreadable") return { state: "refused", why: invitation.why };
    return client.cancelOrganizationInvitation(invitation.value.id);
  },
  async restore(client, _target, preImage) {
    const role = field(preImage, "role");
    const [login, email] = [field(preImage, "login") ?? null, field(preImage, "email") ?? null];
    if (role === undefined || (login === null && email === null))
      return { state: "refused", why: "the capsule does not hold who was invited" };
    return client.inviteToOrganization({ login, email, role });
  },
  look: find,
};

/** The invitation by its id, or, when it was sent anew, by whom it went to. */
async function find(
  client: GitHubClient,
  target: RevocationTarget,
  preImage: JsonValue,
): Promise<Lookup<PendingInvitation>> {
  const all = await client.organizationInvitations();
  if (all.state !== "found") return all;
  const [login, email] = [field(preImage, "login"), field(preImage, "email")];
  const found = all.value.find(
    (one) =>
      one.nodeId === needed(target, "principal").nativeId ||
      (login !== undefined && one.login?.toLowerCase() === login.toLowerCase()) ||
      (login === undefined && email !== undefined && one.email?.toLowerCase() === email.toLowerCase()),
  );
  return found === undefined ? { state: "absent" } : { state: "found", value: found };
}
