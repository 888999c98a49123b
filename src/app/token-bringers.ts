import type { AccessGraph } from "../graph/access-graph.ts";
import type { BridgeRole, GitHubBridge } from "../graph/bridge/github-bridge.ts";
import { IDLE_DAYS, mistakeFacts } from "../graph/bridge/mistake-facts.ts";
import { wildcardMatches } from "../policy/aws/wildcard.ts";
import { strangers } from "../policy/bridge/strangers.ts";
import type { WhoCanDocument } from "./who-can.ts";

type Row = WhoCanDocument["principals"][number];

const RANK = { yes: 0, conditional: 1, unknown: 2, no: 3 } as const;

/** Everybody on GitHub who could bring a token to the roles that match, each with the best place; those who cannot as well. */
export function tokenBringers(bridge: GitHubBridge, resource: string): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const role of bridge.roles.filter(({ role: { locator } }) => wildcardMatches(resource, locator)))
    for (const row of rowsOf(role)) {
      const before = rows.get(row.principalId);
      if (before === undefined || RANK[row.answer] < RANK[before.answer]) rows.set(row.principalId, row);
    }
  return [...rows.values()];
}

/**
 * ARNs of the providers of GitHub's tokens for which {@link tokenBringers} tells everybody: not those of a role that lets in
 * repositories of an organization that was not read, or not read whole.
 */
export function answeredProviders(graph: AccessGraph, bridge: GitHubBridge, resource: string): ReadonlySet<string> {
  const answered = new Set(bridge.roles.map(({ provider: { arn } }) => arn));
  for (const role of bridge.roles)
    if (wildcardMatches(resource, role.role.locator) && !isAnswered(graph, role)) answered.delete(role.provider.arn);
  return answered;
}

function isAnswered(graph: AccessGraph, role: BridgeRole): boolean {
  const facts = mistakeFacts(graph, role, IDLE_DAYS);
  // An unread trust has its own row.
  if (facts === null) return true;
  // Who is open to anybody has a row as well; who names others has none.
  const named = strangers(facts.trust, role.provider, facts.owners).some(({ anybody }) => !anybody);
  return facts.repositories.known && !named;
}

function* rowsOf({ places, strangers, unread, role }: BridgeRole): Generator<Row> {
  if (strangers !== null)
    yield {
      principal: "anybody on GitHub",
      principalId: "external:github:*",
      answer: "yes",
      conditions: [],
      unknown: [],
      place: strangers,
    };
  if (unread !== null)
    yield {
      principal: "repositories on GitHub",
      principalId: "external:github:?",
      answer: "unknown",
      conditions: [],
      unknown: [`the trust policy of \`${role.displayName}\`: ${unread}`],
    };
  for (const { classes, place, repository, missing, door } of places) {
    for (const { actors, reach } of classes)
      for (const { id, name } of actors)
        yield {
          principal: name,
          principalId: id,
          answer: reach.state,
          conditions: [],
          unknown: reach.missing,
          place: `${place} of ${repository.locator}`,
          ...(reach.needs.length === 0 ? {} : { needs: reach.needs }),
        };
    if (missing.length > 0 && door.state !== "no")
      yield {
        principal: `others in ${repository.locator}`,
        principalId: `${repository.id}?`,
        answer: "unknown",
        conditions: [],
        unknown: missing,
        place: `${place} of ${repository.locator}`,
      };
  }
}
