import { ANY_NAME, bothDemands } from "../names/demands.ts";
import { findName } from "../names/find-name.ts";
import type { NameDemand, NamePattern } from "../names/name-pattern.ts";
import { bypassOf } from "./bypass.ts";
import { allOf, no, unknownReach, yes } from "./combine-reach.ts";
import { wordsOf } from "./layers.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";
import { WORKFLOW_FILES } from "./workflow-files.ts";
import { writesTo } from "./writes-to.ts";

/**
 * Whether the actor may push a workflow file whose path satisfies the demand (every one does by default): he writes, may touch
 * workflows, and no active push ruleset keeps all such paths from him. A ruleset about some paths leaves the others. Source:
 * "Available rules for rulesets" (restrict file paths), GitHub documentation.
 */
export function canEditWorkflow(actor: PushActor, controls: RepositoryControls, path: NameDemand = ANY_NAME): Reach {
  const writes = writesTo(actor, controls);
  if (writes.state === "no") return writes;
  const { editsWorkflows } = actor;
  if (editsWorkflows.known && !editsWorkflows.value) return no(`\`${actor.name}\` may not change workflows`);
  const touches = editsWorkflows.known
    ? yes(`\`${actor.name}\` may change workflows`)
    : unknownReach([editsWorkflows.why], `whether \`${actor.name}\` may change workflows`);
  return allOf([pathsLeft(actor, controls, path), writes, touches]);
}

function pathsLeft(actor: PushActor, controls: RepositoryControls, path: NameDemand): Reach {
  const asked = bothDemands(WORKFLOW_FILES, path);
  const ways = `\`${actor.name}\` may change workflows`;
  if (!possible(asked, path)) return no("no workflow file can have the path that is asked for");
  if (!controls.protections.known) return unknownReach([controls.protections.why], "push rulesets were not read");
  const [closed, unread] = restrictedPaths(actor, controls);
  if (closed.length + unread.length === 0) return yes(ways);
  const free = findName(without(asked, [...closed, ...unread]), PREFERRED);
  if (free.state === "found") return yes(`${ways} such as \`${free.name}\``);
  const open = findName(without(asked, closed), PREFERRED);
  const [first] = closed;
  if (open.state === "none" && first !== undefined) return no(`${first.layer} keeps workflow files from being pushed`);
  const missing = open.state === "found" ? unread.map(({ why }) => why) : ["which paths push rulesets leave"];
  return unknownReach(missing, `${unread[0]?.layer ?? "a push ruleset"} keeps workflow files from being pushed`);
}

const known = new WeakMap<NameDemand, boolean>();

/** Whether there is such a path at all; the same demands are asked of thousands of actors. */
function possible(asked: NameDemand, path: NameDemand): boolean {
  let is = known.get(path);
  if (is === undefined) known.set(path, (is = findName(asked, PREFERRED).state !== "none"));
  return is;
}

interface Restricted {
  readonly pattern: NamePattern;
  readonly layer: string;
  readonly why: string;
}

/** Paths that are closed to the actor, and those of which nobody could tell. */
function restrictedPaths(actor: PushActor, controls: RepositoryControls): readonly [Restricted[], Restricted[]] {
  const closed: Restricted[] = [];
  const unread: Restricted[] = [];
  const protections = controls.protections.known ? controls.protections.value : [];
  for (const protection of protections) {
    if (protection.target !== "push" || protection.enforcement !== "active") continue;
    const layer = wordsOf(protection);
    for (const rule of protection.rules) {
      const patterns = patternsOf(rule);
      if (patterns.length === 0) continue;
      const bypass = bypassOf(actor, rule, protection.source);
      if (bypass.held === "always") continue;
      const byProperty = protection.repositories?.byProperty === true;
      const open = bypass.held === "unknown" || byProperty || rule.kind === "other";
      let why = `what \`${rule.kind === "other" ? rule.name : rule.kind}\` of ${layer} forbids`;
      if (byProperty) why = `whether ${layer} is about this repository: it may ask for custom properties`;
      if (bypass.held === "unknown") ({ why } = bypass);
      for (const pattern of patterns) (open ? unread : closed).push({ pattern, layer, why });
    }
  }
  return [closed, unread];
}

function patternsOf(rule: {
  readonly kind: string;
  readonly name?: string;
  readonly paths?: readonly string[];
}): readonly NamePattern[] {
  if (rule.kind === "file-paths")
    return (rule.paths ?? []).map((pattern): NamePattern => ({ syntax: "fnmatch", pattern }));
  // Which extensions it forbids was not read; `.yml` may be among them.
  return rule.kind === "other" && rule.name === "file_extension_restriction" ? [{ syntax: "aws", pattern: "*" }] : [];
}

function without(demand: NameDemand, restricted: readonly Restricted[]): NameDemand {
  return { all: demand.all, none: [...demand.none, ...restricted.map(({ pattern }) => pattern)] };
}

const PREFERRED: readonly string[] = [".github/workflows/ci.yml", ".github/workflows/ci.yaml"];
