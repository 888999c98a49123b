/** GraphQL queries of the sweep; a test validates each against GitHub's published schema. Page sizes come in as variables. */
export const QUERIES = {
  members: `query members($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    id
    membersWithRole(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { role hasTwoFactorEnabled node { id databaseId login name email createdAt organizationVerifiedDomainEmails(login: $organization) } }
    }
  }
}`,
  teams: `query teams($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    teams(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id slug name description privacy
        parentTeam { id slug }
        members(first: 100, membership: IMMEDIATE) { pageInfo { hasNextPage endCursor } edges { role node { id login } } }
        repositories(first: 100) { pageInfo { hasNextPage endCursor } edges { permission node { id nameWithOwner } } }
      }
    }
  }
}`,
  teamMembers: `query teamMembers($organization: String!, $team: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    team(slug: $team) { members(first: $first, after: $after, membership: IMMEDIATE) { pageInfo { hasNextPage endCursor } edges { role node { id login } } } }
  }
}`,
  teamRepositories: `query teamRepositories($organization: String!, $team: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    team(slug: $team) { repositories(first: $first, after: $after) { pageInfo { hasNextPage endCursor } edges { permission node { id nameWithOwner } } } }
  }
}`,
  repositories: `query repositories($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id databaseId name nameWithOwner visibility isArchived createdAt pushedAt defaultBranchRef { name } deployKeys { totalCount } }
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
        collaborators(first: 100, affiliation: DIRECT) {
          pageInfo { hasNextPage endCursor }
          edges {
            permission
            permissionSources { permission roleName source { __typename } }
            node { id databaseId login }
          }
        }
      }
    }
  }
}`,
  repositoryCollaborators: `query repositoryCollaborators($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    collaborators(first: $first, after: $after, affiliation: DIRECT) {
      pageInfo { hasNextPage endCursor }
      edges { permission permissionSources { permission roleName source { __typename } } node { id databaseId login } }
    }
  }
}`,
} as const;
