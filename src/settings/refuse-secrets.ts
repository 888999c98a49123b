import { AuditError } from "../model/audit-error.ts";

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
        hint: "take it out, put it into an environment variable or a file that only you can read, and replace it at the provider if others could read this file",
        place,
      });
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
