import type { ParsedStatement } from "../../aws/parse-policy.ts";
import { narrows } from "../../aws/trust.ts";
import { keyPrefix } from "../aws-claims.ts";
import { strangers, type OutsideDemand } from "../strangers.ts";
import { allowStatements } from "./admitted.ts";
import type { MistakeAnswer, MistakeFacts } from "./mistake.ts";
import { placesFor, pinned, withSubjects } from "./pins.ts";
import { positiveOn } from "./trust-text.ts";

/** Claims that say whose token it is. */
const IDENTITY = ["sub", "repository", "repository_id", "repository_owner_id", "enterprise_id"];

/** A statement that lets in whoever takes a fitting name. */
export interface OpenStatement {
  readonly statement: ParsedStatement;
  readonly outside: OutsideDemand;
  /** Whether any condition on whose token it is narrows. */
  readonly saysWhose: boolean;
}

/** The statements that let in anybody on GitHub, by nothing but names that can be taken. */
export function openStatements(facts: MistakeFacts): readonly OpenStatement[] {
  const { trust, provider, owners } = facts;
  const statements = new Map(allowStatements(facts).map(({ statement }) => [statement.index, statement]));
  return strangers(trust, provider, owners).flatMap((outside) => {
    const statement = statements.get(outside.statement);
    if (statement === undefined || !outside.anybody) return [];
    // A workflow that has to hold the job is another mistake.
    if (positiveOn(statement, provider, ["job_workflow_ref"]).some(narrows)) return [];
    return [{ statement, outside, saysWhose: positiveOn(statement, provider, IDENTITY).some(narrows) }];
  });
}

/** What is said of it, with the trust limited to where the role is used, or to one's own organizations. */
export function openAnswer(facts: MistakeFacts, { statement, outside }: OpenStatement, who: string): MistakeAnswer {
  const needs = outside.needs.length === 0 ? "" : `, if ${outside.needs.join(" and ")}`;
  return { state: "found", statement: statement.index, what: `${who}${needs}`, corrected: limited(facts, statement) };
}

/** Pins the places where the role is used; where they are not known, one's own organizations. */
function limited(facts: MistakeFacts, statement: ParsedStatement): string | null {
  const repositories = facts.repositories.known ? facts.repositories.value : [];
  const named = allowStatements(facts).find((one) => one.statement === statement)?.admitted ?? [];
  const places = placesFor(
    facts,
    named.map(({ repository }) => repository),
  );
  if (places !== null) return withSubjects(facts, statement, pinned(facts, places));
  if (facts.owners.length === 0) return null;
  const values = facts.owners.flatMap((owner) => {
    const start = `${owner.toLowerCase()}/`;
    const ids = repositories.flatMap(({ name, ownerId }) =>
      ownerId !== null && name.toLowerCase().startsWith(start) ? [ownerId] : [],
    );
    return [`repo:${owner}/*`, ...[...new Set(ids)].map((id) => `repo:${owner}@${id}/*`)];
  });
  return withSubjects(facts, statement, [{ operator: "StringLike", key: `${keyPrefix(facts.provider)}sub`, values }]);
}
