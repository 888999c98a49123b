import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/** An operation of GitHub's published description. */
interface Operation {
  readonly template: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema: object }>>;
    readonly required?: boolean;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly content?: Readonly<Record<string, { readonly schema: object }>> } | { readonly $ref: string }
    >
  >;
}

type Json = Readonly<Record<string, unknown>>;

/** What GitHub takes though its description leaves it out, `<method> <template> <parameter>`: each with where it was seen. */
const UNDOCUMENTED: ReadonlySet<string> = new Set([]);

/**
 * Holds requests and answers against `@octokit/openapi`, GitHub's own description: an oracle nobody here wrote. Only the
 * operations that are used are compiled; the description is read once.
 */
export class OpenApiContract {
  readonly #description: Json;
  readonly #ajv: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #found = new Map<string, Operation>();
  readonly problems: string[] = [];

  constructor() {
    const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/ghec.json");
    this.#description = withoutDanglingReferences(JSON.parse(readFileSync(file, "utf8"))) as Json;
    this.#ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
    (addFormats as unknown as { default?: (ajv: Ajv) => void; (ajv: Ajv): void })(this.#ajv);
    this.#ajv.addSchema(this.#description, "github");
  }

  /** Checks what a client sent. */
  request(method: string, path: string, query: URLSearchParams, body: unknown): Operation | undefined {
    const operation = this.#find(method, path);
    if (operation === undefined) {
      this.problems.push(`${method} ${path} is not in GitHub's description`);
      return undefined;
    }
    for (const parameter of (operation.parameters ?? []).map(
      (one) =>
        this.#resolve(one) as {
          name: string;
          in: string;
          required?: boolean;
          schema?: { type?: string; enum?: unknown[] };
        },
    )) {
      const value = query.get(parameter.name);
      if (parameter.in !== "query" || value === null) continue;
      if (parameter.schema?.enum !== undefined && !parameter.schema.enum.includes(value))
        this.problems.push(
          `${method} ${path}: ${parameter.name}=${value} is not one of ${String(parameter.schema.enum)}`,
        );
      if (parameter.schema?.type === "integer" && !/^\d+$/.test(value))
        this.problems.push(`${method} ${path}: ${parameter.name}=${value} is not a number`);
    }
    for (const name of query.keys()) {
      const known = (operation.parameters ?? []).map((one) => (this.#resolve(one) as { name: string }).name);
      if (!known.includes(name) && !UNDOCUMENTED.has(`${method} ${operation.template} ${name}`))
        this.problems.push(`${method} ${path}: there is no parameter ${name}`);
    }
    const schema = operation.requestBody?.content?.["application/json"]?.schema;
    if (schema !== undefined && body !== undefined) {
      this.#validate(`${method} ${operation.template} request`, schema, body);
      // The description lets any further member pass; a misspelt one would do nothing and look done.
      const { properties } = this.#resolve(schema) as { properties?: Json };
      for (const name of Object.keys(properties === undefined ? {} : (body as Json)))
        if (properties?.[name] === undefined) this.problems.push(`${method} ${path}: the body has no member ${name}`);
    }
    return operation;
  }

  /** Checks what the fake answers. */
  answer(method: string, path: string, status: number, body: unknown): void {
    const operation = this.#find(method, path);
    if (operation === undefined) return;
    const response = operation.responses[String(status)];
    if (response === undefined) {
      // GitHub refuses in more ways than each operation lists.
      if (status >= 400) return;
      this.problems.push(`${method} ${path} never answers ${status}`);
      return;
    }
    const schema = (this.#resolve(response) as { content?: Record<string, { schema: object }> }).content?.[
      "application/json"
    ]?.schema;
    if (schema !== undefined) this.#validate(`${method} ${operation.template} ${status}`, schema, body);
  }

  /** The value with required fields that it lacks filled in from the description, so that a fake may state only what matters. */
  completed(method: string, path: string, status: number, value: unknown): unknown {
    const response = this.#find(method, path)?.responses[String(status)];
    const schema =
      response === undefined
        ? undefined
        : (this.#resolve(response) as { content?: Record<string, { schema: object }> }).content?.["application/json"]
            ?.schema;
    return schema === undefined ? value : this.#complete(schema, value, 0);
  }

  #complete(schema: object, value: unknown, depth: number): unknown {
    const plain = notNull(this.#resolve(schema)) as {
      type?: string;
      properties?: Record<string, object>;
      required?: string[];
      items?: object;
      allOf?: object[];
      anyOf?: object[];
      oneOf?: object[];
      enum?: unknown[];
      example?: unknown;
      nullable?: boolean;
      format?: string;
    };
    if (value === undefined && plain.nullable === true) return null;
    if (value === undefined && plain.example !== undefined && plain.type !== "object" && plain.type !== "array")
      return plain.example;
    if (value === null || depth > 6) return value;
    for (const part of plain.allOf ?? []) value = this.#complete(part, value, depth + 1);
    const choice = plain.anyOf?.[0] ?? plain.oneOf?.[0];
    if (choice !== undefined && (value === undefined || typeof value === "object"))
      return this.#complete(choice, value, depth + 1);
    if (plain.type === "array" || plain.items !== undefined)
      return ((value ?? []) as unknown[]).map((item) => this.#complete(plain.items ?? {}, item, depth + 1));
    if (plain.properties !== undefined || plain.type === "object") {
      const record = { ...((value ?? {}) as Record<string, unknown>) };
      for (const [name, property] of Object.entries(plain.properties ?? {})) {
        if (record[name] !== undefined) record[name] = this.#complete(property, record[name], depth + 1);
        else if (plain.required?.includes(name) === true) record[name] = this.#complete(property, undefined, depth + 1);
      }
      return record;
    }
    if (value !== undefined) return value;
    if (plain.enum !== undefined) return plain.enum[0];
    if (plain.type === "integer" || plain.type === "number") return 1;
    if (plain.type === "boolean") return false;
    return plain.format === "date-time"
      ? "2020-01-01T00:00:00Z"
      : plain.format === "uri"
        ? "https://github.invalid/x"
        : "sample";
  }

  /** The operation whose template fits, the most literal one where several do. */
  #find(method: string, path: string): Operation | undefined {
    const key = `${method} ${path}`;
    const before = this.#found.get(key);
    if (before !== undefined) return before;
    const paths = this.#description["paths"] as Record<string, Record<string, Omit<Operation, "template">>>;
    const variables = (template: string): number => template.split("{").length;
    const [template] = Object.keys(paths)
      .filter((one) => paths[one]?.[method.toLowerCase()] !== undefined)
      .filter((one) => new RegExp(`^${one.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(path))
      .sort((a, b) => variables(a) - variables(b));
    const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
    if (template === undefined || operation === undefined) return undefined;
    const found = { ...operation, template };
    this.#found.set(key, found);
    return found;
  }

  #validate(what: string, schema: object, value: unknown): void {
    let validate = this.#compiled.get(what);
    if (validate === undefined) {
      validate = this.#ajv.compile(rebased(schema) as object);
      this.#compiled.set(what, validate);
    }
    if (validate(value) !== true) this.problems.push(`${what}: ${this.#ajv.errorsText(validate.errors)}`);
  }

  #resolve(value: object): object {
    const reference = (value as { $ref?: string }).$ref;
    if (reference === undefined) return value;
    return reference
      .slice(2)
      .split("/")
      .reduce<unknown>(
        (at, part) => (at as Json)[part.replaceAll("~1", "/").replaceAll("~0", "~")],
        this.#description,
      ) as object;
  }
}

/** The part of a nullable schema that is not null, marked. */
function notNull(schema: object): object {
  const [first, second] = (schema as { anyOf?: { type?: string }[] }).anyOf ?? [];
  return first !== undefined && second?.type === "null" ? { ...first, nullable: true } : schema;
}

/** References inside a schema that is compiled by itself point into the whole description. */
function rebased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string" && inner.startsWith("#") ? `github${inner}` : rebased(inner),
    ]),
  );
}

/** Three references of the description point at files that are not published: they become "any object". */
function withoutDanglingReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDanglingReferences);
  if (typeof value !== "object" || value === null) return value;
  const reference = (value as { $ref?: unknown }).$ref;
  if (typeof reference === "string" && !reference.startsWith("#")) return { type: "object" };
  const plain = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutDanglingReferences(inner)]),
  );
  if (plain["nullable"] !== true) return plain;
  // OpenAPI 3.0 says `nullable`, JSON Schema says `null` among the types.
  const { nullable: _, ...rest } = plain;
  return { anyOf: [rest, { type: "null" }] };
}
