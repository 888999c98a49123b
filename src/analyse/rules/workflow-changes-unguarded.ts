import type { Workflow } from "../../model/workflow.ts";
import { codeOwnersOf } from "../../policy/github/code-owner-of.ts";
import type { RepositoryControls } from "../../policy/github/repository-controls.ts";
import { WORKFLOW_FILES } from "../../policy/github/workflow-files.ts";
import { findName } from "../../policy/names/find-name.ts";
import { defaultBranches, hasRule, whetherAbout, type DefaultBranch } from "../default-branches.ts";
import { mintsTokens } from "../live-repositories.ts";
import { wordsOf } from "../../policy/github/layers.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A repository whose jobs sign in elsewhere, and whose workflow files are nobody's in particular. */
export const workflowChangesUnguarded: Rule = {
  id: "workflow-changes-unguarded",
  title: "Workflow files that mint tokens are not guarded",
  concern: "overbroad",
  rationale: "a line in a workflow file uses whatever the repository's jobs may sign in to",
  remediation:
    "name owners of `/.github/workflows/` in CODEOWNERS and require their review, or restrict the path by a push ruleset",
  controls: ["CIS GitHub 2.3.4", "SOC 2 CC8.1", "ISO 27001 A.8.32"],
  needs: ["repository", "branch-protection", "ruleset", "workflow", "code-owners"],
  systems: ["github"],
  evaluate(context) {
    const { branches, undecided: unread } = defaultBranches(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [...unread];
    for (const one of branches) {
      const { repository, controls } = one;
      const mints = mintsTokens(controls);
      if (mints === false) continue;
      if (mints === undefined) {
        const reason = controls.workflows.known ? "not all of its workflows parse" : controls.workflows.why;
        undecided.push({ subjectId: repository.id, reason });
        continue;
      }
      const guarded = guardOf(one);
      if (guarded === "yes") continue;
      if (guarded !== "no") {
        undecided.push(guarded);
        continue;
      }
      const [first] = minting(controls);
      drafts.push({
        subject: subjectOf(repository, context.graph),
        grantId: null,
        grants: [],
        summary: `no code owner and no push ruleset guards the workflow files of \`${repository.displayName}\`, and \`${first?.path ?? ""}\` asks for tokens that other systems trust`,
        evidence: evidence(context.now, "workflows", "CODEOWNERS", "branch protection and rulesets"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
        floor: { score: 20, name: "its workflows ask for tokens that other systems trust" },
      });
    }
    return { drafts, examined: branches.length + unread.length, undecided };
  },
};

/** Whether something guards changes of every workflow file, new ones too. */
function guardOf(one: DefaultBranch): "yes" | "no" | Undecided {
  const byPath = restricted(one);
  if (byPath === "yes") return "yes";
  const { controls, repository } = one;
  const required = hasRule(one, (rule) => rule.kind === "pull-request" && rule.codeOwners);
  if (required === "no") return byPath;
  if (!controls.codeOwners.known) return { subjectId: repository.id, reason: controls.codeOwners.why };
  const file = controls.codeOwners.value;
  const paths = [...minting(controls).map(({ path }) => path), NEW_FILE];
  if (file === null || paths.some((path) => codeOwnersOf(file, path).length === 0)) return byPath;
  return required;
}

/** A file that does not exist yet is as good a way in as one that does. */
const NEW_FILE = ".github/workflows/another.yml";

/** Whether push rulesets leave no path of a workflow file. */
function restricted({ controls, repository }: DefaultBranch): "yes" | "no" | Undecided {
  const all = controls.protections.known ? controls.protections.value : [];
  const about = all.filter(({ target, enforcement }) => target === "push" && enforcement === "active");
  const closes = (protections: typeof about): boolean => {
    const paths = protections.flatMap(({ rules }) =>
      rules.flatMap((rule) => (rule.kind === "file-paths" ? rule.paths : [])),
    );
    const none = [...WORKFLOW_FILES.none, ...paths.map((pattern) => ({ syntax: "fnmatch" as const, pattern }))];
    return paths.length > 0 && findName({ all: WORKFLOW_FILES.all, none }, [NEW_FILE]).state === "none";
  };
  if (closes(about.filter(({ repositories }) => repositories?.byProperty !== true))) return "yes";
  const unsure = about.find(({ repositories }) => repositories?.byProperty === true);
  if (unsure === undefined || !closes(about)) return "no";
  return { subjectId: repository.id, reason: whetherAbout({ words: wordsOf(unsure) }) };
}

function minting({ workflows }: RepositoryControls): readonly Workflow[] {
  if (!workflows.known) return [];
  return workflows.value.filter(({ enabled, jobs }) => enabled && jobs.some(({ mintsToken }) => mintsToken));
}
