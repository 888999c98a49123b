import { nobodyNamed } from "./o01-nobody-named.ts";
import { anyOwner } from "./o02-any-owner.ts";
import { unanchoredOwner } from "./o03-unanchored-owner.ts";
import { everyRepository } from "./o04-every-repository.ts";
import { everyBranchOfOne } from "./o05-every-branch.ts";
import { branchesByPattern } from "./o06-branches-by-pattern.ts";
import { pullRequests } from "./o07-pull-requests.ts";
import { unguardedEnvironment } from "./o08-unguarded-environment.ts";
import { weakEnvironment } from "./o09-weak-environment.ts";
import { conditionsThatMiss } from "./o10-conditions-that-miss.ts";
import { recycledName } from "./o11-recycled-name.ts";
import { anyId } from "./o12-any-id.ts";
import { templateWithout } from "./o13-template-without.ts";
import { calledWorkflow } from "./o14-called-workflow.ts";
import { staleTrust } from "./o15-stale-trust.ts";
import { forkPullRequests } from "./o16-fork-pull-requests.ts";
import { slashInName } from "./o17-slash-in-name.ts";
import type { Mistake, MistakeCheck, MistakeFacts } from "./mistake.ts";

/** Every class of mistakes in trusts of GitHub's tokens, in order of number; the widest come first. */
export const MISTAKES: readonly MistakeCheck[] = [
  nobodyNamed,
  anyOwner,
  unanchoredOwner,
  everyRepository,
  everyBranchOfOne,
  branchesByPattern,
  pullRequests,
  unguardedEnvironment,
  weakEnvironment,
  conditionsThatMiss,
  recycledName,
  anyId,
  templateWithout,
  calledWorkflow,
  staleTrust,
  forkPullRequests,
  slashInName,
];

/** What a trust does wrong, and what would have to be read to tell, in order of number and statement. */
export function mistakesOf(facts: MistakeFacts): readonly Mistake[] {
  return MISTAKES.flatMap(({ id, title, check }) => check(facts).map((answer) => ({ id, title, ...answer })));
}
