import type { ParsedPolicy, ParsedStatement } from "../../aws/parse-policy.ts";
import type { RepositoryControls } from "../../github/repository-controls.ts";
import { isAnyName } from "../../names/demands.ts";
import type { NameDemand } from "../../names/name-pattern.ts";
import { isWide } from "../../names/wide.ts";
import type { TokenProvider } from "../aws-claims.ts";
import { strangers } from "../strangers.ts";
import type { TokenDemand } from "../token-demand.ts";
import { statementsFor, tokenDemands } from "../token-demands.ts";
import type { MistakeAnswer, MistakeFacts } from "./mistake.ts";

/** A repository whose tokens a statement lets in. */
export interface Admitted {
  readonly repository: RepositoryControls;
  /** Of this statement. */
  readonly demands: readonly TokenDemand[];
}

/** One Allow statement for GitHub's tokens. */
export interface AllowStatement {
  readonly statement: ParsedStatement;
  /** Repositories of one's own that it lets in; those that were read. */
  readonly admitted: readonly Admitted[];
  /** Whether it lets in anybody on GitHub: then what it does to one's own repositories is the lesser mistake. */
  readonly anybody: boolean;
}

const remembered = new WeakMap<MistakeFacts, readonly AllowStatement[]>();

/** The Allow statements with what they let in; worked out once for all checks. */
export function allowStatements(facts: MistakeFacts): readonly AllowStatement[] {
  let statements = remembered.get(facts);
  if (statements === undefined) {
    const { trust, provider, owners } = facts;
    const open = new Set(
      strangers(trust, provider, owners).flatMap(({ anybody, statement }) => (anybody ? [statement] : [])),
    );
    const admitted = admittedBy(trust, provider, facts);
    statements = statementsFor(trust, provider)
      .filter(({ effect }) => effect === "Allow")
      .map((statement) => ({
        statement,
        admitted: admitted.flatMap(({ repository, demands }) => {
          const own = demands.filter((demand) => demand.statement === statement.index);
          return own.length === 0 ? [] : [{ repository, demands: own }];
        }),
        anybody: open.has(statement.index),
      }));
    remembered.set(facts, statements);
  }
  return statements;
}

/** The repositories that a trust policy lets in. */
export function admittedBy(
  trust: ParsedPolicy,
  provider: TokenProvider,
  { repositories }: Pick<MistakeFacts, "repositories">,
): readonly Admitted[] {
  if (!repositories.known) return [];
  return repositories.value.flatMap((repository) => {
    const demands = tokenDemands(trust, provider, repository);
    return demands.length === 0 ? [] : [{ repository, demands }];
  });
}

/** Repositories with demands that make a mistake: certainly, or only if what was not read says so. */
export type WrongOnes = (one: Admitted) => boolean;

/** Splits by whether the demands that are certain make the mistake, or only those that hang on something unread. */
export function wrongOnes(
  admitted: readonly Admitted[],
  isWrong: WrongOnes,
): { readonly wrong: readonly Admitted[]; readonly missing: readonly string[] } {
  const wrong: Admitted[] = [];
  const missing: string[] = [];
  for (const one of admitted) {
    const certain = { ...one, demands: one.demands.filter((demand) => demand.missing.length === 0) };
    if (isWrong(certain)) wrong.push(certain);
    else if (isWrong(one)) missing.push(...one.demands.flatMap((demand) => demand.missing));
  }
  return { wrong, missing: [...new Set(missing)] };
}

/** The answer where only what was not read makes a mistake. */
export function undecided(statement: ParsedStatement, missing: readonly string[]): readonly MistakeAnswer[] {
  return missing.length === 0 ? [] : [{ state: "undecided", statement: statement.index, missing }];
}

/** Whether every branch of the repository gets in, by a job that names no environment. */
export function everyBranch({ demands }: Admitted): boolean {
  return demands.some((demand) => demand.job === "branch" && isAnyName(demand.ref) && unpinned(demand));
}

/** Whether a job can run for branches nobody listed. */
export function manyRefs({ ref, pullRequest }: TokenDemand): boolean {
  return pullRequest === undefined && isWide(ref);
}

/** Whether nothing but the repository's own jobs decides: a workflow that has to hold the job is somebody else's. */
export function unpinned({ jobWorkflow, actor, actorIds }: TokenDemand): boolean {
  return jobWorkflow === null && actor === null && actorIds === null;
}

/** Whether the subjects of the repository are built by a template of its own that does not name the ref. */
export function hidesTheRef({ subject }: RepositoryControls): boolean {
  const claims = subject.known ? subject.value.claims : null;
  return claims !== null && !["context", "ref", "environment", "workflow_ref"].some((claim) => claims.includes(claim));
}

/** The texts a demand lists, where it lists them. */
export function listedNames({ all, none }: NameDemand): readonly string[] {
  const [list = []] = all.filter((patterns) =>
    patterns.every(({ syntax, pattern }) => syntax === "exact" || !/[*?]/.test(pattern)),
  );
  return list.map(({ pattern }) => pattern).filter((name) => !none.some(({ pattern }) => pattern === name));
}

/** Repositories as a sentence names them. */
export function inWords(admitted: readonly Admitted[]): string {
  const names = admitted.map(({ repository }) => `\`${repository.name}\``);
  const [first = "", second, ...more] = names;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}
