import { readFileSync } from "node:fs";
import type { SecretReader } from "../contracts/secret-reader.ts";
import { AuditError } from "../model/audit-error.ts";

/** Read by the providers' own libraries, not through us: known all the same, so that they are never printed. */
const READ_BY_OTHERS = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "GITHUB_TOKEN", "GH_TOKEN", "LEASTWISE_KEY"];

/** Shorter texts occur everywhere: taking them out would spoil every sentence and protect nothing. */
const SHORTEST = 6;

/** A secret reader that also keeps what it read out of everything that is printed. */
export interface RedactingSecrets extends SecretReader {
  /** The text with every secret read so far, in any usual spelling, replaced by `[redacted]`. */
  redact(text: string): string;
}

/**
 * Secrets from the environment: `NAME`, or the file that `NAME_FILE` names (without the line break at its end).
 * Throws `settings` when that file cannot be read; no message holds a value.
 */
export function environmentSecrets(environment: Readonly<Record<string, string | undefined>>): RedactingSecrets {
  const spellings = new Set<string>();
  for (const name of READ_BY_OTHERS) remember(environment[name] ?? "", spellings);
  return {
    read(name) {
      const direct = environment[name];
      const value = direct === undefined || direct === "" ? fromFile(name, environment[`${name}_FILE`]) : direct;
      if (value === undefined || value === "") return undefined;
      remember(value, spellings);
      return value;
    },
    redact(text) {
      // Longest first: a secret may contain another one.
      return [...spellings]
        .sort((a, b) => b.length - a.length)
        .reduce((clean, spelling) => clean.replaceAll(spelling, "[redacted]"), text);
    },
  };
}

function fromFile(name: string, path: string | undefined): string | undefined {
  if (path === undefined || path === "") return undefined;
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    throw new AuditError(
      "settings",
      "secret-file",
      `the file that \`${name}_FILE\` names cannot be read: \`${path}\``,
      {
        hint: "check the path and its mode",
        cause: error,
      },
    );
  }
}

/** The secret as it is, as JSON, URLs and headers spell it, and line by line (a private key). */
function remember(value: string, spellings: Set<string>): void {
  const ways = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), base64(value)];
  const lines = value.includes("\n")
    ? value.split(/\r?\n/).filter((line) => !line.startsWith("-----") && line.length >= 16)
    : [];
  for (const way of [...ways, ...lines]) if (way.length >= SHORTEST) spellings.add(way);
}

function base64(value: string): string {
  return Buffer.from(value, "utf8").toString("base64").replace(/=+$/, "");
}
