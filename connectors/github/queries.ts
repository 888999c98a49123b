/**
 * GraphQL queries of the sweep and of the looks before and after a change; a test validates each against GitHub's published
 * schema. Page sizes come in as variables. `…Plain` asks for less: for tokens that lack the scope of a field.
 */
const members = (emails: string): string => `query members($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    id
    membersWithRole(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { role hasTwoFactorEnabled node { id databaseId login name createdAt ${emails}} }
    }
  }
}`;

const COLLABORATOR = `permission permissionSources { permission roleName source { __typename } } node { id databaseId login }`;
const TEAM_MEMBER = `pageInfo { hasNextPage endCursor } edges { role node { id login } }`;
const TEAM_REPOSITORY = `pageInfo { hasNextPage endCursor } edges { permission node { id nameWithOwner } }`;

/** All of them, by operation name. */
export const QUERIES = {
  members: members("organizationVerifiedDomainEmails(login: $organization) "),
  membersPlain: members(""),
  teams: `query teams($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    teams(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id databaseId slug name description privacy
        parentTeam { id slug }
        members(first: 100, membership: IMMEDIATE) { ${TEAM_MEMBER} }
        repositories(first: 100) { ${TEAM_REPOSITORY} }
      }
    }
  }
}`,
  teamMembers: `query teamMembers($organization: String!, $team: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    team(slug: $team) { members(first: $first, after: $after, membership: IMMEDIATE) { ${TEAM_MEMBER} } }
  }
}`,
  teamRepositories: `query teamRepositories($organization: String!, $team: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    team(slug: $team) { repositories(first: $first, after: $after) { ${TEAM_REPOSITORY} } }
  }
}`,
  repositories: `query repositories($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id databaseId name nameWithOwner visibility isArchived createdAt pushedAt viewerCanAdminister
        defaultBranchRef { name } deployKeys { totalCount }
        branchProtectionRules { totalCount } rulesets(first: 5, includeParents: false) { totalCount nodes { databaseId name } } environments { totalCount }
        workflows: object(expression: "HEAD:.github/workflows") { ... on Tree { entries { name } } }
      }
    }
  }
}`,
  collaborators: `query collaborators($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id nameWithOwner
        collaborators(first: 100, affiliation: DIRECT) { pageInfo { hasNextPage endCursor } edges { ${COLLABORATOR} } }
      }
    }
  }
}`,
  repositoryCollaborators: `query repositoryCollaborators($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    collaborators(first: $first, after: $after, affiliation: DIRECT) { pageInfo { hasNextPage endCursor } edges { ${COLLABORATOR} } }
  }
}`,
  teamMember: `query teamMember($organization: String!, $team: String!, $login: String!) {
  organization(login: $organization) {
    team(slug: $team) { members(first: 100, query: $login, membership: IMMEDIATE) { ${TEAM_MEMBER} } }
  }
}`,
  collaborator: `query collaborator($owner: String!, $name: String!, $login: String!) {
  repository(owner: $owner, name: $name) {
    collaborators(first: 100, login: $login, affiliation: DIRECT) { edges { ${COLLABORATOR} } }
  }
}`,
  size: `query size($organization: String!) {
  viewer { login }
  rateLimit { limit remaining resetAt }
  organization(login: $organization) {
    viewerIsAMember
    viewerCanAdminister
    membersWithRole { totalCount }
    teams { totalCount }
    repositories { totalCount }
  }
}`,
} as const;
