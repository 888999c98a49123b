import { arnPattern, arnsOverlap } from "../arn-pattern.ts";
import type { ActionResourceType } from "../action-table.ts";
import type { ParsedStatement } from "../parse-policy.ts";
import type { LintCheck, LintSubject, Remark } from "./lint-check.ts";
import { variablesIn } from "./variables.ts";

/**
 * Actions and resources that do not go together: an entry of `Action` that works on none of the resources, and a resource on which
 * none of the actions works. An action without resource types is matched by `Resource: "*"` only.
 * Source: the Service Authorization Reference, "Actions, resources, and condition keys".
 */
export const statementNeverMatches: LintCheck = {
  id: "statement-never-matches",
  *remarks(subject) {
    const overlaps = overlapsOf();
    for (const statement of subject.policy.statements) yield* ofStatement(statement, subject, overlaps);
  },
};

type Overlaps = (type: ActionResourceType, service: string, resource: string) => boolean;

function* ofStatement(statement: ParsedStatement, subject: LintSubject, overlaps: Overlaps): Iterable<Remark> {
  const { table, actions } = subject;
  const { resources } = statement;
  if (statement.actions.length === 0 || resources.length === 0 || resources.some((resource) => /^\*+$/.test(resource)))
    return;
  const used = new Set<string>();
  // Entries share types: each is compared with the resources once, however many entries there are.
  const worksOn = new Map<ActionResourceType, boolean>();
  const works = (type: ActionResourceType, service: string): boolean => {
    let found = worksOn.get(type);
    if (found === undefined) {
      const fitting = resources.filter((resource) => overlaps(type, service, resource));
      for (const resource of fitting) used.add(resource);
      found = fitting.length > 0;
      worksOn.set(type, found);
    }
    return found;
  };
  const idle: string[] = [];
  let wildcardOnly = 0;
  for (const entry of statement.actions) {
    const meaning = actions.of(entry);
    // What means everything, or nothing that is documented, is no ground to say what it works on.
    if (meaning.kind !== "actions" || meaning.ids.length === 0) return;
    const types = new Set(meaning.ids.flatMap((id) => table.resourceTypesOf(id)));
    if ([...types].filter((type) => works(type, meaning.service)).length > 0) continue;
    idle.push(entry);
    if (types.size === 0) wildcardOnly += 1;
  }
  if (idle.length > 0)
    yield {
      statement,
      at: ["Action"],
      message: `AWS documents ${listed(idle)} for none of the resources: the statement ${
        idle.length === statement.actions.length
          ? "never matches"
          : `${statement.effect === "Allow" ? "allows" : "denies"} ${idle.length === 1 ? "it" : "them"} nowhere`
      }`,
      hint:
        wildcardOnly === idle.length
          ? 'such an action is about no resource: it needs `"Resource": "*"`'
          : typesHint(idle, subject),
    };
  const unused = resources.filter((resource) => !used.has(resource));
  if (unused.length > 0 && idle.length < statement.actions.length)
    yield {
      statement,
      at: ["Resource"],
      message: `AWS documents none of the actions for ${listed(unused)}`,
      hint: "take it out, or add the actions that are meant for it",
    };
}

function typesHint(idle: readonly string[], { table, actions }: LintSubject): string {
  const forms = idle.flatMap((entry) => {
    const meaning = actions.of(entry);
    return meaning.kind === "actions"
      ? meaning.ids.flatMap((id) => table.resourceTypesOf(id).flatMap(({ arns }) => arns))
      : [];
  });
  return `AWS limits ${idle.length === 1 ? "it" : "them"} to ${listed([...new Set(forms)])}`;
}

/** Up to three of them; the rest counted. */
function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).map((text) => `\`${text}\``);
  return texts.length > shown.length ? `${shown.join(", ")} and ${texts.length - shown.length} more` : shown.join(", ");
}

/** Whether some resource of the type is meant by an entry; each pair is compared once. */
function overlapsOf(): Overlaps {
  const known = new Map<string, Map<string, boolean>>();
  return (type, service, resource) => {
    let answers = known.get(resource);
    if (answers === undefined) {
      answers = new Map();
      known.set(resource, answers);
    }
    const wide = widened(resource);
    const widest = arnPattern(wide);
    return type.arns.some((arn) => {
      let answer = answers.get(arn);
      if (answer === undefined) {
        answer =
          arnsOverlap(arnPattern(arn), widest) &&
          // The name of a bucket holds no slash, which its pattern cannot say.
          !(service.toLowerCase() === "s3" && type.name === "bucket" && wide.includes("/"));
        answers.set(arn, answer);
      }
      return answer;
    });
  };
}

/** An entry with a star for every variable: the widest it can mean. */
function widened(resource: string): string {
  let text = resource;
  for (const variable of variablesIn(resource)) text = text.replaceAll(variable.text, "*");
  return text;
}
