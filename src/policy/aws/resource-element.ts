import { arnPattern, type ArnPattern } from "./arn-pattern.ts";
import { compileTemplate, type Template } from "./conditions/template.ts";
import type { ParsedPolicy, ParsedStatement } from "./parse-policy.ts";
import { MAYBE, NO, YES, type RequestContext, type Truth } from "./request-context.ts";

/** A Resource or NotResource element, ready to be asked. */
export interface ResourceElement {
  readonly not: boolean;
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
  const widest: ArnPattern[] = [];
  for (const text of texts) {
    const template = text.includes("${") ? compileTemplate(text, version) : undefined;
    if (template === undefined || template.variables.length === 0) constants.push(arnPattern(plain(text, version)));
    else {
      templates.push(template);
      widest.push(arnPattern(text.replaceAll(/\$\{[^}]*\}/g, "*")));
    }
  }
  return { not, constants, templates, widest, everything: !not && constants.some(({ everything }) => everything) };
}

/** A text whose only variables are `${*}`, `${?}` and `${$}`; the characters they stand for occur in no ARN, so a `?` will do. */
function plain(text: string, version: ParsedPolicy["version"]): string {
  return version === "2012-10-17" ? text.replaceAll(/\$\{[*?$]\}/g, "?") : text;
}

/**
 * Whether the element means the resource. An entry whose variable is absent means nothing, in NotResource it takes the whole
 * statement with it; one whose variable nobody knows is a maybe ("IAM policy elements: Variables and tags").
 */
export function meansResource(element: ResourceElement | null, resource: string, context: RequestContext): Truth {
  if (element === null || element.everything) return YES;
  const { constants, not } = element;
  for (const pattern of constants) if (pattern.test(resource)) return not ? NO : YES;
  if (element.templates.length === 0) return not ? YES : NO;
  let maybe = false;
  for (const template of element.templates) {
    const pattern = template.pattern(context);
    if (pattern === undefined) maybe = true;
    else if (pattern === null) {
      if (not) return NO;
    } else if (pattern.test(resource)) return not ? NO : YES;
  }
  if (maybe) return MAYBE;
  return not ? YES : NO;
}
