import type { LintCheck } from "./lint-check.ts";
import { saysNoPrincipal } from "./lint-check.ts";

/** Names of statements that AWS refuses. Source: "IAM JSON policy elements: Sid", IAM User Guide. */
export const sidRefused: LintCheck = {
  id: "sid-refused",
  *remarks({ policy, kind }) {
    const first = new Map<string, number>();
    for (const statement of policy.statements) {
      const { sid } = statement;
      if (sid === null) continue;
      const before = first.get(sid);
      if (before !== undefined)
        yield {
          statement,
          at: ["Sid"],
          message: `statement ${before + 1} has the Sid \`${sid}\` as well`,
          hint: "give each statement its own, or none",
        };
      else first.set(sid, statement.index);
      if (saysNoPrincipal(kind) && !/^[A-Za-z0-9]*$/.test(sid))
        yield {
          statement,
          at: ["Sid"],
          message: `\`${sid}\` has characters other than letters and digits, which IAM does not take in a Sid`,
          hint: "leave them out",
        };
    }
  },
};
