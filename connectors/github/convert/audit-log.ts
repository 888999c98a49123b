import { toInstant, type LastUse } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
import type { RawAuditEntry } from "../raw.ts";
import { sinceOf } from "./audit-phrase.ts";
import type { Convert } from "./converted.ts";

/**
 * The newest activity of each login, and of each installed app, which acts as `<slug>[bot]`. Only where the log was read to its end
 * does "none" of a person mean none; how far back it was asked for stands in `activitySince`.
 */
export const auditLog: Convert = (requests, context, whole) => {
  const newest = new Map<string, number>();
  for (const { actor, ...entry } of requests.flatMap((request) => request.answer as readonly RawAuditEntry[])) {
    const at = entry.created_at ?? entry["@timestamp"];
    if (actor === undefined || actor === null || at === undefined) continue;
    newest.set(actor.toLowerCase(), Math.max(newest.get(actor.toLowerCase()) ?? 0, at));
  }
  const since = sinceOf(requests[0]?.parameters["phrase"]);
  const none = whole
    ? known("never" as const)
    : unknown("the audit log was read only in part, and what was read holds nothing of this login");
  const lastOf = (login: string): Observed<LastUse> | undefined => {
    const at = newest.get(login);
    const instant = at === undefined ? undefined : toInstant(new Date(at));
    return instant === undefined ? undefined : known(instant);
  };
  const people = [...context.principals].map(([login, person]): Principal => ({
    ...person,
    lastUsedAt: lastOf(login) ?? none,
    attributes: since === undefined ? person.attributes : { ...person.attributes, activitySince: since },
  }));
  // Nobody looks for apps one by one: that the pages hold nothing of one does not say that it did nothing.
  const apps = [...context.apps].flatMap(([login, app]): readonly Principal[] => {
    const lastUsedAt = lastOf(login);
    return lastUsedAt === undefined ? [] : [{ ...app, lastUsedAt }];
  });
  return { records: { principals: [...people, ...apps] }, kinds: { activity: { items: newest.size } } };
};
