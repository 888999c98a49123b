/**
 * GraphQL queries about sign-in and enterprises; a test validates each against GitHub's published schema. Those that ask for an
 * enterprise take its slug.
 */
const IDENTITIES = `externalIdentities(first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { guid samlIdentity { nameId } scimIdentity { username } user { id login } }
      }`;

/** All of them, by operation name. */
export const PEOPLE_QUERIES = {
  identityProvider: `query identityProvider($organization: String!) {
  organization(login: $organization) { samlIdentityProvider { id issuer } }
}`,
  identities: `query identities($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) { samlIdentityProvider { ${IDENTITIES} } }
}`,
  enterpriseIdentities: `query enterpriseIdentities($enterprise: String!, $first: Int!, $after: String) {
  enterprise(slug: $enterprise) { ownerInfo { samlIdentityProvider { ${IDENTITIES} } } }
}`,
  enterpriseIdentityProvider: `query enterpriseIdentityProvider($enterprise: String!) {
  enterprise(slug: $enterprise) { ownerInfo { samlIdentityProvider { id issuer } } }
}`,
  enterpriseOwners: `query enterpriseOwners($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    enterpriseOwners(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id databaseId login }
    }
  }
}`,
  enterprise: `query enterprise($enterprise: String!) {
  enterprise(slug: $enterprise) { id databaseId slug }
}`,
} as const;
