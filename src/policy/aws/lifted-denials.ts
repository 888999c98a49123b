import type { ParsedPolicy, ParsedStatement } from "./parse-policy.ts";
import { actionCovers, actionsOverlap } from "./wildcard.ts";

/**
 * Deny statements of `gone` that take something away from what `left` allows: without them `left` would allow more. By actions
 * only: resources and conditions that keep the two apart are not looked at, so a yes is a maybe and a no is certain.
 */
export function liftedDenials(gone: ParsedPolicy, left: ParsedPolicy): readonly ParsedStatement[] {
  const allows = left.statements.filter(({ effect }) => effect === "Allow");
  return gone.statements.filter(
    (statement) => statement.effect === "Deny" && allows.some((allow) => haveActionInCommon(statement, allow)),
  );
}

function haveActionInCommon(a: ParsedStatement, b: ParsedStatement): boolean {
  if (a.notActions.length > 0 && b.notActions.length > 0) return true;
  if (a.notActions.length > 0) return leavesOneOf(a.notActions, b.actions);
  if (b.notActions.length > 0) return leavesOneOf(b.notActions, a.actions);
  return a.actions.some((one) => b.actions.some((other) => actionsOverlap(one, other)));
}

/** Whether "all but these" means one of the actions, or a part of it. */
function leavesOneOf(except: readonly string[], actions: readonly string[]): boolean {
  return actions.some((action) => !except.some((pattern) => actionCovers(pattern, action)));
}
