/**
 * GraphQL queries of protections, workflows, CODEOWNERS files and the IP allow list; a test validates each against GitHub's published
 * schema. Those that take `$ids` ask for repositories by node id, so that only those with something to see are asked.
 */
const ACTOR = `actor { __typename ... on User { id databaseId login } ... on Team { id slug } ... on App { id databaseId slug } }`;
const allowances = (name: string): string =>
  `${name}(first: 100) { pageInfo { hasNextPage endCursor } nodes { ${ACTOR} } }`;

/** All of them, by operation name. */
export const CONTROL_QUERIES = {
  branchProtections: `query branchProtections($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Repository {
      id nameWithOwner
      branchProtectionRules(first: 40) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          id pattern isAdminEnforced restrictsPushes blocksCreations allowsForcePushes allowsDeletions lockBranch
          requiresApprovingReviews requiredApprovingReviewCount dismissesStaleReviews requiresCodeOwnerReviews
          requireLastPushApproval requiresConversationResolution
          requiresStatusChecks requiresStrictStatusChecks requiredStatusCheckContexts
          requiresDeployments requiredDeploymentEnvironments requiresLinearHistory requiresCommitSignatures
          ${allowances("pushAllowances")}
          ${allowances("bypassPullRequestAllowances")}
          ${allowances("bypassForcePushAllowances")}
        }
      }
    }
  }
}`,
  workflows: `query workflows($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Repository {
      id nameWithOwner
      workflows: object(expression: "HEAD:.github/workflows") {
        ... on Tree { entries { name type object { ... on Blob { text isTruncated isBinary } } } }
      }
    }
  }
}`,
  codeOwners: `query codeOwners($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Repository {
      id nameWithOwner
      inGithub: object(expression: "HEAD:.github/CODEOWNERS") { ... on Blob { text isTruncated isBinary } }
      inRoot: object(expression: "HEAD:CODEOWNERS") { ... on Blob { text isTruncated isBinary } }
      inDocs: object(expression: "HEAD:docs/CODEOWNERS") { ... on Blob { text isTruncated isBinary } }
      codeowners { errors { line kind message path } }
    }
  }
}`,
  domains: `query domains($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    domains(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { domain isVerified isApproved }
    }
  }
}`,
  ipAllowList: `query ipAllowList($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    ipAllowListEnabledSetting
    ipAllowListForInstalledAppsEnabledSetting
    ipAllowListEntries(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id allowListValue name isActive createdAt updatedAt }
    }
  }
}`,
} as const;
