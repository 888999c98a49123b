import type { AccessGraph } from "../graph/access-graph.ts";
import type { BridgeRole, GitHubBridge } from "../graph/bridge/github-bridge.ts";
import { wildcardMatches } from "../policy/aws/wildcard.ts";
import type { WhoCanDocument } from "./who-can.ts";

type Row = WhoCanDocument["principals"][number];

const RANK = { yes: 0, conditional: 1, unknown: 2, no: 3 } as const;

/** The ARN of a role that was typed by its name; everything else as it was typed, `*` where nothing was. */
export function roleNamed(text: string | undefined, graph: AccessGraph): string {
  if (text === undefined) return "*";
  if (text.startsWith("arn:")) return text;
  const roles = graph.snapshot.principals.filter(
    ({ kind, displayName, id }) => kind === "role" && (displayName === text || id === text),
  );
  return roles.length === 1 ? (roles[0]?.locator ?? text) : text;
}

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
