import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawIdentityList } from "../raw-people.ts";
import type { Convert } from "./converted.ts";
import { ofRoute } from "./place.ts";
import { tenantWith } from "./tenant-with.ts";

type Provider = { readonly id?: string; readonly externalIdentities?: RawIdentityList } | null | undefined;
interface Answer {
  readonly organization?: { readonly samlIdentityProvider: Provider };
  readonly enterprise?: { readonly ownerInfo: { readonly samlIdentityProvider: Provider } | null };
}

/**
 * Which members an identity of the identity provider is linked to. Who has none signs in without it: a back door, or somebody who was
 * forgotten. Only where every identity was read does silence mean that.
 */
export const singleSignOnIdentities: Convert = (requests, context, whole) => {
  const records = emptyRecords();
  const answers = ofRoute(requests, "POST /graphql").map(({ answer }) => answer as Answer);
  const providers = answers.map(
    (answer) => answer.organization?.samlIdentityProvider ?? answer.enterprise?.ownerInfo?.samlIdentityProvider,
  );
  const lists = providers.flatMap((provider) => provider?.externalIdentities ?? []);
  const present = providers.some((provider) => provider !== null && provider !== undefined);
  const askedEnterprise = answers.some((answer) => answer.enterprise !== undefined);
  const rows = lists.flatMap(({ nodes }) => nodes);
  const total = Math.max(0, ...lists.map(({ totalCount }) => totalCount ?? 0));
  const hidden = rows.filter((row) => row === null).length;
  const gaps = [
    ...(present && lists.length === 0 ? ["there is an identity provider, whose identities were not read"] : []),
    ...(hidden > 0 ? [`GitHub does not show ${hidden} of them to this token`] : []),
    ...(total > rows.length ? [`GitHub counts ${total} and gave ${rows.length}`] : []),
    ...(!present && !askedEnterprise
      ? [
          "the organization has no identity provider of its own; that of its enterprise is read where the settings name it",
        ]
      : []),
  ];
  const linked = new Map(
    rows.flatMap((row) =>
      row === null || row.user === null
        ? []
        : [[context.id(row.user.id), row.samlIdentity?.nameId ?? row.scimIdentity?.username ?? null] as const],
    ),
  );
  const byId = new Map([...context.principals.values()].map((person) => [person.id, person]));
  for (const row of rows) {
    const person = row === null || row.user === null ? undefined : byId.get(context.id(row.user.id));
    if (row?.guid !== undefined && person !== undefined) context.identities.set(row.guid, person);
  }
  const complete = whole && lists.length > 0 && gaps.length === 0;
  for (const person of context.principals.values()) {
    if (person.nativeType !== "organization-member") continue;
    const has = linked.has(person.id);
    // A list that was cut tells who is linked, and of nobody that they are not.
    if (!has && !complete) continue;
    records.principals.push({
      ...person,
      attributes: { ...person.attributes, ssoLinked: has, ssoName: linked.get(person.id) ?? null },
    });
  }
  records.tenants.push(
    tenantWith(context, { singleSignOn: present ? true : gaps.length === 0 && whole ? false : null }),
  );
  return {
    records,
    kinds: { "single-sign-on-identity": { items: linked.size, gap: gaps.length === 0 ? undefined : gaps.join("; ") } },
  };
};
