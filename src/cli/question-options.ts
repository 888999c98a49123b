import type { Command } from "commander";
import { plain } from "./tell.ts";

/** What every question about access takes. */
export interface QuestionOptions {
  readonly context?: readonly string[];
  readonly completeContext?: boolean;
  readonly json?: boolean;
}

/** Adds the options that questions about access share. */
export function addQuestionOptions(command: Command, form: string): Command {
  return addSourceOptions(command, form)
    .option(
      "--context <key=value>",
      "a condition key that is known; repeat it for more",
      (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
    )
    .option("--complete-context", "what is not given as context is absent, not unknown");
}

/** Adds where the facts come from, and the JSON form. */
export function addSourceOptions(command: Command, form: string): Command {
  return command
    .option("--from <path>", "recorded input instead of the newest snapshot")
    .option("--snapshot <id>", "another snapshot than the newest")
    .option("--json", `print one JSON document (${form})`);
}

/** Conditions for people, a line each. */
export function conditionsInWords(
  conditions: readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[],
): readonly string[] {
  return conditions.map(
    ({ key, operator, values }) =>
      `  hangs on ${plain(key)}${values.length === 0 ? "" : ` (${plain(operator)} ${values.slice(0, 5).map(plain).join(", ")}${values.length > 5 ? ` and ${values.length - 5} more` : ""})`}`,
  );
}

/** Layers that were left out, in one line; none where nothing was. */
export function assumedInWords(assumes: readonly string[]): readonly string[] {
  return assumes.length === 0 ? [] : [`  not given and left out: ${assumes.join(", ")}`];
}
