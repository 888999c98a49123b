import type { AccessRequest } from "./access-request.ts";
import type { OpenCondition } from "./decision.ts";
import { MAYBE } from "./request-context.ts";
import type { Verdicts } from "./verdicts.ts";

/** Conditions of statements that may hold whose keys nobody gave; in order of key, each once. */
export function openConditions(open: readonly Verdicts[], { context }: AccessRequest): readonly OpenCondition[] {
  const found = new Map<string, OpenCondition>();
  const note = (key: string, operator: string, values: readonly string[]): void => {
    found.set(`${key.toLowerCase()}\0${operator}\0${values.join("\0")}`, { key, operator, values });
  };
  for (const { placed, truths } of open) {
    placed.forEach(({ statement }, at) => {
      if (truths[at] !== MAYBE) return;
      let noted = false;
      for (const condition of statement.conditions) {
        if (condition.holds(context) !== MAYBE) continue;
        noted = true;
        for (const key of condition.keys)
          if (context.get(key) === undefined)
            note(
              key === condition.key ? condition.writtenKey : writtenKey(key, condition.values),
              condition.operator,
              condition.values,
            );
      }
      for (const template of statement.resources?.templates ?? [])
        for (const key of template.variables)
          if (context.get(key) === undefined) {
            noted = true;
            note(writtenKey(key, statement.resources?.texts ?? []), "variable", []);
          }
      if (!noted && statement.principals !== null) note("sts:RoleSessionName", "session", []);
    });
  }
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...found.values()].sort((a, b) => order(a.key, b.key) || order(a.operator, b.operator));
}

/** A variable's key as the policy spells it. */
function writtenKey(key: string, texts: readonly string[]): string {
  for (const text of texts)
    for (const [, written = ""] of text.matchAll(/\$\{\s*([^,}'$]+?)\s*[,}]/g))
      if (written.toLowerCase() === key) return written;
  return key;
}
