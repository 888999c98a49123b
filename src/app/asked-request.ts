import { AuditError } from "../model/audit-error.ts";
import type { ActionTable } from "../policy/aws/action-table.ts";
import { nearestWord } from "../text/nearest-word.ts";

const ACTION = /^([A-Za-z0-9-]+):([A-Za-z0-9]+)$/;

/** The action a person typed, as AWS writes it. Throws `settings` for what is none; one AWS does not document is asked as it is written. */
export function askedAction(text: string, table: ActionTable): { readonly name: string; readonly known: boolean } {
  const id = table.idOf(text);
  if (id !== undefined) return { name: table.nameOf(id), known: true };
  const [, service = ""] = ACTION.exec(text) ?? [];
  const range = table.range(service.toLowerCase());
  const names = range === undefined ? [...table.services.keys()] : namesIn(table, range);
  const near = nearestWord(range === undefined ? service : text, names);
  throw new AuditError(
    "settings",
    "no-action",
    service === "" ? `\`${text}\` is not an action like \`s3:GetObject\`` : `AWS documents no action \`${text}\``,
    { hint: near === undefined ? "see the Service Authorization Reference" : `did you mean \`${near}\`?` },
  );
}

function namesIn(
  table: ActionTable,
  { first, end }: { readonly first: number; readonly end: number },
): readonly string[] {
  const names: string[] = [];
  for (let id = first; id < end; id += 1) names.push(table.nameOf(id));
  return names;
}

/** The resource a person typed. Throws `settings` for what is neither an ARN nor `*`. */
export function askedResource(text: string): string {
  if (/^[*?]+$/.test(text) || /^arn:[^:]+:[^:]+:/.test(text)) return text;
  throw new AuditError("settings", "no-resource", `\`${text}\` is neither an ARN nor \`*\``, {
    hint: "give the whole ARN, for example `arn:aws:s3:::bucket/key`",
  });
}

/** `key=value` options as a context; several values of a key repeat it, and a key without a value is known to be absent. */
export function askedContext(options: readonly string[]): ReadonlyMap<string, readonly string[] | null> | null {
  if (options.length === 0) return null;
  const context = new Map<string, string[] | null>();
  for (const option of options) {
    const equals = option.indexOf("=");
    if (equals <= 0)
      throw new AuditError("settings", "context", `\`${option}\` is not like \`key=value\``, {
        hint: "for example `--context aws:MultiFactorAuthPresent=true`",
      });
    const [key, value] = [option.slice(0, equals).toLowerCase(), option.slice(equals + 1)];
    context.set(key, value === "" ? null : [...(context.get(key) ?? []), value]);
  }
  return context;
}
