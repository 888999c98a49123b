import { AuditError } from "../model/audit-error.ts";
import { spellPath, type YamlPath, type YamlPlaces } from "./yaml-place.ts";

const ELSEWHERE =
  "take it out, put it into an environment variable or a file that only you can read, and replace it at the provider if others could read this file";

/** What secrets look like. Prefixes: GitHub "About authentication", AWS "IAM identifiers". */
const SHAPES: readonly {
  readonly what: string;
  readonly pattern: RegExp;
  readonly isSecret?: (text: string) => boolean;
}[] = [
  { what: "an AWS access key id", pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { what: "a GitHub token", pattern: /(?<![A-Za-z0-9])gh[opusr]_[A-Za-z0-9]{20,}/g },
  { what: "a GitHub token", pattern: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{20,}/g },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g },
  {
    what: "an AWS secret access key",
    pattern: /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    isSecret: looksRandom,
  },
  { what: "a signing key", pattern: /(?<![A-Za-z0-9])[0-9a-f]{64}(?![A-Za-z0-9])/gi },
];

/** Throws `settings` with the place, never the text, of the first thing in a configuration that looks like a secret; comments too. */
export function refuseSecrets(text: string, file: string): void {
  for (const { what, pattern, isSecret } of SHAPES) {
    for (const match of text.matchAll(pattern)) {
      if (isSecret?.(match[0]) === false) continue;
      const before = text.slice(0, match.index).split("\n");
      const place = { file, line: before.length, column: (before.at(-1) ?? "").length + 1 };
      throw new AuditError("settings", "secret-in-settings", `the configuration holds what looks like ${what}`, {
        hint: ELSEWHERE,
        place,
      });
    }
  }
}

/** Keys that ask for the secret itself, whatever it looks like. */
const SECRET_KEY = /(?:token|secret|password|passphrase|pat|private_?key|access_?key(?:_?id)?)$/i;
/** Keys that ask for the name of a secret: `tokenFrom`. */
const NAME_KEY = /From$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** What GitHub's tokens looked like before they had a beginning; no variable is named so. */
const BARE_TOKEN = /^[0-9a-f]{32,}$/i;

/**
 * Throws `settings` with the place, never the value, where connectors' settings hold a secret by its key's name, or
 * something else than a name where the name of one belongs: the connector's own message would repeat it.
 */
export function refuseSecretSettings(value: unknown, path: YamlPath, places: YamlPlaces): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const key = Array.isArray(value) ? Number(name) : name;
    const here = [...path, key];
    refuseSecretSettings(inner, here, places);
    if (typeof inner !== "string" && typeof inner !== "number") continue;
    if (SECRET_KEY.test(name)) {
      throw new AuditError("settings", "secret-in-settings", `\`${spellPath(here)}\` holds a secret`, {
        hint: ELSEWHERE,
        place: places.key(path, name),
      });
    }
    if (NAME_KEY.test(name) && !(VARIABLE.test(String(inner)) && !BARE_TOKEN.test(String(inner)))) {
      throw new AuditError(
        "settings",
        "secret-name",
        `\`${spellPath(here)}\` must be the name of an environment variable, such as \`GITHUB_TOKEN\``,
        { hint: "write the name of the variable here and the secret into the variable", place: places.value(here) },
      );
    }
  }
}

/** Tells 40 random characters from a long path or name: all sorts of characters, spread evenly. */
function looksRandom(text: string): boolean {
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/[0-9]/.test(text)) return false;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits > 4.2;
}
