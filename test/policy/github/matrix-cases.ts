import type { MatrixCase } from "./matrix-builders.ts";
import { BYPASS_CASES } from "./matrix-bypass.ts";
import { CLASSIC_CASES } from "./matrix-classic.ts";
import { ENVIRONMENT_CASES } from "./matrix-environments.ts";
import { LAYER_CASES } from "./matrix-layers.ts";
import { PATTERN_CASES } from "./matrix-patterns.ts";
import { PULL_REQUEST_CASES } from "./matrix-pull-requests.ts";
import { ROLE_CASES } from "./matrix-roles.ts";
import { RULESET_CASES } from "./matrix-rulesets.ts";

/**
 * Protections × actors: what GitHub's documentation says of each, written from its pages alone by somebody who had not read the
 * evaluation. Where a page does not decide, there is no row.
 */
export const MATRIX: readonly (readonly [topic: string, cases: readonly MatrixCase[]])[] = [
  ["roles, keys, apps and archives", ROLE_CASES],
  ["classic branch protection", CLASSIC_CASES],
  ["rulesets", RULESET_CASES],
  ["bypass lists", BYPASS_CASES],
  ["layers", LAYER_CASES],
  ["patterns", PATTERN_CASES],
  ["pull requests", PULL_REQUEST_CASES],
  ["environments", ENVIRONMENT_CASES],
];
