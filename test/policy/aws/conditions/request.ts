import { compileCondition } from "../../../../src/policy/aws/conditions/compile-condition.ts";
import { MAYBE, NO, YES, type ContextValue, type RequestContext } from "../../../../src/policy/aws/request-context.ts";

/** What a test's request says, by key in lower case; a key that is not there is absent, one that is undefined is unknown. */
export type Request = Readonly<Record<string, ContextValue>>;

/** The context of a test's request. It refuses keys that are not in lower case, as the contract says. */
export function contextOf(request: Request): RequestContext {
  return {
    get(key) {
      if (key !== key.toLowerCase()) throw new Error(`asked for ${key}`);
      return Object.hasOwn(request, key) ? request[key] : null;
    },
  };
}

export const WORDS = { [NO]: "no", [YES]: "yes", [MAYBE]: "maybe" } as const;

/** Whether the condition holds, in a word; `unknown operator` where there is none of that name. */
export function holds(
  operator: string,
  values: string | readonly string[],
  request: Request,
  { key = "aws:Key", version = "2012-10-17" as "2008-10-17" | "2012-10-17" } = {},
): "no" | "yes" | "maybe" | "unknown operator" {
  const condition = compileCondition({ operator, key, values: [values].flat() }, version);
  return condition === undefined ? "unknown operator" : WORDS[condition.holds(contextOf(request))];
}
