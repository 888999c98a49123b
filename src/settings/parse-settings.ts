import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { AuditError } from "../model/audit-error.ts";
import { settingsJsonSchema } from "./json-schema.ts";
import { nearestWord } from "../text/nearest-word.ts";
import { refuseSecretSettings, refuseSecrets } from "./refuse-secrets.ts";
import { settingsSchema, type WrittenSettings } from "./schema.ts";
import { spellPath, YamlPlaces, type YamlPath } from "./yaml-place.ts";

type Issue = z.core.$ZodIssue;

/**
 * The text of a `leastwise.yaml`, checked. Throws `settings` with file, line and column: YAML that does not parse, a key
 * that is not known (with the nearest one that is), a value of the wrong kind, a secret. `file` is for messages.
 */
export function parseSettings(text: string, file: string): WrittenSettings {
  // First: what follows may quote the file.
  refuseSecrets(text, file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const places = new YamlPlaces(document, lines, file);
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw new AuditError("settings", "yaml", `the configuration is not valid YAML: ${inOurStyle(broken.message)}`, {
      hint: "check indentation, quotes and colons at that place",
      place: places.at(broken.pos[0]),
    });
  }
  const value = toValue(document, places);
  const parsed = settingsSchema.safeParse(value ?? {});
  if (parsed.success) {
    refuseSecretSettings(parsed.data.connectors, ["connectors"], places);
    return parsed.data;
  }
  throw describe(parsed.error.issues[0], places);
}

function toValue(document: ReturnType<typeof parseDocument>, places: YamlPlaces): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw new AuditError("settings", "yaml", "the configuration refers to itself too often", {
      hint: "write the values out instead of using anchors",
      place: places.value([]),
      cause: error,
    });
  }
}

function describe(issue: Issue | undefined, places: YamlPlaces): AuditError {
  if (issue === undefined)
    return new AuditError("invariant", "settings-issue", "the configuration was refused without a reason");
  const path = issue.path.filter((part) => typeof part !== "symbol");
  if (issue.code === "unrecognized_keys") return unknownKey(issue.keys[0] ?? "", path, places);
  const name = path.length === 0 ? "the configuration" : `\`${spellPath(path)}\``;
  return new AuditError("settings", "settings-value", `${name} ${expectation(issue)}`, {
    hint: "leastwise.schema.json, which `leastwise init` writes, describes every key",
    place: places.value(path),
  });
}

function unknownKey(key: string, path: YamlPath, places: YamlPlaces): AuditError {
  const keys = knownKeys(path);
  const near = nearestWord(key, keys);
  const where = path.length === 0 ? "the configuration" : `\`${spellPath(path)}\``;
  return new AuditError("settings", "unknown-key", `${where} has no key \`${key}\``, {
    hint:
      near === undefined
        ? `known here: ${keys.map((known) => `\`${known}\``).join(", ")}`
        : `did you mean \`${near}\`?`,
    place: places.key(path, key),
  });
}

/** What was expected, never what was found: a value may be a secret in the wrong place. */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`}`;
    case "too_small":
      return issue.origin === "string" ? "must not be empty" : `must be at least ${issue.minimum}`;
    case "too_big":
      return `must be at most ${issue.maximum}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => `\`${String(value)}\``).join(" or ")}`;
    case "invalid_union":
      return "must be `true`, `false` or the path of a file";
    default:
      return `cannot be used: ${inOurStyle(issue.message)}`;
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a whole number",
  string: "text",
  object: "a group of keys",
  record: "a group of keys",
  array: "a list",
  boolean: "`true` or `false`",
};

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** The keys that are known at a path, read from the one definition. */
function knownKeys(path: YamlPath): readonly string[] {
  let node = settingsJsonSchema() as SchemaNode | undefined;
  for (const part of path) {
    const inner = unwrap(node);
    node = typeof part === "number" ? inner?.items : inner?.properties?.[part];
  }
  return Object.keys(unwrap(node)?.properties ?? {});
}

function unwrap(node: SchemaNode | undefined): SchemaNode | undefined {
  return node?.anyOf?.find((choice) => choice.properties !== undefined || choice.items !== undefined) ?? node;
}

function inOurStyle(sentence: string): string {
  const first = sentence.split("\n")[0] ?? "";
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/[.:]$/, "");
}
