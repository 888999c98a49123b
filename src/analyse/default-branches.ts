import type { FindingDraft, RuleContext, Undecided } from "./rule.ts";
import type { Protection, ProtectionRule } from "../model/protection.ts";
import { layersOf, layersOn, type Layer } from "../policy/github/layers.ts";
import { liveRepositories, mintsTokens, type LiveRepository } from "./live-repositories.ts";

/** The default branch of a repository with every layer that holds for it. */
export interface DefaultBranch extends LiveRepository {
  readonly branch: string;
  /** Layers that hold for certain. */
  readonly sure: readonly Layer[];
  /** Rulesets that ask for custom properties, of which it is not known whether they are about the repository. */
  readonly maybe: readonly Layer[];
}

/** Default branches of repositories that are not archived or empty; undecided where not all protections were read. */
export function defaultBranches(context: RuleContext): {
  readonly branches: readonly DefaultBranch[];
  readonly undecided: readonly Undecided[];
} {
  const branches: DefaultBranch[] = [];
  const undecided: Undecided[] = [];
  for (const live of liveRepositories(context)) {
    const { controls, repository } = live;
    if (!controls.protections.known) {
      undecided.push({ subjectId: repository.id, reason: controls.protections.why });
      continue;
    }
    const branch = controls.defaultBranch;
    if (branch === null) continue;
    const layers = layersOn(layersOf(controls, "branch"), branch).filter(
      ({ protection }) => protection.rules.length > 0,
    );
    const unsure = ({ protection }: Layer): boolean => protection.repositories?.byProperty === true;
    branches.push({
      ...live,
      branch,
      sure: layers.filter((layer) => !unsure(layer)),
      maybe: layers.filter(unsure),
    });
  }
  return { branches, undecided };
}

/** Whether some layer has a rule like that: `yes`, `no`, or why it is not known. */
export function hasRule(
  { sure, maybe, repository }: DefaultBranch,
  like: (rule: ProtectionRule, source: Protection["source"]) => boolean,
): "yes" | "no" | Undecided {
  const has = ({ protection }: Layer): boolean => protection.rules.some((rule) => like(rule, protection.source));
  if (sure.some(has)) return "yes";
  const layer = maybe.find(has);
  return layer === undefined ? "no" : { subjectId: repository.id, reason: whetherAbout(layer) };
}

/** Why a layer may hold or not. */
export function whetherAbout({ words }: Pick<Layer, "words">): string {
  return `whether ${words} is about this repository: it may ask for custom properties`;
}

/** A rule that asks for the approval of somebody else. */
export function asksForApproval(
  rule: ProtectionRule,
): rule is Extract<ProtectionRule, { readonly kind: "pull-request" }> {
  return rule.kind === "pull-request" && rule.approvals > 0;
}

/** What weighs more where the branch's jobs sign in elsewhere: whoever changes it alone gets what they get. */
export function floorOf({ controls }: DefaultBranch): Pick<FindingDraft, "floor"> {
  return mintsTokens(controls) === true
    ? { floor: { score: 20, name: "its workflows ask for tokens that other systems trust" } }
    : {};
}
