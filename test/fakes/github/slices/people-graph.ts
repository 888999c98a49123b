/** Fields that identities and owners of an enterprise add to GraphQL. */
import { GraphQLError } from "graphql";
import type { RawIdentity } from "../../../../connectors/github/raw-people.ts";
import type { BadDays } from "../bad-days.ts";
import type { GitHubState } from "../github-state.ts";
import { peopleOf } from "./people-state.ts";

interface PageArguments {
  readonly first?: number;
  readonly after?: string | null;
}

/** Nodes in pages; the cursor is the place in the list. */
const pages =
  <T>(list: readonly T[]) =>
  ({ first = 30, after }: PageArguments) => {
    const start = Number(after ?? 0);
    const nodes = list.slice(start, start + first);
    const end = start + nodes.length;
    return {
      totalCount: list.length,
      pageInfo: { hasNextPage: end < list.length, endCursor: nodes.length === 0 ? null : String(end) },
      nodes,
    };
  };

const provider = (identities: readonly RawIdentity[] | null) =>
  identities === null ? null : { id: "SAML_1", issuer: "https://login.invalid", externalIdentities: pages(identities) };

const forOwners = <R>(bad: BadDays, what: string, answer: R): (() => R) | R => {
  if (bad.notOwner !== true) return answer;
  return () => {
    throw new GraphQLError(`You must be an organization owner to see ${what}.`, { extensions: { type: "FORBIDDEN" } });
  };
};

/** Identity provider of the organization, and who owns its enterprise. */
export function organizationPeople(state: GitHubState, bad: BadDays): Readonly<Record<string, unknown>> {
  const { identities, enterpriseOwners } = peopleOf(state);
  return {
    samlIdentityProvider: forOwners(bad, "the identity provider", provider(identities)),
    enterpriseOwners: forOwners(bad, "owners of the enterprise", pages(enterpriseOwners)),
  };
}

/** The enterprise, to those who may see it. */
export function rootPeople(state: GitHubState): Readonly<Record<string, unknown>> {
  const { enterprise } = peopleOf(state);
  return {
    enterprise: ({ slug }: { slug: string }) =>
      enterprise?.slug !== slug
        ? null
        : {
            id: "E_sample1",
            databaseId: enterprise.databaseId,
            slug,
            ownerInfo: { samlIdentityProvider: provider(enterprise.identities) },
          },
  };
}
