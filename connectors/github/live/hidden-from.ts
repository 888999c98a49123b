import type { DoctorFinding } from "../../../src/contracts/connector.ts";
import { STEPS } from "../steps/index.ts";

/** How somebody signs in, as far as it decides what GitHub shows. */
export type SignInKind = "classic" | "fine-grained" | "app" | "other";

/**
 * What GitHub never shows to a kind of sign-in, whatever its permissions: from the descriptions of the routes ("works with GitHub
 * Apps", "fine-grained personal access tokens do not") in GitHub's REST documentation.
 */
const CLOSED: Readonly<Record<SignInKind, readonly (readonly [step: string, why: string])[]>> = {
  classic: [
    ["fine-grained-tokens", "GitHub lists them to GitHub Apps only"],
    ["token-requests", "GitHub lists them to GitHub Apps only"],
    ["token-repositories", "GitHub lists them to GitHub Apps only"],
  ],
  "fine-grained": [
    ["fine-grained-tokens", "GitHub lists them to GitHub Apps only"],
    ["token-requests", "GitHub lists them to GitHub Apps only"],
    ["token-repositories", "GitHub lists them to GitHub Apps only"],
    ["licenses", "GitHub shows them to classic tokens of an enterprise's owner"],
    ["codespaces", "GitHub shows them to classic tokens of an owner"],
  ],
  app: [
    ["licenses", "GitHub shows them to classic tokens of an enterprise's owner"],
    ["codespaces", "GitHub shows them to classic tokens of an owner"],
    ["enterprise-owners", "GitHub shows an enterprise's roles to its owners"],
  ],
  other: [],
};

const titleOf = (id: string): string => STEPS.find(({ manifest }) => manifest.id === id)?.manifest.title ?? id;

/** One line per step that this kind of sign-in will not see. */
export function closedTo(kind: SignInKind): readonly DoctorFinding[] {
  return CLOSED[kind].map(([step, why]) => ({
    level: "warning",
    text: `${titleOf(step)} will not be readable`,
    hint: why,
  }));
}

/** What an app or fine-grained token lacks, one line for what the same steps will not be readable without. */
export function lacking(permissions: Readonly<Record<string, string>>): readonly DoctorFinding[] {
  const without = new Map<string, string[]>();
  for (const { manifest } of STEPS)
    for (const needed of manifest.permissions) {
      const [, name, level] = /^([a-z_]+): (read|write)/.exec(needed) ?? [];
      if (name === undefined || level === undefined || holds(permissions[name], level)) continue;
      const key = `${name}: ${level}`;
      without.set(key, [...(without.get(key) ?? []), manifest.title]);
    }
  const byLoss = new Map<string, string[]>();
  for (const [permission, titles] of without) {
    const lost = [...new Set(titles)].join(", ");
    byLoss.set(lost, [...(byLoss.get(lost) ?? []), `\`${permission}\``]);
  }
  return [...byLoss].map(([lost, lacked]) => ({
    level: "warning",
    text: `the app lacks ${lacked.join(", ")}`,
    hint: `not readable${lacked.length === 1 ? " without it" : ""}, or only in part: ${lost}`,
  }));
}

function holds(own: string | undefined, level: string): boolean {
  return own === "admin" || own === "write" || (own === "read" && level === "read");
}
