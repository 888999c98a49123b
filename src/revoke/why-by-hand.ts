import type { RevocationOutcome } from "../model/revocation.ts";
import type { DescribedTarget } from "./describe-target.ts";

/**
 * Why a person has to do it: where a provider offers no call for something, the reason and the place to go, so that nobody
 * searches for the operation that is not there. GitHub's are read from its REST description.
 */
export function whyByHand(described: DescribedTarget, outcome: RevocationOutcome): string {
  const known = REASONS.find(({ is }) => is(described));
  if (known !== undefined) return known.why;
  return outcome === "reduce"
    ? "the reviewer wants less of it, not none: narrow it"
    : "no operation takes this away yet";
}

interface Reason {
  is(described: DescribedTarget): boolean;
  readonly why: string;
}

const REASONS: readonly Reason[] = [
  {
    is: ({ target, grant, credential }) =>
      target.system === "github" && grant?.kind === "selection" && credential?.kind === "fine-grained-token",
    why: "GitHub takes a fine-grained token away as a whole only: revoke the token, or ask its owner to leave the repository out",
  },
  {
    is: ({ target, grant }) => target.system === "github" && grant?.kind === "installation",
    why: "GitHub lets only the app itself suspend its installation, and only an app of the enterprise uninstall others: name its key under `ownApps`, or under Settings → GitHub Apps → Configure, suspend it first",
  },
  {
    is: ({ target, grant }) => target.system === "github" && grant?.kind === "key",
    why: "a deploy key is its access: take away the key",
  },
];
