import type { AccessGraph } from "../../graph/access-graph.ts";
import type { Resource } from "../../model/resource.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A group of self-hosted runners that public repositories, or all repositories, run their jobs on. */
export const openRunnerGroup: Rule = {
  id: "open-runner-group",
  title: "Runners are open to public or all repositories",
  concern: "overbroad",
  rationale:
    "whoever starts a job runs code on the machine, in a public repository that may be a stranger's pull request",
  remediation: "select the repositories of the group, and keep public ones out",
  controls: ["CIS GitHub 2.1.5", "CIS GitHub 2.1.6", "SOC 2 CC6.3", "ISO 27001 A.8.31"],
  needs: ["runner"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const groups = graph.snapshot.resources.filter(
      (one) =>
        one.kind === "runner-group" && readable(one.tenantId) && (isInherited(one) || mayHoldRunners(one, graph)),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const group of groups) {
      const { allowsPublicRepositories, visibility, restrictedToWorkflows } = group.attributes;
      if (typeof allowsPublicRepositories !== "boolean" || typeof visibility !== "string") {
        undecided.push({ subjectId: group.id, reason: "GitHub did not show which repositories it is open to" });
        continue;
      }
      const open = allowsPublicRepositories && (visibility === "all" || isSelectedByPublic(group, graph));
      // Only the workflows that are listed run there, whatever the repository.
      if (!open && (visibility !== "all" || restrictedToWorkflows === true)) continue;
      if (!mayHoldRunners(group, graph)) {
        undecided.push({ subjectId: group.id, reason: "runners of the enterprise, which may be in it, are not read" });
        continue;
      }
      drafts.push({
        subject: subjectOf(group, graph),
        grantId: null,
        grants: [],
        summary: `runner group \`${group.displayName}\` runs jobs of ${open ? "public repositories" : "every repository of the organization"}`,
        evidence: evidence(now, "runner groups"),
        suggestion: "narrow",
        scoreSubjectId: group.id,
        ...(open ? { floor: { score: 45, name: "strangers' pull requests may run code there" } } : {}),
      });
    }
    return { drafts, examined: groups.length, undecided };
  },
};

/** A group of the enterprise: its runners stand in no list of the organization. */
const isInherited = ({ attributes }: Resource): boolean => attributes["inherited"] === true;

/**
 * Every organization has a group by default; one without runners opens nothing. A runner that was not read, or whose group was not,
 * may be in any.
 */
function mayHoldRunners({ id, tenantId }: Resource, graph: AccessGraph): boolean {
  if (graph.coverage(tenantId, "runner")?.state !== "complete") return true;
  return graph.snapshot.resources.some(
    ({ kind, tenantId: of, attributes }) =>
      kind === "runner" &&
      of === tenantId &&
      (typeof attributes["groupId"] !== "number" || id === `${tenantId}:runner-group-${attributes["groupId"]}`),
  );
}

function isSelectedByPublic({ id }: Resource, graph: AccessGraph): boolean {
  return graph
    .holdersOf(`${id}#use`)
    .some(({ principalId }) => graph.resource(principalId)?.attributes["visibility"] === "public");
}
