import type { ParsedStatement } from "../../aws/parse-policy.ts";
import type { NamePattern } from "../../names/name-pattern.ts";
import { isAnyName } from "../../names/demands.ts";
import { findRefName } from "../../names/ref-names.ts";
import { isWide } from "../../names/wide.ts";
import { keyPrefix } from "../aws-claims.ts";
import type { TokenDemand } from "../token-demand.ts";
import { allowStatements, type Admitted } from "./admitted.ts";
import type { MistakeAnswer, MistakeCheck, MistakeFacts } from "./mistake.ts";
import { correctedTrust, withConditions } from "./trust-text.ts";

/**
 * Stars of a protection stop at a slash, those of the trust do not: `release/a/b` is let in and not protected. Source: facts on
 * GitHub, 9.8; "Managing a branch protection rule", GitHub documentation.
 */
export const slashInName: MistakeCheck = {
  id: "O17",
  title: "the trust takes names with a further slash that no protection covers",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement, admitted, anybody }): readonly MistakeAnswer[] => {
      if (anybody) return [];
      const gaps = admitted.flatMap((one) => one.demands.flatMap((demand) => gapOf(one, demand)));
      const found = gaps.filter(({ name }) => name !== undefined);
      const [first] = found;
      if (first?.name !== undefined)
        return [
          {
            state: "found",
            statement: statement.index,
            what: `whoever can create \`${first.name}\` in \`${first.repository}\`, which no protection covers`,
            corrected: without(
              facts,
              statement,
              found.flatMap(({ beyond }) => beyond),
            ),
          },
        ];
      const missing = [...new Set(gaps.flatMap((gap) => gap.missing))];
      return missing.length === 0 ? [] : [{ state: "undecided", statement: statement.index, missing }];
    }),
};

interface Gap {
  readonly repository: string;
  /** A name that is let in, looks protected and is not. */
  readonly name?: string;
  /** Refs, as patterns of AWS, that have a slash where the protection's star stops. */
  readonly beyond: readonly string[];
  readonly missing: readonly string[];
}

function gapOf({ repository }: Admitted, { job, ref, refKind }: TokenDemand): readonly Gap[] {
  // An environment has branches of its own; what the trust does not ask is not its pattern.
  if (job === "pull-request" || (job === "environment" && isAnyName(ref)) || !isWide(ref)) return [];
  const gap = { repository: repository.name, beyond: [], missing: [] };
  if (findRefName({ ...ref, all: [...ref.all, [{ syntax: "aws", pattern: "*/*" }]] }).state === "none") return [];
  if (!repository.protections.known) return [{ ...gap, missing: [`protections of \`${repository.name}\``] }];
  const patterns = repository.protections.value
    .filter(({ target, enforcement }) => target === refKind && enforcement === "active")
    .flatMap(({ include }) => include);
  const covered = patterns.map(asFnmatch);
  // Brackets and escapes mean other things in the two languages; nobody takes the one for the other.
  const lookalikes = patterns.filter(
    (pattern) => /[*?]/.test(pattern) && !/[[\\]/.test(pattern) && !pattern.startsWith("~"),
  );
  if (lookalikes.length === 0) return [];
  const looks: readonly NamePattern[] = lookalikes.map((pattern) => ({ syntax: "aws", pattern }));
  const found = findRefName({ all: [...ref.all, looks], none: [...ref.none, ...covered] });
  if (found.state === "too-hard")
    return [{ ...gap, missing: [`whether protections of \`${repository.name}\` cover every ${refKind}`] }];
  if (found.state === "none") return [];
  const start = refKind === "tag" ? "refs/tags/" : "refs/heads/";
  return [{ ...gap, name: found.name, beyond: lookalikes.flatMap(withSlash).map((pattern) => start + pattern) }];
}

function asFnmatch(pattern: string): NamePattern {
  // The default branch has one name, which no pattern here is about.
  return pattern === "~ALL" ? { syntax: "aws", pattern: "*" } : { syntax: "fnmatch", pattern };
}

/** The pattern with a slash in each wildcard that stops at one, read as AWS reads it. */
function withSlash(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\*+|\?/g)].flatMap(({ index, 0: wildcard }) => {
    const after = pattern.slice(index + wildcard.length);
    // A whole segment of two stars takes slashes in GitHub's language too.
    if (wildcard === "**" && after.startsWith("/") && (index === 0 || pattern.charAt(index - 1) === "/")) return [];
    return [pattern.slice(0, index) + (wildcard === "?" ? "/" : "*/*") + after];
  });
}

function without(facts: MistakeFacts, statement: ParsedStatement, refs: readonly string[]): string {
  const key = `${keyPrefix(facts.provider)}ref`;
  const changed = withConditions(statement, () => false, [
    { operator: "StringNotLike", key, values: [...new Set(refs)] },
  ]);
  return correctedTrust(facts.trust, statement.index, changed, facts.provider.arn);
}
