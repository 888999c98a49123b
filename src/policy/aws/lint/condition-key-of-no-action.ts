import type { ActionTable } from "../action-table.ts";
import type { ActionMeaning } from "./action-expansion.ts";
import type { LintCheck } from "./lint-check.ts";
import { operatorName } from "./operator-name.ts";

/** Keys with a service's name that come with the caller's credentials and so with every request. */
const OF_THE_SESSION: ReadonlySet<string> = new Set([
  "ec2:roledelivery",
  "ec2:sourceinstancearn",
  "glue:credentialissuingservice",
  "glue:roleassumedby",
  "identitystore:userid",
  "lambda:sourcefunctionarn",
  "ssm:sourceinstancearn",
]);

/**
 * A key of a service that AWS documents for none of the statement's actions, so that it is missing from every request the
 * statement is about: a positive operator is never met, a negated one always. Source: the Service Authorization Reference.
 */
export const conditionKeyOfNoAction: LintCheck = {
  id: "condition-key-of-no-action",
  *remarks({ policy, table, actions }) {
    const keysOf = new Map<ActionMeaning, Keys>();
    const knows = (meaning: ActionMeaning, key: string): boolean => {
      let keys = keysOf.get(meaning);
      if (keys === undefined) {
        keys = keysOfAll(meaning.kind === "actions" ? meaning.ids : [], table);
        keysOf.set(meaning, keys);
      }
      return keys.names.has(key) || keys.starts.some((start) => key.startsWith(start));
    };
    for (const statement of policy.statements) {
      const conditions = statement.conditions.filter(({ key }) => belongsToActions(key.toLowerCase()));
      if (conditions.length === 0 || statement.actions.length === 0) continue;
      const meanings = statement.actions.map((entry) => actions.of(entry));
      if (!meanings.every((meaning) => meaning.kind === "actions" && meaning.ids.length > 0)) continue;
      for (const { operator, key } of conditions) {
        const lower = key.toLowerCase();
        if (meanings.some((meaning) => knows(meaning, lower))) continue;
        if (table.conditionKeyType(key) === undefined) continue;
        const name = operatorName(operator);
        if (name === undefined || name.family === "Null") continue;
        const always = name.negated || name.ifExists || name.set === "ForAllValues";
        yield {
          statement,
          at: ["Condition", operator, key],
          message: `AWS documents \`${key}\` for none of the actions: ${
            always ? "the condition limits nothing" : "the statement never matches"
          }`,
          hint: "move the condition to a statement with the actions that have the key",
        };
      }
    }
  },
};

/** Keys that at least one of several actions has. */
interface Keys {
  readonly names: ReadonlySet<string>;
  /** What stands before the placeholder of a key that has one. */
  readonly starts: readonly string[];
}

function keysOfAll(ids: readonly number[], table: ActionTable): Keys {
  const names = new Set(ids.flatMap((id) => table.conditionKeysOf(id)));
  const starts = [...names].filter((key) => key.includes("${")).map((key) => key.slice(0, key.indexOf("${")));
  return { names, starts };
}

/** Keys of the caller and of tokens go with every request; a host has a dot where a service has none. */
function belongsToActions(key: string): boolean {
  const service = key.slice(0, key.indexOf(":"));
  return (
    service !== "" && service !== "aws" && service !== "saml" && !service.includes(".") && !OF_THE_SESSION.has(key)
  );
}
