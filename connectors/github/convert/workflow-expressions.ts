/** Reads expressions (`${{ … }}`) of workflow files. Source: "Evaluate expressions in workflows", GitHub documentation. */

/** Every text in a value, with the name it stands under. */
export function textsIn(value: unknown, name = ""): readonly { readonly name: string; readonly text: string }[] {
  if (typeof value === "string") return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, name));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, key));
}

/** The insides of the expressions in a text; conditions (`if`) are expressions as they stand. */
export function expressionsIn(text: string, name = ""): readonly string[] {
  const marked = [...text.matchAll(/\$\{\{([\s\S]*?)\}\}/g)].map(([, inside = ""]) => inside.trim());
  return marked.length === 0 && name === "if" ? [text] : marked;
}

/** Secrets that a value mentions, sorted; `*` where it takes all of them. The job token is no secret of the repository. */
export function secretsIn(value: unknown): readonly string[] {
  const names = new Set<string>();
  for (const { name, text } of textsIn(value))
    for (const expression of expressionsIn(text, name)) {
      for (const [, dotted, quoted] of expression.matchAll(
        /\bsecrets\s*(?:\.\s*([A-Za-z_][\w-]*)|\[\s*'([^']+)'\s*\])/gi,
      )) {
        const secret = dotted ?? quoted ?? "";
        if (secret.toUpperCase() !== "GITHUB_TOKEN") names.add(secret);
      }
      // Named by nothing, or by another expression: any of them.
      if (/\bsecrets\s*(?:\)|,|$|\[\s*[^'\s])/i.test(expression)) names.add("*");
    }
  return [...names].sort();
}

/** What a stranger decides about an issue, comment, pull request or commit. Source: "Script injections", GitHub documentation. */
const UNTRUSTED =
  /\bgithub\.(?:head_ref\b|event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|discussion\.(?:title|body)|comment\.body|review\.body|review_comment\.body|pages\.[\w*]+\.page_name|(?:head_commit|commits\.[\w*]+|commits\[\d+\]|workflow_run\.head_commit)\.(?:message|author\.(?:email|name))|workflow_run\.(?:head_branch|display_title|pull_requests[\w.*[\]]*\.head\.ref))\b)/g;

/** Expressions of a script that put in what a stranger wrote. */
export function injectableIn(script: string): readonly string[] {
  return expressionsIn(script).flatMap((expression) => expression.match(UNTRUSTED) ?? []);
}

/** What names stand for in a job: `env` by name, and what each name of its matrix may be. */
export interface JobScope {
  readonly env: Readonly<Record<string, string>>;
  readonly matrix: Readonly<Record<string, readonly unknown[]>>;
}

/** A text with `env` and `matrix` filled in: one text for each value of the matrix, the text as it stands where a name is not told. */
export function expanded(text: string, scope: JobScope): readonly string[] {
  const filled = text.replace(/\$\{\{\s*env\.([\w-]+)\s*\}\}/g, (whole, name: string) => scope.env[name] ?? whole);
  const found = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/.exec(filled);
  const values = scope.matrix[found?.[1] ?? ""];
  if (found === null || values === undefined) return [filled];
  const texts = values.filter((value) => ["string", "number", "boolean"].includes(typeof value)).map(String);
  return texts
    .flatMap((value) =>
      expanded(
        filled.replace(found[0], () => value),
        scope,
      ),
    )
    .slice(0, MOST_VARIANTS);
}

/** GitHub starts no more jobs from one matrix. */
const MOST_VARIANTS = 256;

/** The names of a matrix with what each may be; empty where an expression makes it. */
export function matrixOf(strategy: unknown): JobScope["matrix"] {
  const matrix = isMap(strategy) ? strategy["matrix"] : undefined;
  if (!isMap(matrix)) return {};
  const values: Record<string, unknown[]> = {};
  const add = (name: string, found: readonly unknown[]): void => void (values[name] ??= []).push(...found);
  for (const [name, list] of Object.entries(matrix)) {
    if (name === "exclude" || !Array.isArray(list)) continue;
    if (name !== "include") add(name, list);
    else for (const one of list) if (isMap(one)) for (const [key, value] of Object.entries(one)) add(key, [value]);
  }
  return values;
}

/** Whether a value is a mapping. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
