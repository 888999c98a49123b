import { repositoryAccess } from "../../graph/github/repository-access.ts";
import { liveRepositories } from "../live-repositories.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A repository that fewer than two people administer, organization owners and teams counted. */
export const repositoryWithOneAdministrator: Rule = {
  id: "repository-with-one-administrator",
  title: "Repository has fewer than two administrators",
  concern: "overbroad",
  rationale: "what only one person can administer stays as it is when that person is away or gone",
  remediation: "give a second person, or a team, the role admin",
  controls: ["CIS GitHub 1.3.7", "ISO 27001 A.8.2"],
  needs: ["repository", "member", "collaborator"],
  systems: ["github"],
  evaluate(context) {
    const { graph } = context;
    const all = liveRepositories(context);
    const access = repositoryAccess(graph);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const { repository } of all) {
      const { people, missing } = access.accessTo(repository.id, "admin");
      const administrators = people.filter(({ role }) => role === "admin");
      if (administrators.length >= 2) continue;
      const [gap] = [...missing, ...people.flatMap((person) => person.missing)];
      if (gap !== undefined) {
        undecided.push({ subjectId: repository.id, reason: gap });
        continue;
      }
      const [only] = administrators;
      const name = only === undefined ? undefined : (graph.principal(only.principalId)?.displayName ?? "");
      drafts.push({
        subject: subjectOf(repository, graph),
        grantId: null,
        grants: (only?.sources ?? []).flatMap(({ grants }) => grants),
        summary: `${name === undefined ? "nobody administers" : `only \`${name}\` administers`} \`${repository.displayName}\``,
        evidence: evidence(context.now, "members", "teams", "direct collaborators"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
      });
    }
    return { drafts, examined: all.length, undecided };
  },
};
