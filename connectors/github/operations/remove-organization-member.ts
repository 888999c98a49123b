import { captured, field, needed, type GitHubOperation } from "./operation.ts";

/**
 * Removes a member from the organization, and with that from its teams and repositories; private forks are gone for good. Undoing
 * invites the person again: what came with the membership is not given back by it.
 */
export const removeOrganizationMember: GitHubOperation = {
  id: "github/remove-organization-member",
  capture: async (client, target) =>
    captured(await client.memberRole(needed(target, "principal").locator), ({ role }) => ({ role })),
  revoke: (client, target) => client.removeMember(needed(target, "principal").locator),
  async restore(client, target, preImage) {
    const { locator: login } = needed(target, "principal");
    const waiting = await client.organizationInvitations();
    if (waiting.state === "unreadable") return { state: "refused", why: waiting.why };
    // Asking twice must not mail twice.
    const invited =
      waiting.state === "found" && waiting.value.some((one) => one.login?.toLowerCase() === login.toLowerCase());
    if (invited) return { state: "refused", why: `\`${login}\` has an invitation already and has to accept it` };
    // An owner comes back as one only by another's hand: an invitation must not lie around that makes one.
    const sent = await client.inviteToOrganization({ login, email: null, role: "direct_member" });
    if (sent.state !== "done") return sent;
    const owned = field(preImage, "role") === "admin" ? ", as a member: being owner is given again by hand" : "";
    return { state: "refused", why: `an invitation was sent to \`${login}\`, who has to accept it first${owned}` };
  },
  look: (client, target) => client.memberRole(needed(target, "principal").locator),
};
