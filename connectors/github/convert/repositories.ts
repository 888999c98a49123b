import type { RawRepository } from "../raw.ts";
import { connectionRows } from "./connection.ts";
import type { NamedRuleset } from "../client.ts";
import type { Convert } from "./converted.ts";
import { repositoryResource } from "./parts.ts";

/** Repositories, and how many deploy keys each has: that decides which are asked for them. */
export const repositories: Convert = (requests, context, whole) => {
  const { rows, gap } = connectionRows<RawRepository>(requests, "repositories");
  const resources = rows.map((repository) =>
    context.rememberRepository(
      repositoryResource(context, repository, {
        visibility: repository.visibility.toLowerCase(),
        archived: repository.isArchived,
        defaultBranch: repository.defaultBranchRef?.name ?? null,
        pushedAt: repository.pushedAt,
        databaseId: repository.databaseId,
        ...(repository.forkingAllowed === undefined ? {} : { forkingAllowed: repository.forkingAllowed }),
      }),
      {
        swept: {
          nodeId: repository.id,
          databaseId: repository.databaseId,
          archived: repository.isArchived,
          visibility: repository.visibility.toLowerCase(),
          pushedAt: repository.pushedAt,
          administered: repository.viewerCanAdminister !== false,
          deployKeys: repository.deployKeys?.totalCount ?? null,
          branchRules: repository.branchProtectionRules?.totalCount ?? null,
          rulesets: repository.rulesets?.totalCount ?? null,
          namedRulesets: namedRulesets(repository),
          environments: repository.environments?.totalCount ?? null,
          hasWorkflows: repository.workflows === undefined ? null : (repository.workflows?.entries?.length ?? 0) > 0,
        },
        deployKeys: repository.deployKeys?.totalCount ?? 0,
        administered: repository.deployKeys !== null && repository.viewerCanAdminister !== false,
      },
    ),
  );
  context.repositoriesGap = gap ?? (whole ? null : "the list was cut");
  return { records: { resources }, kinds: { repository: { items: resources.length, gap } } };
};

/** Its own rulesets, null where the sweep did not name every one. */
function namedRulesets({ rulesets }: RawRepository): readonly NamedRuleset[] | null {
  const named = (rulesets?.nodes ?? []).flatMap((node) =>
    node === null || node.databaseId === null ? [] : [{ id: node.databaseId, name: node.name }],
  );
  return rulesets?.totalCount === named.length ? named : null;
}
