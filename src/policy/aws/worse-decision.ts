import type { Decision, DecisionWord } from "./decision.ts";

/** Worst first. */
const ORDER: readonly DecisionWord[] = ["explicitly-denied", "implicitly-denied", "unknown", "conditional", "allowed"];

/** The worse of two answers; of two equal ones everything both say. */
export function worse(a: Decision, b: Decision): Decision {
  if (a.decision !== b.decision) return ORDER.indexOf(a.decision) < ORDER.indexOf(b.decision) ? a : b;
  const unique = <T>(rows: readonly T[]): readonly T[] => [
    ...new Map(rows.map((row) => [JSON.stringify(row), row])).values(),
  ];
  return {
    ...a,
    statements: unique([...a.statements, ...b.statements]),
    missingContext: [...new Set([...a.missingContext, ...b.missingContext])].sort(),
    conditions: unique([...a.conditions, ...b.conditions]),
  };
}

/** The better of two answers: where any of several resources will do. */
export function better(a: Decision, b: Decision): Decision {
  return ORDER.indexOf(b.decision) > ORDER.indexOf(a.decision) ? b : a;
}
