import { arnPattern, type ArnPattern } from "./arn-pattern.ts";
import { compileTemplate, type Template } from "./conditions/template.ts";
import type { ParsedPolicy, ParsedStatement } from "./parse-policy.ts";
import { MAYBE, NO, YES, type RequestContext, type Truth } from "./request-context.ts";

/** A Resource or NotResource element, ready to be asked. */
export interface ResourceElement {
  readonly not: boolean;
  /** As written. */
  readonly texts: readonly string[];
  /** Entries without variables. */
  readonly constants: readonly ArnPattern[];
  /** Entries with variables: whom they mean depends on the request. */
  readonly templates: readonly Template[];
  /** The same entries with a star for every variable: the widest they can mean. */
  readonly widest: readonly ArnPattern[];
  /** Just `Resource: "*"`. */
  readonly everything: boolean;
}

/** Prepares the element; null where the statement has none (trust policies), which then means the resource the policy hangs on. */
export function resourceElement(statement: ParsedStatement, version: ParsedPolicy["version"]): ResourceElement | null {
  const not = statement.notResources.length > 0;
  const texts = not ? statement.notResources : statement.resources;
  if (texts.length === 0) return null;
  const constants: ArnPattern[] = [];
  const templates: Template[] = [];
  for (const text of texts) {
    // Version 2008-10-17 knows neither variables nor escapes, and no ARN holds what would be text then.
    const read = version === "2012-10-17" ? text : text.replaceAll("${", "?{");
    const template = read.includes("${") ? templateOf(read) : undefined;
    if (template === undefined || template.variables.length === 0) constants.push(arnPattern(read));
    else templates.push(template);
  }
  return {
    not,
    texts,
    constants,
    templates,
    widest: templates.map(({ widest }) => arnPattern(widest)),
    everything: !not && constants.some(({ everything }) => everything),
  };
}

const made = new Map<string, Template>();
const MOST_MADE = 10_000;

/** Equal texts share a template, and with it what it last came to: policies of one principal repeat each other. */
function templateOf(text: string): Template {
  let template = made.get(text);
  if (template === undefined) {
    template = compileTemplate(text, "2012-10-17");
    if (made.size < MOST_MADE) made.set(text, template);
  }
  return template;
}

/**
 * Whether the element means the resource. An entry whose variable is absent means nothing, in NotResource it takes the whole
 * statement with it; one whose variable nobody knows is a maybe ("IAM policy elements: Variables and tags").
 */
export function meansResource(element: ResourceElement | null, resource: string, context: RequestContext): Truth {
  if (element === null || element.everything) return YES;
  const { constants, templates, not } = element;
  for (let at = 0; at < constants.length; at += 1) if (constants[at]?.test(resource) === true) return not ? NO : YES;
  let maybe = false;
  for (let at = 0; at < templates.length; at += 1) {
    const pattern = templates[at]?.pattern(context);
    // What does not fit whatever the variable is, is no question.
    if (pattern === undefined) maybe ||= element.widest[at]?.test(resource) === true;
    else if (pattern === null) {
      if (not) return NO;
    } else if (pattern.test(resource)) return not ? NO : YES;
  }
  if (maybe) return MAYBE;
  return not ? YES : NO;
}
