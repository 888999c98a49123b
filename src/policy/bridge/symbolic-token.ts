import { unknown, type Observed } from "../../model/observed.ts";
import type { SubjectTemplate } from "../../model/subject-template.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import { NO_REF_NAME } from "../names/ref-names.ts";
import type { ClaimPart, ClaimText } from "./claim-text.ts";
import type { SymbolicToken } from "./claim-conditions.ts";
import type { TokenDemand } from "./token-demand.ts";
import { ESCAPED_CLAIMS, type TokenRepository } from "./token-job.ts";

/** What a job can choose; other claims of a template are variables called like the claim. */
export const VARIABLES = {
  ref: "ref name",
  environment: "environment name",
  workflow: "workflow name",
  workflowPath: "workflow path",
  jobWorkflow: "job workflow",
  actor: "actor name",
  actorId: "actor number",
  event: "event",
  pullRequest: "pull request number",
} as const;

/** Start of the names of variables that stand for ids nobody read. */
export const UNREAD_ID = "unread id: ";

/** One kind of job. */
export interface JobKind {
  readonly job: TokenDemand["job"];
  readonly refKind: TokenDemand["refKind"];
  /** Whether a pull request triggers it. */
  readonly pull: boolean;
}

/** Every kind there is. An environment's job can run for a branch, a tag or a pull request. */
export const JOB_KINDS: readonly JobKind[] = [
  { job: "branch", refKind: "branch", pull: false },
  { job: "tag", refKind: "tag", pull: false },
  { job: "pull-request", refKind: "branch", pull: true },
  { job: "environment", refKind: "branch", pull: false },
  { job: "environment", refKind: "tag", pull: false },
  { job: "environment", refKind: "branch", pull: true },
];

/** One way the subject may be built. */
export interface SubjectForm {
  /** Null where GitHub's default stands. */
  readonly claims: readonly string[] | null;
  readonly prefix: ClaimText;
  /** A template that nobody read: `after` stands for whatever comes behind the repository, `whole` for everything. */
  readonly open: "after" | "whole" | null;
}

/** Start of the names of variables that stand for subjects, or the rest of them, that nobody knows how to build. */
export const UNREAD_SUBJECT = "unread subject";

/** What the variables of a kind may be at all; a variable that is not named may be anything. */
export function domainOf(variable: string): NameDemand {
  switch (variable) {
    case VARIABLES.ref:
      return { all: [], none: NO_REF_NAME };
    case VARIABLES.event:
      return { all: [], none: [{ syntax: "exact", pattern: "pull_request" }] };
    case VARIABLES.pullRequest:
    case VARIABLES.actorId:
    case "sha":
      return NUMBER_OR_HASH[variable === "sha" ? "hash" : "number"];
    case "runner_environment":
      return {
        all: [["github-hosted", "self-hosted"].map((pattern) => ({ syntax: "exact", pattern }))],
        none: [],
      };
    case UNREAD_SUBJECT:
      // A template that begins with the repository is the other open form; every other begins with a claim.
      return { all: [[{ syntax: "aws", pattern: "?*:*" }]], none: [{ syntax: "aws", pattern: "repo:*" }] };
    default:
      return variable.startsWith(UNREAD_ID) ? NUMBER_OR_HASH.number : { all: [], none: [] };
  }
}

const NUMBER_OR_HASH: Readonly<Record<"number" | "hash", NameDemand>> = {
  number: {
    all: [],
    none: [
      { syntax: "fnmatch", pattern: "**/*[^0-9]*" },
      { syntax: "aws", pattern: "*/*" },
      { syntax: "aws", pattern: "0*" },
    ],
  },
  hash: {
    all: [],
    none: [
      { syntax: "fnmatch", pattern: "**/*[^0-9a-f]*" },
      { syntax: "aws", pattern: "*/*" },
    ],
  },
};

/** Every way the repository's subjects may be built: one where everything was read. */
export function subjectForms(repository: TokenRepository): readonly SubjectForm[] {
  const { subject } = repository;
  if (!subject.known) {
    const prefixes = prefixesOf(repository, unknown(subject.why));
    return [
      ...prefixes.map((prefix) => ({ claims: null, prefix, open: null })),
      ...prefixes.map((prefix) => ({ claims: null, prefix, open: "after" as const })),
      { claims: null, prefix: [], open: "whole" },
    ];
  }
  return prefixesOf(repository, subject).map((prefix) => ({ claims: subject.value.claims, prefix, open: null }));
}

function prefixesOf(repository: TokenRepository, subject: Observed<SubjectTemplate>): readonly ClaimText[] {
  const said = subject.known ? subject.value.prefix : undefined;
  if (said?.known === true) return [[said.value]];
  const immutable = subject.known ? subject.value.immutable : undefined;
  const [owner = "", repo = ""] = repository.name.split("/");
  const plain: ClaimText = [`repo:${repository.name}`];
  const numbered: ClaimText = [
    `repo:${owner}@`,
    ...idText("repository_owner_id", repository.ownerId),
    `/${repo}@`,
    ...idText("repository_id", repository.repositoryId),
  ];
  if (immutable?.known !== true) return [plain, numbered];
  return [immutable.value ? numbered : plain];
}

/** What the token of such a job says. */
export function symbolicToken(
  repository: TokenRepository,
  kind: JobKind,
  form: SubjectForm,
  audience: string,
): SymbolicToken {
  const { pull, refKind, job } = kind;
  const [owner = ""] = repository.name.split("/");
  const variable = (name: string): ClaimText => [{ variable: name }];
  const ref: ClaimText = pull
    ? ["refs/pull/", { variable: VARIABLES.pullRequest }, "/merge"]
    : [refKind === "tag" ? "refs/tags/" : "refs/heads/", { variable: VARIABLES.ref }];
  const claims: SymbolicToken = {
    aud: [audience],
    actor: variable(VARIABLES.actor),
    actor_id: variable(VARIABLES.actorId),
    enterprise_id: idText("enterprise_id", repository.enterpriseId),
    ...(job === "environment" ? { environment: variable(VARIABLES.environment) } : {}),
    event_name: pull ? ["pull_request"] : variable(VARIABLES.event),
    head_ref: pull ? variable(VARIABLES.ref) : [],
    job_workflow_ref: variable(VARIABLES.jobWorkflow),
    ref,
    ref_type: [refKind],
    repository: [repository.name],
    repository_id: idText("repository_id", repository.repositoryId),
    repository_owner: [owner],
    repository_owner_id: idText("repository_owner_id", repository.ownerId),
    repository_visibility: [repository.visibility],
    workflow: variable(VARIABLES.workflow),
    workflow_ref: [`${repository.name}/`, { variable: VARIABLES.workflowPath }, "@", ...ref],
  };
  return { ...claims, sub: subjectText(form, kind, claims) };
}

function subjectText({ claims, prefix, open }: SubjectForm, kind: JobKind, said: SymbolicToken): ClaimText {
  if (open === "whole") return [{ variable: UNREAD_SUBJECT }];
  if (open === "after") return [...prefix, ":", { variable: `${UNREAD_SUBJECT}: rest` }];
  const context = contextText(kind, said);
  return (claims ?? ["repo", "context"]).flatMap((claim, at): ClaimText => {
    const separator: ClaimText = at === 0 ? [] : [":"];
    if (claim === "repo") return [...separator, ...prefix];
    if (claim === "context") return [...separator, ...context];
    // `environment` has no value where the job names none; a claim we do not know is a variable called like it.
    const value = said[claim] ?? (claim === "environment" ? [] : [{ variable: claim }]);
    return [...separator, `${claim}:`, ...value.map((part) => escapedPart(claim, part))];
  });
}

function contextText({ job, pull }: JobKind, { ref = [], environment = [] }: SymbolicToken): ClaimText {
  if (job === "environment") return ["environment:", ...environment.map((part) => escapedPart("environment", part))];
  return pull ? ["pull_request"] : ["ref:", ...ref];
}

function escapedPart(claim: string, part: ClaimPart): ClaimPart {
  return typeof part === "string" || !ESCAPED_CLAIMS.includes(claim) ? part : { ...part, escaped: true };
}

function idText(claim: string, id: number | null): ClaimText {
  return [id === null ? { variable: UNREAD_ID + claim } : String(id)];
}
