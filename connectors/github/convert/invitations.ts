import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawInvitation } from "../raw.ts";
import type { Convert } from "./converted.ts";
import { fact, instantOf, organizationRole, principal } from "./parts.ts";

/** What an invitation's role is called once it is accepted; GitHub's other words (`billing_manager`) are kept. */
const ROLE: Readonly<Record<string, string>> = { admin: "owner", direct_member: "member", reinstate: "member" };

/** Invitations that nobody accepted yet: a person that is not a member, with the role waiting. */
export const invitations: Convert = (requests, context) => {
  const records = emptyRecords();
  for (const invitation of requests.flatMap((request) => request.answer as readonly RawInvitation[])) {
    const name = invitation.login ?? invitation.email ?? String(invitation.id);
    const invited = principal(context, {
      kind: "user",
      nativeType: "invited",
      nativeId: invitation.node_id,
      locator: name,
      displayName: name,
      email: invitation.email === null ? unknown("the invitation went to a login") : known(invitation.email),
      attributes: { invitationId: invitation.id },
    });
    const role = organizationRole(context, ROLE[invitation.role] ?? invitation.role);
    const inviter = invitation.inviter?.login;
    records.principals.push(invited);
    records.entitlements.push(role);
    records.grants.push(
      fact(context, "invitation", invited.id, role.id, {
        grantedAt: instantOf(invitation.created_at, "when it was sent"),
        grantedBy: inviter === undefined ? unknown("GitHub did not say who sent it") : known(inviter),
      }),
    );
  }
  return { records, kinds: { invitation: { items: records.principals.length } } };
};
