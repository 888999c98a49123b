import { brokenRules, ruleSteps } from "../push-rules.ts";
import type { Signal } from "../signal.ts";

/** What is said where neither GitHub nor a snapshot names the ruleset. */
export const LOOK_AT_SETTINGS = "the repository's settings show which ruleset it is, and who may bypass it";

/** What branch protection and rulesets answer to a push (GitHub: "About protected branches", "About rulesets"). */
export const PUSH: readonly Signal[] = [
  {
    id: "push-protection",
    kind: "denied",
    words: /GITHUB PUSH PROTECTION|Push cannot contain secrets|GH009/i,
    own: true,
    reason: "the push holds a secret, and push protection keeps it out",
    next: ["take the secret out of every commit of the push, and rotate it: it has left this machine"],
    whom: ["repository-admin"],
  },
  {
    id: "ruleset",
    kind: "denied",
    words: /GH013|Repository rule violations found|declined due to repository rule violations/i,
    own: true,
    reason: ({ message }) => `a ruleset refuses the push${refIn(message)}${listed(message)}`,
    next: ({ message }) => {
      const page = /https?:\/\/\S+\/rules\?ref=\S+/.exec(message)?.[0];
      return [
        ...ruleSteps(message),
        page === undefined ? LOOK_AT_SETTINGS : `${page} shows which ruleset it is, its settings who may bypass it`,
      ];
    },
    whom: ["repository-admin", "organization-owner"],
  },
  {
    id: "protected-branch",
    kind: "denied",
    words: /GH006|Protected branch update failed|protected branch hook declined|GH003/i,
    own: true,
    reason: ({ message }) => `the protection of the branch refuses the push${refIn(message)}${listed(message)}`,
    next: ({ message }) => ruleSteps(message),
    whom: ["repository-admin"],
  },
  {
    id: "environment",
    kind: "denied",
    words: /(?:Branch|Tag) ["'](?<ref>[^"']+)["'] is not allowed to deploy to (?<environment>[^\s]+)/i,
    own: true,
    reason: (_, caught) =>
      `the environment \`${caught?.groups?.["environment"] ?? ""}\` does not let \`${caught?.groups?.["ref"] ?? ""}\` deploy`,
    next: [
      "run it from a branch or tag the environment allows, or have this one added to its deployment branches and tags",
    ],
    whom: ["repository-admin"],
  },
];

function refIn(message: string): string {
  const ref = /(?:failed|found) for (refs\/[^\s.]+(?:\.[^\s.]+)*)/.exec(message)?.[1];
  return ref === undefined ? "" : ` to \`${ref}\``;
}

function listed(message: string): string {
  const rules = brokenRules(message);
  return rules.length === 0 ? "" : `: ${rules.join("; ")}`;
}
