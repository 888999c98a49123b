import type { RecordKind } from "../../model/coverage.ts";
import type { AccessGraph } from "../access-graph.ts";

/** What each kind is called where it was not read. */
const WORDS: Partial<Readonly<Record<RecordKind, string>>> = {
  member: "members and owners",
  collaborator: "direct collaborators",
  team: "teams",
  "enterprise-team": "enterprise teams",
  "organization-role": "organization roles",
  "custom-repository-role": "custom repository roles",
  "enterprise-role": "enterprise owners",
  "deploy-key": "deploy keys",
  "app-installation": "apps",
  "installation-repository": "repositories of apps",
  "fine-grained-token": "fine-grained tokens",
  "token-repository": "repositories of fine-grained tokens",
  "branch-protection": "branch protection rules",
  ruleset: "rulesets",
  environment: "environments",
  workflow: "workflows",
  "code-owners": "CODEOWNERS files",
  "subject-template": "subject templates",
  "actions-settings": "Actions settings",
};

/** Why records of that kind may exist that nobody read, in words; undefined where all were read. */
export function gapOf(graph: AccessGraph, tenantId: string, kind: RecordKind): string | undefined {
  const row = graph.coverage(tenantId, kind);
  if (row?.state === "complete") return undefined;
  const words = WORDS[kind] ?? kind;
  const said = row?.state === "partial" ? `not all ${words} were read` : `${words} were not read`;
  return row?.reason === null || row === undefined ? said : `${said}: ${row.reason}`;
}

/** The gaps of several kinds, in their order. */
export function gapsOf(graph: AccessGraph, tenantId: string, kinds: readonly RecordKind[]): readonly string[] {
  return kinds.flatMap((kind) => gapOf(graph, tenantId, kind) ?? []);
}
