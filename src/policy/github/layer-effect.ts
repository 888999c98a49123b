import type { ProtectionRule } from "../../model/protection.ts";
import { bypassOf } from "./bypass.ts";
import { allOf, conditional, no, unknownReach, yes } from "./combine-reach.ts";
import type { Layer } from "./layers.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";

/** What is done to a ref: moved by a push, made anew, or moved by merging a pull request into it. */
export type RefAct = "push" | "create" | "merge";

/** A rule that asks for a pull request. */
export type PullRequestRule = Extract<ProtectionRule, { readonly kind: "pull-request" }>;

/** What a pull request needs under the rules that do not let the actor merge without; `merge` only. */
export type JudgePullRequest = (rules: readonly PullRequestRule[], layer: string) => Reach;

/**
 * What one layer lets the actor do to a ref that it matches. Sources: "About protected branches", "Available rules for rulesets",
 * GitHub documentation.
 *
 * Classic protection does not look at pushes that create a branch unless it restricts those. A ruleset checks new commits of a new
 * ref (status checks, deployments) but cannot ask for a pull request into what does not exist yet. Signatures (everybody may sign
 * with a key of his own), linear history, force pushes and deletions stop nobody who adds a commit.
 */
export function layerEffect(actor: PushActor, layer: Layer, act: RefAct, judge: JudgePullRequest): Reach {
  const { protection, words } = layer;
  if (act === "create" && protection.source === "classic" && !protection.rules.some(({ kind }) => kind === "creation"))
    return OPEN;
  const effects = protection.rules.map((rule) => ruleEffect(actor, rule, layer, act, judge));
  const effect = effects.every((one) => one === OPEN) ? OPEN : allOf(effects);
  if (effect.state === "yes" || protection.repositories?.byProperty !== true) return effect;
  return unknownReach([`whether ${words} is about this repository: it may ask for custom properties`], effect.why);
}

/** Nothing in the way; one object, so that it is known again. */
export const OPEN: Reach = yes("");

/** The rules of a layer that ask the actor for a reviewed pull request and that he cannot merge without. */
export function pullRequestRules(actor: PushActor, layer: Layer): readonly PullRequestRule[] {
  return layer.protection.rules.filter(
    (rule): rule is PullRequestRule =>
      rule.kind === "pull-request" && !lets(bypassOf(actor, rule, layer.protection.source).held, "merge"),
  );
}

function ruleEffect(actor: PushActor, rule: ProtectionRule, layer: Layer, act: RefAct, judge: JudgePullRequest): Reach {
  const alone = withoutBypass(rule, layer.words, act, judge);
  if (alone.state === "yes") return alone;
  const bypass = bypassOf(actor, rule, layer.protection.source);
  if (lets(bypass.held, act)) return OPEN;
  // What is possible under conditions stays possible whoever bypasses; only a closed way may be open after all.
  return bypass.held === "unknown" && alone.state === "no" ? unknownReach([bypass.why], alone.why) : alone;
}

function lets(held: string, act: RefAct): boolean {
  return held === "always" || (held === "pull-request" && act === "merge");
}

function withoutBypass(rule: ProtectionRule, words: string, act: RefAct, judge: JudgePullRequest): Reach {
  switch (rule.kind) {
    case "creation":
      return act === "create" ? no(`${words} lets nobody create it`) : OPEN;
    case "update":
      return act === "create" ? OPEN : no(`${words} restricts who may push`);
    case "lock":
      return act === "create" ? OPEN : no(`${words} locks it`);
    case "pull-request":
      if (act === "merge") return judge([rule], words);
      return act === "push" ? no(`${words} asks for a pull request`) : OPEN;
    case "merge-queue":
      return act === "push" ? no(`${words} asks for the merge queue`) : OPEN;
    case "status-checks":
      if (rule.checks.length === 0) return OPEN;
      return conditional(
        rule.checks.map((check) => `status check \`${check}\``),
        `${words} asks for status checks`,
      );
    case "deployments":
      if (rule.environments.length === 0) return OPEN;
      return conditional(
        rule.environments.map((name) => `a deployment to \`${name}\``),
        `${words} asks for deployments`,
      );
    case "other":
      return otherRule(rule.name, words, act);
    case "deletion":
    case "non-fast-forward":
    case "signatures":
    case "linear-history":
    case "file-paths":
      return OPEN;
  }
}

/** Rules by GitHub's names of their types. What the author of a commit decides himself stops nobody. */
function otherRule(name: string, words: string, act: RefAct): Reach {
  if (AUTHORS_CHOICE.has(name)) return OPEN;
  if (name === "branch_name_pattern" || name === "tag_name_pattern")
    return act === "create"
      ? unknownReach([`which names \`${name}\` of ${words} allows`], `${words} restricts names`)
      : OPEN;
  // Required workflows run on pull requests and merge queues only, so a push can never satisfy them.
  if (name === "workflows" && act === "push") return no(`${words} asks for required workflows`);
  if (MERGE_GATES.has(name)) return conditional([`\`${name}\` of ${words} to pass`], `${words} asks for \`${name}\``);
  return unknownReach([`what \`${name}\` of ${words} asks for`], `${words} has a rule that is not judged`);
}

const AUTHORS_CHOICE = new Set([
  "commit_message_pattern",
  "commit_author_email_pattern",
  "committer_email_pattern",
  "max_file_path_length",
  "max_file_size",
  "file_extension_restriction",
  "copilot_code_review",
  "conversation-resolution",
  "required_review_thread_resolution",
]);
const MERGE_GATES = new Set(["workflows", "code_scanning", "code_quality"]);
