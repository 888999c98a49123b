import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawMemberEdge } from "../raw.ts";
import { connectionRows } from "./connection.ts";
import type { Convert, KindRead } from "./converted.ts";
import { fact, instantOf, organizationRole, principal } from "./parts.ts";

const OWNERS_ONLY = "GitHub shows it to organization owners only";

/** Members with their role; whether they have a second factor is shown to owners only. */
export const members: Convert = (requests, context) => {
  const records = emptyRecords();
  const { rows, gap } = connectionRows<RawMemberEdge>(requests, "membersWithRole");
  let factors = 0;
  let hidden = 0;
  for (const { node, role, hasTwoFactorEnabled } of rows) {
    if (node === null) {
      hidden += 1;
      continue;
    }
    const verified = node.organizationVerifiedDomainEmails?.[0];
    const email = verified ?? (node.email === "" ? null : node.email);
    const owner = role === "ADMIN";
    if (hasTwoFactorEnabled !== null) factors += 1;
    records.principals.push(
      context.remember(
        principal(context, {
          kind: "user",
          nativeType: "organization-member",
          nativeId: node.id,
          locator: node.login,
          displayName: node.login,
          email:
            email === undefined || email === null ? unknown("GitHub shows no e-mail of this member") : known(email),
          createdAt: instantOf(node.createdAt, "when the login was created"),
          secondFactor: hasTwoFactorEnabled === null ? unknown(OWNERS_ONLY) : known(hasTwoFactorEnabled),
          attributes: {
            role: owner ? "owner" : "member",
            emailVerified: verified !== undefined,
            databaseId: node.databaseId,
          },
        }),
      ),
    );
    const held = organizationRole(context, owner ? "owner" : "member");
    // The step that writes the roles down may have been refused.
    records.entitlements.push(held);
    records.grants.push(fact(context, "role", context.id(node.id), held.id));
  }
  const count = records.principals.length;
  const gaps = [
    ...(gap === undefined ? [] : [gap]),
    ...(hidden === 0 ? [] : [`GitHub hides who ${hidden} of them are`]),
  ];
  const cut = gaps.length === 0 ? undefined : gaps.join("; ");
  return { records, kinds: { member: { items: count, gap: cut }, "second-factor": factorsRead(factors, count, cut) } };
};

function factorsRead(factors: number, members: number, gap: string | undefined): KindRead {
  if (factors === 0 && members > 0) return { items: 0, denied: OWNERS_ONLY };
  return {
    items: factors,
    gap: factors < members ? `the second factors of ${members - factors} members are hidden` : gap,
  };
}
