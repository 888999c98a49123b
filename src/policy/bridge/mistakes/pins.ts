import type { ParsedCondition, ParsedStatement } from "../../aws/parse-policy.ts";
import type { RepositoryControls } from "../../github/repository-controls.ts";
import { textOf } from "../../names/residuals.ts";
import { keyPrefix } from "../aws-claims.ts";
import type { ClaimText } from "../claim-text.ts";
import { subjectForms, symbolicToken, VARIABLES } from "../symbolic-token.ts";
import { USUAL_AUDIENCE } from "../token-demands.ts";
import { admittedBy, wrongOnes, type Admitted, type WrongOnes } from "./admitted.ts";
import type { MistakeFacts } from "./mistake.ts";
import { namedRepositories } from "./named-repositories.ts";
import { correctedTrust, positiveOn, withAudience, withConditions } from "./trust-text.ts";

/** Where a role is to be used from: one environment of a repository, or one branch. */
export interface Place {
  readonly repository: RepositoryControls;
  readonly environment: string | null;
  readonly branch: string;
}

/** Repositories that can be named one by one without guessing. */
const FEW = 5;

/** Where the workflows of these repositories use the role; null where none is known to. */
function usesOf({ roleArn }: MistakeFacts, repositories: readonly RepositoryControls[]): readonly Place[] | null {
  const places = repositories.flatMap((repository): readonly Place[] => {
    const branch = repository.defaultBranch;
    if (branch === null || !repository.workflows.known) return [];
    const jobs = repository.workflows.value
      .flatMap((workflow) => workflow.jobs)
      .filter(({ roles, mintsToken }) => mintsToken && roles.includes(roleArn));
    const environments = new Set(
      jobs.map(({ environment }) => (environment === null || environment.includes("${{") ? null : environment)),
    );
    return [...environments].map((environment) => ({ repository, environment, branch }));
  });
  return places.length === 0 ? null : places;
}

/** Where the role is used, or else the default branch of each of a few repositories; null where that would be a guess. */
export function placesFor(facts: MistakeFacts, repositories: readonly RepositoryControls[]): readonly Place[] | null {
  const used = usesOf(facts, repositories);
  if (used !== null) return used;
  const live = repositories.filter(({ archived, defaultBranch }) => !archived && defaultBranch !== null);
  if (live.length === 0 || live.length > FEW) return null;
  return live.map((repository) => ({ repository, environment: null, branch: repository.defaultBranch ?? "" }));
}

/** Conditions that let in those places and nothing else. */
export function pinned(facts: MistakeFacts, places: readonly Place[]): readonly ParsedCondition[] {
  const prefix = keyPrefix(facts.provider);
  const subjects = [...new Set(places.flatMap(subjectsFor))];
  const wild = subjects.some((subject) => /[*?]/.test(subject));
  const conditions: ParsedCondition[] = [
    { operator: wild ? "StringLike" : "StringEquals", key: `${prefix}sub`, values: subjects },
  ];
  // A template may leave out what the default says; AWS sees these claims whatever the subject is made of.
  if (places.some(({ repository: { subject } }) => subject.known && subject.value.claims !== null)) {
    const list = (claim: string, values: readonly string[]): void => {
      conditions.push({ operator: "StringEquals", key: prefix + claim, values: [...new Set(values)] });
    };
    list(
      "repository",
      places.map(({ repository }) => repository.name),
    );
    list(
      "ref",
      places.map(({ branch }) => `refs/heads/${branch}`),
    );
  }
  return conditions;
}

/** The subjects of a place as text, with a star for what neither the place nor the repository says. */
function subjectsFor({ repository, environment, branch }: Place): readonly string[] {
  const job = environment === null ? "branch" : "environment";
  return subjectForms(repository).flatMap((form) => {
    if (form.open !== null) return [];
    const { sub = [] } = symbolicToken(repository, { job, refKind: "branch", pull: false }, form, USUAL_AUDIENCE);
    return [textWith(sub, environment, branch)];
  });
}

function textWith(text: ClaimText, environment: string | null, branch: string): string {
  const literal = (name: string): string =>
    textOf(
      "aws",
      Array.from({ length: name.length }, (_, at) => name.charCodeAt(at)),
    );
  return text
    .map((part) => {
      if (typeof part === "string") return literal(part);
      if (part.variable === VARIABLES.ref) return literal(branch);
      if (part.variable !== VARIABLES.environment) return "*";
      return literal(part.escaped === true ? (environment ?? "").replaceAll(":", "%3A") : (environment ?? ""));
    })
    .join("");
}

/** The statement limited to the places, and to the usual audience where none was asked; as a whole trust policy. */
export function limitedTo(
  facts: MistakeFacts,
  statement: ParsedStatement,
  places: readonly Place[] | null,
): string | null {
  return places === null ? null : withSubjects(facts, statement, pinned(facts, places));
}

/** The trust policy with other conditions on whose token it is. */
export function withSubjects(
  { trust, provider }: MistakeFacts,
  statement: ParsedStatement,
  conditions: readonly ParsedCondition[],
): string {
  const before = positiveOn(statement, provider, ["sub"]);
  const changed = withConditions(statement, (condition) => before.includes(condition), conditions);
  return correctedTrust(trust, statement.index, withAudience(changed, provider), provider.arn);
}

/**
 * Keeps the subjects that do not make the mistake and pins the repositories of the others; null where nobody knows where the role
 * is used.
 */
export function withoutWrongSubjects(
  facts: MistakeFacts,
  statement: ParsedStatement,
  isWrong: WrongOnes,
  place: (repository: RepositoryControls) => readonly Place[] | null = (repository) => placesFor(facts, [repository]),
): string | null {
  const { provider, trust } = facts;
  const subjects = positiveOn(statement, provider, ["sub"]);
  const key = `${keyPrefix(provider)}sub`;
  const admittedWith = (values: readonly string[] | null): readonly Admitted[] => {
    const changed =
      values === null
        ? statement
        : withConditions(statement, (condition) => subjects.includes(condition), [
            { operator: subjects[0]?.operator ?? "StringLike", key, values },
          ]);
    const alone = { ...trust, statements: trust.statements.map((one) => (one === statement ? changed : one)) };
    return admittedBy(alone, provider, facts).flatMap((one) => {
      const demands = one.demands.filter((demand) => demand.statement === statement.index);
      return demands.length === 0 ? [] : [{ ...one, demands }];
    });
  };
  const wrong = wrongOnes(admittedWith(null), isWrong).wrong.map(({ repository }) => repository);
  const names = new Set(wrong.map(({ name }) => name.toLowerCase()));
  // A form of a name that no token has now would open the repository again when the form changes.
  const dead = new Set(
    namedRepositories(statement, provider).flatMap(({ name, value }) =>
      names.has(name.toLowerCase()) && admittedWith([value]).length === 0 ? [value] : [],
    ),
  );
  const [only, ...others] = subjects;
  // A star in `StringEquals` lets nobody in; beside patterns it would come to life.
  const live = (value: string): boolean => only !== undefined && (/like/i.test(only.operator) || !/[*?]/.test(value));
  const kept =
    only !== undefined && others.length === 0
      ? only.values.filter((value) => live(value) && !dead.has(value) && !admittedWith([value]).some(isWrong))
      : [];
  const places = wrong.flatMap((repository) => place(repository) ?? []);
  if (kept.length === 0 && places.length === 0) return null;
  if (places.length === 0)
    return withSubjects(facts, statement, [{ operator: only?.operator ?? "StringLike", key, values: kept }]);
  const [subject, ...further] = pinned(facts, places);
  if (subject === undefined) return null;
  // What a template needs besides would cut the subjects that were kept.
  if (further.length > 0 || kept.length === 0) return withSubjects(facts, statement, [subject, ...further]);
  const values = [...new Set([...kept, ...subject.values])];
  const operator = values.some((value) => /[*?]/.test(value)) ? "StringLike" : "StringEquals";
  return withSubjects(facts, statement, [{ operator, key, values }]);
}
