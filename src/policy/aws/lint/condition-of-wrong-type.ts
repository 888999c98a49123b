import type { LintCheck } from "./lint-check.ts";
import { operatorName, type OperatorFamily } from "./operator-name.ts";

/** Families that compare keys of a type rightly; the first is the one to use. An ARN is text as well. */
const FITTING: Readonly<Record<string, readonly OperatorFamily[]>> = {
  String: ["String"],
  ARN: ["Arn", "String"],
  Bool: ["Bool"],
  Numeric: ["Numeric"],
  Date: ["Date"],
  IPAddress: ["IpAddress"],
};

/** An operator of one type on a key of another. */
export const conditionOfWrongType: LintCheck = {
  id: "condition-of-wrong-type",
  *remarks({ policy, table }) {
    for (const statement of policy.statements) {
      for (const { operator, key } of statement.conditions) {
        const name = operatorName(operator);
        const type = table.conditionKeyType(key)?.replace(/^ArrayOf/, "");
        if (name === undefined || type === undefined || name.family === "Null" || name.family === "Binary") continue;
        const families = FITTING[type];
        if (families === undefined || families.includes(name.family)) continue;
        // Seconds since 1970 are a number too; tags and some keys that AWS calls text can hold an ARN.
        if (key.toLowerCase() === "aws:epochtime" && name.family === "Numeric") continue;
        if (type === "String" && name.family === "Arn" && /arn$|tag\//i.test(key)) continue;
        yield {
          statement,
          at: ["Condition", operator, key],
          message: `\`${key}\` is of type ${type}, and \`${operator}\` compares ${WORDS[name.family]}`,
          hint: `use an operator of the ${families[0] ?? ""} family`,
        };
      }
    }
  },
};

const WORDS: Readonly<Record<OperatorFamily, string>> = {
  String: "text",
  Numeric: "numbers",
  Date: "dates",
  Bool: "true and false",
  Binary: "bytes",
  IpAddress: "IP addresses",
  Arn: "ARNs",
  Null: "nothing",
};
