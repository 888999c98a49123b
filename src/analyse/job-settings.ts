import { counted } from "../text/counted.ts";
import type { ActionsSettings } from "../model/actions-settings.ts";
import type { Observed } from "../model/observed.ts";
import { liveRepositories } from "./live-repositories.ts";
import { organizations, organizationSubject } from "./organization-switch.ts";
import type { FindingDraft, Rule, RuleContext, Undecided } from "./rule.ts";
import { evidence } from "./subject.ts";
import { suchAs } from "./such-as.ts";

/**
 * Asks one Actions setting of every repository, where Actions are on and the repository is not archived. One finding for each
 * organization: what the organization is strict about no repository can loosen, so that is where it is corrected.
 */
export function judgeJobSetting(
  context: RuleContext,
  one: {
    readonly found: (settings: ActionsSettings) => Observed<boolean>;
    /** What holds there: `jobs may approve pull requests`. */
    readonly words: string;
    readonly floor?: FindingDraft["floor"];
  },
): ReturnType<Rule["evaluate"]> {
  const live = liveRepositories(context).filter(
    ({ controls: { settings } }) => !(settings.enabled.known && !settings.enabled.value),
  );
  const drafts: FindingDraft[] = [];
  const undecided: Undecided[] = [];
  for (const organization of organizations(context)) {
    const own = live.filter(({ repository }) => repository.tenantId === organization.id);
    const names: string[] = [];
    for (const { repository, controls } of own) {
      const found = one.found(controls.settings);
      if (!found.known) undecided.push({ subjectId: repository.id, reason: found.why });
      else if (found.value) names.push(repository.displayName);
    }
    if (names.length === 0) continue;
    drafts.push({
      subject: organizationSubject(organization),
      grantId: null,
      grants: [],
      summary: `in ${names.length} of ${counted(own.length, "repository", "repositories")} of \`${organization.name}\` ${one.words}${suchAs(names)}`,
      evidence: evidence(context.now, "Actions settings"),
      suggestion: "ask-owner",
      scoreSubjectId: organization.id,
      ...(one.floor === undefined ? {} : { floor: one.floor }),
    });
  }
  return { drafts, examined: live.length, undecided };
}
