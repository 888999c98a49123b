import type { AccessGraph } from "../graph/access-graph.ts";
import { repositoryControls } from "../graph/github/repository-controls.ts";
import type { Protection, ProtectionRule } from "../model/protection.ts";
import type { Resource } from "../model/resource.ts";
import { layersOf, layersOn, wordsOf } from "../policy/github/layers.ts";
import type { RepositoryControls } from "../policy/github/repository-controls.ts";
import type { RefusalAtLine } from "../policy/refusal/read-text.ts";
import type { GitHubDenial } from "./why-denied-answer.ts";

/** What a snapshot adds to a push that was refused: the layers that hold for the ref, and whose review they ask for. */
export interface RefusedPush {
  /** One sentence per layer, as steps to look at. */
  readonly layers: readonly string[];
  /** Code owners, where it is their review that is missing. */
  readonly ask: GitHubDenial["ask"];
  readonly notes: readonly string[];
}

const NOTHING_KNOWN: RefusedPush = { layers: [], ask: [], notes: [] };

/** Words with which GitHub says that a review is missing: then who reviews is asked, not who could lift the rule. */
const REVIEW = /code owner|approving review|review required/i;

/** For refusals by protections and rulesets; says nothing about any other. Without the repository or the ref nothing is known. */
export function refusedPush(refusal: RefusalAtLine, graph: AccessGraph, repository: Resource | undefined): RefusedPush {
  const { signal, reason } = refusal.verdict;
  if ((signal !== "ruleset" && signal !== "protected-branch") || repository === undefined) return NOTHING_KNOWN;
  const controls = repositoryControls(graph)(repository.id);
  const { ref } = refusal.about;
  if (controls === undefined || ref === null) return NOTHING_KNOWN;
  if (!controls.protections.known)
    return { ...NOTHING_KNOWN, notes: [`what holds for \`${ref}\` is not known: ${controls.protections.why}`] };
  const name = ref.replace(/^refs\/(?:heads|tags)\//, "");
  const isTag = ref.startsWith("refs/tags/");
  const source = signal === "ruleset" ? "ruleset" : "classic";
  const holding = [
    ...layersOn(layersOf(controls, isTag ? "tag" : "branch"), name).map(({ protection }) => protection),
    ...controls.protections.value.filter(({ target, enforcement }) => target === "push" && enforcement === "active"),
  ].filter((one) => one.source === source);
  if (holding.length === 0)
    return { ...NOTHING_KNOWN, notes: [`none that was collected holds for \`${name}\`: it was made or changed since`] };
  const owned = REVIEW.test(reason) && holding.some(({ rules }) => rules.some(isOwned));
  return {
    layers: holding.map((protection) => `for \`${name}\` holds the ${layerInWords(protection)}`),
    ...(owned ? codeOwnersToAsk(graph, controls, repository.tenantId, reason) : { ask: [], notes: [] }),
  };
}

const isOwned = (rule: ProtectionRule): boolean => rule.kind === "pull-request" && rule.codeOwners;

function layerInWords(protection: Protection): string {
  const asks = [...new Set(protection.rules.map(ruleInWords))];
  const maybe = protection.repositories?.byProperty === true ? ", if its custom properties fit" : "";
  return `${wordsOf(protection)}${maybe}: ${asks.join(", ")}; ${bypassInWords(protection)}`;
}

function ruleInWords(rule: ProtectionRule): string {
  switch (rule.kind) {
    case "creation":
      return "nobody creates it";
    case "update":
      return "nobody pushes to it";
    case "deletion":
      return "nobody deletes it";
    case "non-fast-forward":
      return "no force pushes";
    case "lock":
      return "it is locked";
    case "pull-request":
      return `a pull request${rule.approvals > 0 ? ` with ${rule.approvals} ${rule.approvals === 1 ? "approval" : "approvals"}` : ""}${rule.codeOwners ? " and the review of code owners" : ""}`;
    case "status-checks":
      return rule.checks.length === 0
        ? "status checks"
        : `status checks ${rule.checks.map((check) => `\`${check}\``).join(", ")}`;
    case "merge-queue":
      return "the merge queue";
    case "deployments":
      return `deployments to ${rule.environments.map((one) => `\`${one}\``).join(", ")}`;
    case "signatures":
      return "signed commits";
    case "linear-history":
      return "no merge commits";
    case "file-paths":
      return `no change to ${rule.paths.map((path) => `\`${path}\``).join(", ")}`;
    case "other":
      return rule.name.replaceAll("_", " ");
  }
}

function bypassInWords({ rules }: Protection): string {
  const unread = rules.map(({ bypass }) => bypass).find((bypass) => !bypass.known);
  if (unread?.known === false) return `who may bypass it was not read (${unread.why})`;
  const names = rules.flatMap(({ bypass }) =>
    bypass.known
      ? bypass.value.map(({ type, name, mode }) =>
          type === "deploy-key"
            ? "deploy keys"
            : `${type === "repository-role" || type === "enterprise-role" ? "the role" : type.replace("-", " ")} \`${name}\`${mode === "pull-request" ? " (by pull request only)" : ""}`,
        )
      : [],
  );
  const all = [...new Set(names)];
  return all.length === 0 ? "nobody may bypass it" : `it may be bypassed by ${all.join(", ")}`;
}

/** Which files are pushed is not told: where GitHub names no code owner, all that the file lists. */
function codeOwnersToAsk(
  graph: AccessGraph,
  { codeOwners, name: repository }: RepositoryControls,
  tenantId: string,
  reason: string,
): Pick<RefusedPush, "ask" | "notes"> {
  if (!codeOwners.known) return { ask: [], notes: [`who the code owners are is not known: ${codeOwners.why}`] };
  const patterns = new Map<string, string[]>();
  for (const { pattern, owners } of codeOwners.value?.rules ?? [])
    for (const owner of owners) patterns.set(owner, [...(patterns.get(owner) ?? []), pattern]);
  const named = [...patterns].filter(([owner]) => isNamed(reason, owner));
  const ask: GitHubDenial["ask"][number][] = [];
  const missing: string[] = [];
  for (const [owner, paths] of named.length > 0 ? named : patterns) {
    // `@acme/platform` is the team `platform` of the organization, `@robin-sample` a login.
    const [, team] = owner.toLowerCase().split("/");
    const principal = graph.snapshot.principals.find(({ kind, tenantId: of, locator }) =>
      team === undefined
        ? kind === "user" && `@${locator.toLowerCase()}` === owner.toLowerCase()
        : kind === "team" && of === tenantId && locator.toLowerCase() === team,
    );
    if (principal === undefined) missing.push(`code owner \`${owner}\` was not collected`);
    else
      ask.push({
        principal: principal.locator,
        principalId: principal.id,
        as: `${principal.kind === "team" ? "team, " : ""}code owner of ${paths.map((pattern) => `\`${pattern}\``).join(", ")} in ${repository}`,
      });
  }
  return { ask, notes: missing };
}

function isNamed(reason: string, owner: string): boolean {
  const name = owner.replace(/^@/, "");
  const at = reason.toLowerCase().indexOf(name.toLowerCase());
  return at >= 0 && !/[\w-]/.test(reason.charAt(at + name.length));
}
