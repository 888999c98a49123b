import type { Signal } from "../signal.ts";
import { LIMITS } from "./limits.ts";
import { ORGANIZATION_POLICY } from "./organization-policy.ts";
import { PERMISSION } from "./permission.ts";
import { PLAN } from "./plan.ts";
import { PUSH } from "./push.ts";
import { ROLE } from "./role.ts";
import { SIGN_IN } from "./sign-in.ts";
import { SINGLE_SIGN_ON } from "./single-sign-on.ts";
import { OTHER, STATE } from "./state.ts";

/**
 * Every way in which GitHub refuses, the first that fits decides: what its own words tell stands before what only a status
 * tells, and a budget that happens to be used up before neither.
 */
export const SIGNALS: readonly Signal[] = [
  ...SINGLE_SIGN_ON,
  ...ORGANIZATION_POLICY,
  ...PUSH,
  ...PERMISSION,
  ...PLAN,
  ...ROLE,
  ...SIGN_IN,
  ...LIMITS,
  ...STATE,
  ...OTHER,
];
