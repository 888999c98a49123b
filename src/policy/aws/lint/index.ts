import { conditionKeyOfNoAction } from "./condition-key-of-no-action.ts";
import { conditionOfWrongType } from "./condition-of-wrong-type.ts";
import { conditionValueUnreadable } from "./condition-value-unreadable.ts";
import { contradictoryConditions } from "./contradictory-conditions.ts";
import { elementOfAnotherKind } from "./element-of-another-kind.ts";
import { emptyElement } from "./empty-element.ts";
import { forAllValuesUnguarded } from "./for-all-values-unguarded.ts";
import type { LintCheck } from "./lint-check.ts";
import { overSizeLimit } from "./over-size-limit.ts";
import { principalNamesNobody } from "./principal-names-nobody.ts";
import { setOperator } from "./set-operator.ts";
import { sidRefused } from "./sid-refused.ts";
import { statementNeverMatches } from "./statement-never-matches.ts";
import { unknownAction } from "./unknown-action.ts";
import { unknownConditionKey } from "./unknown-condition-key.ts";
import { unknownOperator } from "./unknown-operator.ts";
import { variableStaysText } from "./variable-stays-text.ts";
import { wildcardWithoutEffect } from "./wildcard-without-effect.ts";

/** Every check of the linter, in the order in which what they find of one statement is told. */
export const LINT_CHECKS: readonly LintCheck[] = [
  overSizeLimit,
  elementOfAnotherKind,
  emptyElement,
  sidRefused,
  unknownAction,
  wildcardWithoutEffect,
  principalNamesNobody,
  statementNeverMatches,
  contradictoryConditions,
  unknownOperator,
  unknownConditionKey,
  conditionKeyOfNoAction,
  conditionOfWrongType,
  conditionValueUnreadable,
  setOperator,
  forAllValuesUnguarded,
  variableStaysText,
];
