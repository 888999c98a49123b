import type { Relation } from "../../../src/model/relation.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { KnownPeople } from "../known-people.ts";
import type { Converted } from "./converted.ts";
import { placeOf } from "../place.ts";
import type { ListRow } from "../read-list.ts";

/** Columns of identity-map.csv. */
export const IDENTITY_MAP_COLUMNS = ["person_id", "system", "tenant", "native", "relation"] as const;

const RELATIONS = ["owns", "service", "shared", "not_same"] as const;

/**
 * Whose logins are whose. `from` is the identity (`identity:` alone where a service has nobody), `to` what was written: it is
 * matched when the principals are known. Throws `input-file` for a person who is not in the roster.
 */
export function identityMap(rows: readonly ListRow[], people: KnownPeople): Converted {
  const lines = new Map<string, number>();
  const relations = rows.map((row): Relation => {
    const personId = row.text("person_id");
    const relation = row.word("relation", RELATIONS);
    const needsPerson = relation === "owns" || relation === "not_same";
    if (personId === "" && needsPerson) {
      throw row.error(
        "map-person",
        `\`person_id\` is empty, but \`${relation}\` is about a person`,
        "write a person_id of roster.csv",
      );
    }
    if (personId !== "" && people.hasId(personId) === false) {
      const hint = "write a person_id of roster.csv; a service or shared login may be left without";
      throw row.error("map-person", `\`${personId}\` is not in the roster`, hint);
    }
    if (row.text("native") === "") {
      throw row.error("map-native", "`native` is empty", "write a login, an ARN, a native id or a pattern with *");
    }
    const { system, tenant } = placeOf(row);
    const toId = `${system}|${tenant}|${row.text("native")}`;
    const id = derivedId("relation", ["identity-map", personId, toId, relation]);
    const before = lines.get(id);
    if (before !== undefined) {
      throw row.error("map-duplicate", `the line says what line ${before} says`, "keep one of the two");
    }
    lines.set(id, row.line);
    return { id, kind: "identity-map", fromId: `identity:${personId}`, toId, attributes: { relation, line: row.line } };
  });
  return { records: { relations }, items: relations.length, warnings: [] };
}
