import { compilePolicy } from "../aws/compile-policy.ts";
import type { ParsedPolicy, ParsedStatement } from "../aws/parse-policy.ts";
import { namedBy } from "../aws/principal-match.ts";
import { requestPrincipal } from "../aws/request-principal.ts";
import { demandCovers } from "../names/covers.ts";
import { ANY_NAME, bothDemands } from "../names/demands.ts";
import { findName, type FoundName } from "../names/find-name.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import { withPossiblePatterns } from "../names/possible-patterns.ts";
import { allOf, ALWAYS, anyOf, type Alternative, type Alternatives } from "./alternatives.ts";
import { claimOfKey, type TokenProvider } from "./aws-claims.ts";
import { ClaimConditions, failsFrom, type SymbolicToken } from "./claim-conditions.ts";
import {
  domainOf,
  JOB_KINDS,
  subjectForms,
  symbolicToken,
  UNREAD_ID,
  UNREAD_SUBJECT,
  VARIABLES,
  type JobKind,
  type SubjectForm,
} from "./symbolic-token.ts";
import type { TokenDemand } from "./token-demand.ts";
import type { TokenRepository } from "./token-job.ts";

/** What a job asks tokens for where nobody says otherwise, and what every provider for GitHub lists. */
export const USUAL_AUDIENCE = "sts.amazonaws.com";

const ASSUME = "sts:assumerolewithwebidentity";

/**
 * Which tokens of a repository's jobs a role's trust policy lets in, per kind of job, in order of statement. `audiences` are those
 * that the provider takes: who writes a workflow chooses among them. Exact where `missing` and `needs` are empty: a token is let in
 * if and only if one of the demands is met. Explicit denials narrow every demand.
 * Sources: "OpenID Connect reference", GitHub documentation; "IAM and AWS STS condition context keys", IAM User Guide.
 */
export function tokenDemands(
  trust: ParsedPolicy,
  provider: TokenProvider,
  repository: TokenRepository,
  audiences: readonly string[] = [USUAL_AUDIENCE],
): readonly TokenDemand[] {
  const meant = statementsFor(trust, provider);
  const denies = meant.filter(({ effect }) => effect === "Deny");
  const { forms, token: tokenOf } = tokensOf(repository);
  const unreadForm = repository.subject.known
    ? `whether subjects of \`${repository.name}\` have ids beside the names`
    : `how subjects of \`${repository.name}\` are built`;
  const demands: TokenDemand[] = [];
  for (const allow of meant.filter(({ effect }) => effect === "Allow")) {
    const possible = forms.filter((form) => !failsFor(allow, leadOf(form), provider, trust.version));
    if (possible.length === 0) continue;
    for (const kind of JOB_KINDS) {
      for (const audience of audiences) {
        const ofForms = forms.map((form) => {
          const token = tokenOf(kind, form, audience);
          const conditions = new ClaimConditions(provider, token, trust.version);
          const holds = whenLetIn(allow, denies, conditions);
          return holds.flatMap((one) => demandOf(allow, kind, audience, one, unreadForm));
        });
        demands.push(...agreed(ofForms, unreadForm));
      }
    }
  }
  return withoutRepeats(demands);
}

/** Whether no token whose subject begins so is let in. */
function failsFor(
  { conditions }: ParsedStatement,
  lead: string,
  provider: TokenProvider,
  version: ParsedPolicy["version"],
): boolean {
  return (
    lead !== "" &&
    conditions.some((condition) => claimOfKey(provider, condition.key) === "sub" && failsFrom(condition, lead, version))
  );
}

/** What every subject of a form begins with; empty where that depends on the job. */
function leadOf({ claims, prefix, open }: SubjectForm): string {
  if (open === "whole" || (claims !== null && claims[0] !== "repo")) return "";
  let lead = "";
  for (const part of prefix) {
    if (typeof part !== "string") return lead;
    lead += part;
  }
  return lead;
}

/** The tokens of one repository, made once for all trusts that are asked about it in a row. */
interface TokensOf {
  readonly repository: TokenRepository;
  readonly forms: readonly SubjectForm[];
  token(kind: JobKind, form: SubjectForm, audience: string): SymbolicToken;
}

let latest: TokensOf | undefined;

function tokensOf(repository: TokenRepository): TokensOf {
  if (latest?.repository === repository) return latest;
  const forms = subjectForms(repository);
  const made = new Map<string, SymbolicToken>();
  latest = {
    repository,
    forms,
    token(kind, form, audience) {
      const key = `${JOB_KINDS.indexOf(kind)} ${forms.indexOf(form)} ${audience}`;
      let token = made.get(key);
      if (token === undefined) made.set(key, (token = symbolicToken(repository, kind, form, audience)));
      return token;
    },
  };
  return latest;
}

/** When an Allow statement lets a token in and no denial keeps it out. */
export function whenLetIn(
  allow: ParsedStatement,
  denies: readonly ParsedStatement[],
  conditions: ClaimConditions,
): Alternatives {
  let holds = ALWAYS;
  for (const condition of allow.conditions) {
    holds = allOf([holds, conditions.when(condition, true)]);
    // Most repositories fail the first condition: the others are not looked at then.
    if (holds.length === 0) return holds;
  }
  for (const deny of denies)
    holds = allOf([holds, anyOf(deny.conditions.map((condition) => conditions.when(condition, false)))]);
  return holds;
}

/** The statements that mean the provider and the action by which its tokens become a role, denials too. */
export function statementsFor(trust: ParsedPolicy, { arn }: TokenProvider): readonly ParsedStatement[] {
  let known = remembered.get(trust);
  if (known === undefined) remembered.set(trust, (known = new Map()));
  let statements = known.get(arn);
  if (statements === undefined) known.set(arn, (statements = findStatements(trust, arn)));
  return statements;
}

const remembered = new WeakMap<ParsedPolicy, Map<string, readonly ParsedStatement[]>>();

function findStatements(trust: ParsedPolicy, arn: string): readonly ParsedStatement[] {
  const principal = requestPrincipal(arn);
  const compiled = compilePolicy(trust).statements;
  if (principal === undefined) return [];
  return trust.statements.filter((_, at) => {
    const statement = compiled[at];
    if (statement === undefined || !statement.actions.matches(ASSUME)) return false;
    if (statement.principals === null && !statement.deny) return false;
    return namedBy(statement.principals, principal, statement.deny, false, null).bits !== 0;
  });
}

/** What every form of the subject comes to; where the forms do not agree, what was not read decides. */
function agreed(ofForms: readonly (readonly TokenDemand[])[], unreadForm: string): readonly TokenDemand[] {
  const [only, ...others] = ofForms;
  if (only === undefined || others.length === 0) return only ?? [];
  const counted = new Map<string, number>();
  for (const demands of ofForms) {
    for (const key of new Set(demands.map((demand) => JSON.stringify(demand))))
      counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return ofForms.flatMap((demands) =>
    demands.map((demand) =>
      counted.get(JSON.stringify(demand)) === ofForms.length
        ? demand
        : { ...demand, missing: [...new Set([...demand.missing, unreadForm])] },
    ),
  );
}

/** One alternative as a demand; none where some variable cannot be as it has to be. */
function demandOf(
  { index }: ParsedStatement,
  { job, refKind, pull }: JobKind,
  audience: string,
  { variables, needs, missing }: Alternative,
  unreadForm: string,
): readonly TokenDemand[] {
  const asked = new Map<string, NameDemand>();
  const open: string[] = [...missing];
  const further: string[] = [...needs];
  for (const [variable, demand] of variables) {
    const domain = domainOf(variable);
    if (demandCovers(demand, domain) === true) continue;
    const within = bothDemands(demand, domain);
    const found = findName(within);
    if (found.state === "none") return [];
    if (found.state === "too-hard") open.push(`whether any ${variable} fits the patterns of the trust policy`);
    const shown = withPossiblePatterns(demand, domain);
    asked.set(variable, shown);
    if (KNOWN_VARIABLES.has(variable)) continue;
    if (variable.startsWith(UNREAD_ID)) open.push(`\`${variable.slice(UNREAD_ID.length)}\` of the repository`);
    else if (variable.startsWith(UNREAD_SUBJECT)) open.push(unreadForm);
    else further.push(`claim \`${variable}\` is ${inWords(shown, found)}`);
  }
  const of = (variable: string): NameDemand | null => asked.get(variable) ?? null;
  const [workflowName, pullRequest] = [of(VARIABLES.workflow), of(VARIABLES.pullRequest)];
  return [
    {
      statement: index,
      job,
      environment: job === "environment" ? (of(VARIABLES.environment) ?? ANY_NAME) : null,
      ref: of(VARIABLES.ref) ?? ANY_NAME,
      refKind,
      workflow: of(VARIABLES.workflowPath),
      jobWorkflow: of(VARIABLES.jobWorkflow),
      actor: of(VARIABLES.actor),
      actorIds: of(VARIABLES.actorId),
      event: of(VARIABLES.event),
      needs: [...new Set(further)],
      missing: [...new Set(open)],
      ...(workflowName === null ? {} : { workflowName }),
      ...(pull ? { pullRequest: pullRequest ?? ANY_NAME } : {}),
      audience,
    },
  ];
}

const KNOWN_VARIABLES: ReadonlySet<string> = new Set(Object.values(VARIABLES));

function inWords(demand: NameDemand, found: FoundName): string {
  const texts = demand.all.flatMap((patterns) => patterns.map(({ pattern }) => `\`${pattern}\``));
  if (texts.length > 0) return texts.join(" or ");
  return found.state === "found" ? `such as \`${found.name}\`` : "as the trust policy asks";
}

/** Demands that differ in the audience alone are one: whoever gets the token chooses it. */
function withoutRepeats(demands: readonly TokenDemand[]): readonly TokenDemand[] {
  const seen = new Set<string>();
  return demands.filter((demand) => {
    const key = JSON.stringify({ ...demand, audience: null });
    return seen.has(key) ? false : seen.add(key);
  });
}
