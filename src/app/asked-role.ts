import { AuditError } from "../model/audit-error.ts";
import { nearestWord } from "../text/nearest-word.ts";
import { askedResource } from "./asked-request.ts";
import type { Questioned } from "./questions.ts";

/**
 * The role a person typed, as an ARN: by name, by `role/path/name` or `path/name`, by id; an ARN with or without wildcards and `*`
 * stay as they are, and nothing is every role. Throws `settings` where no role or several are called that.
 */
export function askedRole(text: string | undefined, { graph, where }: Questioned): string {
  if (text === undefined) return "*";
  if (text.startsWith("arn:") || /^[*?]+$/.test(text)) return askedResource(text);
  const roles = graph.snapshot.principals.filter(({ system, kind }) => system === "aws" && kind === "role");
  const path = text.replace(/^\/?(?:role\/)?/, "");
  const found = [
    ...new Set(
      roles.flatMap(({ id, displayName, locator }) =>
        id === text || displayName === text || locator.endsWith(`:role/${path}`) ? [locator] : [],
      ),
    ),
  ];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only !== undefined)
    throw new AuditError("settings", "ambiguous", `\`${text}\` fits ${found.length} roles: ${found.join(", ")}`, {
      hint: "give one of these",
    });
  if (!graph.snapshot.tenants.some(({ system }) => system === "aws"))
    throw new AuditError(
      "settings",
      "no-role",
      `no role \`${text}\` was collected ${where}: it holds no tenant of AWS`,
      {
        hint: "collect AWS as well, or give the role's whole ARN",
      },
    );
  const near = nearestWord(
    text,
    roles.map(({ displayName }) => displayName),
  );
  throw new AuditError("settings", "no-role", `no role \`${text}\` was collected ${where}`, {
    hint: `${near === undefined ? "" : `did you mean \`${near}\`? else `}give a name, \`role/path/name\`, an ARN (\`*\` in it stands for anything), or \`*\` for every role`,
  });
}
