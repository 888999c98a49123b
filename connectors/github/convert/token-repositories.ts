import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawNamedRepository } from "../raw-people.ts";
import { gapOver } from "./control.ts";
import type { Convert } from "./converted.ts";
import { addSelection, parameterOf } from "./place.ts";

/** Repositories that fine-grained tokens were given, of those that were given some only. */
export const tokenRepositories: Convert = (requests, context) => {
  const records = emptyRecords();
  const answered = new Set<string>();
  for (const request of requests) {
    const token = parameterOf(request, "pat_id");
    answered.add(token);
    addSelection(context, records, context.id(`token-${token}`), request.answer as readonly RawNamedRepository[]);
  }
  const asked = context.sweep().selective?.tokens ?? [];
  const missing = asked.map(String).filter((token) => !answered.has(token));
  const gap = gapOver(missing, "which repositories is not known of the tokens");
  return { records, kinds: { "token-repository": { items: records.grants.length, gap } } };
};
