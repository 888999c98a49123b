import type { AwsFault } from "./aws-fault.ts";

/**
 * The wire layer of AWS's query protocol, made from the schemas that the SDK clients export. A schema is an array whose
 * first item says what it is (0 simple, 1 list, 2 map, 3 structure, 9 operation), or a plain number for a simple type;
 * +64 is a list of, +128 a map of that type. The format is exported but undocumented, so the SDK's version is pinned.
 */
type Schema = number | readonly unknown[];

/** Every export of an SDK client whose name ends in `$`. */
export type SchemaModule = Readonly<Record<string, unknown>>;

const BOOLEAN = 2;
const TIMESTAMPS = new Set([4, 5, 6, 7]);
const NUMBER = 1;
const BLOBS = new Set([21, 42]);

/** What the SDK calls `unit`: nothing goes in, or nothing comes out. */
const NOTHING: Schema = [3, "", "Unit", 0, [], []];

/** Schemas refer to each other through functions; a member may be `[schema, traits]`. */
function resolve(reference: unknown): Schema {
  const value: unknown = typeof reference === "function" ? (reference as () => unknown)() : reference;
  if (typeof value === "number") return value;
  if (value === "unit") return NOTHING;
  if (!Array.isArray(value)) throw new TypeError("this SDK's schemas have another form than this fake was written for");
  if (typeof value[0] !== "number") return resolve(value[0]);
  return value[0] === 0 ? resolve(value[4]) : value;
}

function membersOf(schema: readonly unknown[]): [string, Schema][] {
  const names = schema[4] as readonly string[];
  const types = schema[5] as readonly unknown[];
  return names.map((name, index) => [name, resolve(types[index])]);
}

/** Input and output schema of an operation, or undefined when AWS has none of that name. */
export function operationSchema(
  module: SchemaModule,
  operation: string,
): { input: Schema; output: Schema } | undefined {
  const schema = module[`${operation}$`];
  if (!Array.isArray(schema) || schema[0] !== 9) return undefined;
  return { input: resolve(schema[4]), output: resolve(schema[5]) };
}

/** HTTP status and wire code of an error such as `NoSuchEntity`, from the SDK's own error schemas. */
export function errorStatus(module: SchemaModule, code: string): number | undefined {
  for (const schema of Object.values(module)) {
    if (!Array.isArray(schema) || schema[0] !== -3 || typeof schema[3] !== "object" || schema[3] === null) continue;
    const [wireCode, status] = (schema[3] as { awsQueryError?: [string, number] }).awsQueryError ?? [];
    if (wireCode === code) return status;
  }
  return undefined;
}

/** Reads a form (`Tags.member.1.Key=…`) into the object its schema describes. */
export function readForm(schema: Schema, form: URLSearchParams, prefix = ""): unknown {
  if (typeof schema === "number") {
    if (schema >= 128) return readMap(0, schema - 128, form, prefix);
    if (schema >= 64) return readList(schema - 64, form, prefix);
    const text = form.get(prefix);
    if (text === null) return undefined;
    if (schema === NUMBER) return Number(text);
    if (schema === BOOLEAN) return text === "true";
    return text;
  }
  if (schema[0] === 1) return readList(resolve(schema[4]), form, prefix);
  if (schema[0] === 2) return readMap(resolve(schema[4]), resolve(schema[5]), form, prefix);
  const result: Record<string, unknown> = {};
  for (const [name, member] of membersOf(schema)) {
    const value = readForm(member, form, prefix === "" ? name : `${prefix}.${name}`);
    if (value !== undefined) result[name] = value;
  }
  return prefix !== "" && Object.keys(result).length === 0 ? undefined : result;
}

function readList(member: Schema, form: URLSearchParams, prefix: string): unknown[] | undefined {
  const items: unknown[] = [];
  for (let index = 1; ; index += 1) {
    const item = readForm(member, form, `${prefix}.member.${index}`);
    if (item === undefined) break;
    items.push(item);
  }
  return items.length === 0 ? undefined : items;
}

function readMap(
  key: Schema,
  value: Schema,
  form: URLSearchParams,
  prefix: string,
): Record<string, unknown> | undefined {
  const entries: [string, unknown][] = [];
  for (let index = 1; ; index += 1) {
    const name = readForm(key, form, `${prefix}.entry.${index}.key`);
    if (name === undefined) break;
    entries.push([String(name), readForm(value, form, `${prefix}.entry.${index}.value`)]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** A text as it stands in XML. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);

/** Writes a value as its schema describes it. Throws when the schema needs another type: a slip in a handler. */
export function writeXml(schema: Schema, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof schema === "number") {
    if (schema >= 128) return writeEntries(0, schema - 128, value as Record<string, unknown>);
    if (schema >= 64) return writeMembers(schema - 64, value as readonly unknown[]);
    if (TIMESTAMPS.has(schema)) return (value as Date).toISOString().replace(/\.\d{3}Z$/, "Z");
    if (BLOBS.has(schema)) return Buffer.from(value as Uint8Array).toString("base64");
    if (typeof value === "object") throw new TypeError(`a simple value was expected, not ${JSON.stringify(value)}`);
    return escapeXml(String(value as string | number | boolean));
  }
  if (schema[0] === 1) return writeMembers(resolve(schema[4]), value as readonly unknown[]);
  if (schema[0] === 2) return writeEntries(resolve(schema[4]), resolve(schema[5]), value as Record<string, unknown>);
  const record = value as Record<string, unknown>;
  return membersOf(schema)
    .filter(([name]) => record[name] !== undefined)
    .map(([name, member]) => `<${name}>${writeXml(member, record[name])}</${name}>`)
    .join("");
}

const writeMembers = (member: Schema, items: readonly unknown[]): string =>
  items.map((item) => `<member>${writeXml(member, item)}</member>`).join("");

const writeEntries = (key: Schema, value: Schema, entries: Record<string, unknown>): string =>
  Object.entries(entries)
    .map(([name, item]) => `<entry><key>${writeXml(key, name)}</key><value>${writeXml(value, item)}</value></entry>`)
    .join("");

/** An answer as AWS's query protocol wraps it; `extra` is put inside the result, where a client must ignore it. */
export function queryAnswer(operation: string, output: Schema, value: unknown, extra: string): string {
  return `<${operation}Response><${operation}Result>${writeXml(output, value)}${extra}</${operation}Result><ResponseMetadata><RequestId>fake-request</RequestId></ResponseMetadata></${operation}Response>`;
}

/** An error as AWS's query protocol writes it. */
export function queryFault(fault: AwsFault): string {
  const type = fault.status >= 500 ? "Receiver" : "Sender";
  return `<ErrorResponse><Error><Type>${type}</Type><Code>${fault.code}</Code><Message>${escapeXml(fault.message)}</Message></Error><RequestId>fake-request</RequestId></ErrorResponse>`;
}
