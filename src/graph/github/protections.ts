import { known, unknown, type Observed } from "../../model/observed.ts";
import type { Policy } from "../../model/policy.ts";
import type { Protection } from "../../model/protection.ts";
import type { Resource } from "../../model/resource.ts";
import { matchesName } from "../../policy/names/find-name.ts";
import type { ReadDocuments } from "./repository-controls.ts";

/**
 * Every layer that applies to the repository: its own classic rules and rulesets, and those rulesets of the organization and the
 * enterprise that are about it.
 *
 * One layer that was not read makes all of them unknown, since it may be what stands in the way. A ruleset that asks for custom
 * properties is there, with `repositories.byProperty` set and everything else of it known: layers only take away, so whatever it
 * would forbid is then unknown and what it would not forbid stays certain. `src/policy/github` judges it so.
 */
export function protectionsOf(repository: Resource, documents: ReadDocuments): Observed<readonly Protection[]> {
  const { id, tenantId } = repository;
  const classic = documents.rows<Protection>(id, "branch-protection");
  if (!classic.known) return classic;
  const own = documents.rows<Protection>(id, "ruleset");
  if (!own.known) return own;
  const shared = documents.rows<Protection>(tenantId, "ruleset");
  if (!shared.known) return shared;
  const gap =
    (classic.value.length === 0 ? documents.gap(tenantId, "branch-protection") : undefined) ??
    (own.value.length === 0 ? documents.gap(tenantId, "ruleset") : undefined);
  if (gap !== undefined) return unknown(gap);
  const applying: Protection[] = [];
  for (const { value } of shared.value) {
    const applies = isAbout(value, repository);
    if (!applies.known) return applies;
    if (applies.value) applying.push(value);
  }
  const ordered = [...classic.value].sort((a, b) => byAge(a.policy, b.policy));
  return known([...ordered, ...own.value].map(({ value }) => value).concat(applying));
}

/** Whether a ruleset of the organization is about the repository; true where only custom properties could take it out. */
function isAbout({ repositories: selection, name }: Protection, repository: Resource): Observed<boolean> {
  if (selection === null) return known(true);
  const { ids, include, exclude, byProperty } = selection;
  if (matches(exclude, repository) || (include.length > 0 && !matches(include, repository))) return known(false);
  if (ids === null) return known(include.length > 0 || byProperty);
  const id = repository.attributes["databaseId"];
  if (typeof id !== "number")
    return ids.length === 0 ? known(false) : unknown(`whether ruleset \`${name}\` lists \`${repository.locator}\``);
  return known(ids.includes(id));
}

function matches(patterns: readonly string[], { locator }: Resource): boolean {
  const name = locator.slice(locator.indexOf("/") + 1);
  return patterns.some((pattern) => pattern === "~ALL" || matchesName({ syntax: "fnmatch", pattern }, name));
}

/**
 * Of two classic rules with wildcards the older one holds. GitHub's node ids count upwards, in base64: their digits come after
 * the letters, unlike in the order of ids of a snapshot.
 */
function byAge({ id: a }: Policy, { id: b }: Policy): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let at = 0; at < a.length; at += 1) {
    const difference = BASE64.indexOf(a.charAt(at)) - BASE64.indexOf(b.charAt(at));
    if (difference !== 0) return difference;
  }
  return 0;
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
