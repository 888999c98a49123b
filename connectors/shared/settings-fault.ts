import { z } from "zod";
import { AuditError } from "../../src/model/audit-error.ts";
import { nearestWord } from "../../src/text/nearest-word.ts";

/** What is wrong with a connector's settings, with the place in the configuration and the nearest key where one is not known. */
export function settingsFault(
  system: string,
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
  hint: string,
): AuditError {
  // A key that was misspelt is why another is missing: it is told first.
  const strange = issues.find((issue) => issue.code === "unrecognized_keys");
  const code = `${system}-settings`;
  if (strange !== undefined) {
    const key = strange.keys[0] ?? "";
    const keys = knownKeys(schema, strange.path);
    const near = nearestWord(key, keys);
    return new AuditError("settings", code, `\`${spelt(system, strange.path)}\` has no key \`${key}\``, {
      hint:
        near === undefined ? `known are ${keys.map((name) => `\`${name}\``).join(", ")}` : `did you mean \`${near}\`?`,
    });
  }
  const issue = issues[0];
  return new AuditError("settings", code, `\`${spelt(system, issue?.path ?? [])}\`: ${inOurStyle(issue?.message)}`, {
    hint,
  });
}

/** `connectors.aws.tenants[0].roleArn`. */
function spelt(system: string, path: readonly PropertyKey[]): string {
  return `connectors.${system}${path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("")}`;
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let node = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Node | undefined;
  for (const part of path) node = typeof part === "number" ? node?.items : node?.properties?.[String(part)];
  return Object.keys(node?.properties ?? {});
}

/** The checker's own sentence in our manner: lower case, the person's words in backticks. */
function inOurStyle(message = "is not valid"): string {
  return `${message.charAt(0).toLowerCase()}${message.slice(1).replaceAll('"', "`")}`;
}
