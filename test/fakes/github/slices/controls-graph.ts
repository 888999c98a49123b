/** Fields that the controls add to repositories and to the organization of GraphQL. */
import { GraphQLError } from "graphql";
import type { RawBlob } from "../../../../connectors/github/raw-controls.ts";
import type { BadDays } from "../bad-days.ts";
import type { GitHubState } from "../github-state.ts";
import { controlsOf } from "./controls-state.ts";

interface PageArguments {
  readonly first?: number;
  readonly after?: string | null;
}

/** Nodes in pages; the cursor is the place in the list. */
const pages =
  <T>(list: readonly T[], limit = Number.POSITIVE_INFINITY) =>
  ({ first = 30, after }: PageArguments) => {
    const start = Number(after ?? 0);
    const nodes = list.slice(start, start + Math.min(first, limit));
    const end = start + nodes.length;
    return {
      totalCount: list.length,
      pageInfo: { hasNextPage: end < list.length, endCursor: nodes.length === 0 ? null : String(end) },
      nodes,
    };
  };

/** A file as GitHub shows it. */
const blob = (file: string | RawBlob) => ({
  __typename: "Blob",
  isTruncated: false,
  isBinary: false,
  ...(typeof file === "string" ? { text: file } : file),
});

/** Branch rules, files and totals of a repository. */
export function repositoryControls(state: GitHubState, bad: BadDays, name: string): Readonly<Record<string, unknown>> {
  const controls = controlsOf(state);
  const files = controls.files[name] ?? {};
  const owners = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"].some((path) => files[path] !== undefined);
  const shown = bad.notOwner === true ? [] : (controls.branchRules[name] ?? []);
  return {
    branchProtectionRules: pages(
      shown.map((rule) => ({
        ...rule,
        pushAllowances: pages(rule.pushAllowances?.nodes ?? [], bad.nestedPage),
        bypassPullRequestAllowances: pages(rule.bypassPullRequestAllowances?.nodes ?? [], bad.nestedPage),
        bypassForcePushAllowances: pages(rule.bypassForcePushAllowances?.nodes ?? [], bad.nestedPage),
      })),
    ),
    rulesets: pages((controls.rulesets[name] ?? []).map(({ id, name: called }) => ({ databaseId: id, name: called }))),
    environments: pages(controls.environments[name] ?? []),
    codeowners: owners ? { errors: controls.codeOwnerErrors[name] ?? [] } : null,
    object: ({ expression }: { expression: string }) => {
      const path = expression.replace(/^HEAD:/, "");
      const file = files[path];
      if (file !== undefined) return blob(file);
      const below = Object.entries(files).filter(([own]) => own.startsWith(`${path}/`));
      if (below.length === 0) return null;
      const entries = below.map(([own, content]) => ({
        name: own.slice(path.length + 1),
        type: "blob",
        object: blob(content),
      }));
      return { __typename: "Tree", entries };
    },
  };
}

/** The IP allow list and the domains, which owners alone are shown. */
export function organizationControls(state: GitHubState, bad: BadDays): Readonly<Record<string, unknown>> {
  const { ipAllowList: list, domains } = controlsOf(state);
  const forOwners =
    <A extends readonly unknown[], R>(answer: (...given: A) => R) =>
    (...given: A): R => {
      if (bad.notOwner !== true && list !== null) return answer(...given);
      throw new GraphQLError("You must be an organization owner to see the IP allow list.", {
        extensions: { type: "FORBIDDEN" },
      });
    };
  return {
    ipAllowListEnabledSetting: forOwners(() => list?.enabled),
    ipAllowListForInstalledAppsEnabledSetting: forOwners(() => list?.enabled),
    ipAllowListEntries: forOwners(pages(list?.entries ?? [])),
    domains: bad.notOwner === true ? null : pages(domains),
  };
}
