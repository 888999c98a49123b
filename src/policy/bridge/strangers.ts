import type { ParsedPolicy } from "../aws/parse-policy.ts";
import { bothDemands, ANY_NAME } from "../names/demands.ts";
import { findName } from "../names/find-name.ts";
import type { NameDemand, NamePattern } from "../names/name-pattern.ts";
import { isWide } from "../names/wide.ts";
import type { Alternative } from "./alternatives.ts";
import type { TokenProvider } from "./aws-claims.ts";
import { ClaimConditions, type SymbolicToken } from "./claim-conditions.ts";
import type { ClaimText } from "./claim-text.ts";
import { domainOf, UNREAD_SUBJECT } from "./symbolic-token.ts";
import { statementsFor, USUAL_AUDIENCE, whenLetIn } from "./token-demands.ts";

/** What repositories must be called so that a statement lets their tokens in, whatever else their owners decide. */
export interface OutsideDemand {
  /** Index of the Allow statement. */
  readonly statement: number;
  readonly owner: NameDemand;
  readonly repository: NameDemand;
  /** An owner and a repository that satisfy it. */
  readonly example: string;
  /** Whether a wildcard lets them in, so that whoever takes such a name comes in; else the trust names somebody. */
  readonly anybody: boolean;
  readonly needs: readonly string[];
}

/** Whose repositories are asked about. */
interface Owners {
  readonly name: ClaimText;
  readonly id: ClaimText;
  readonly enterprise: ClaimText;
  readonly domain: NameDemand;
  /** What subjects of their templates can be. */
  readonly subject: NameDemand;
  /** Whether they build subjects as they like; else in GitHub's default form. */
  readonly templates: boolean;
}

const OWNER = "owner";
const REPOSITORY = "repository";
const OWNER_ID = "owner id";
const REPOSITORY_ID = "repository id";
const ENTERPRISE_ID = "enterprise id";
const ACTOR = "actor";
const ACTOR_ID = "actor id";
const JOB_WORKFLOW = "workflow that holds the job";
const REST = "rest of the subject";

/** Nobody chooses an id, and nobody takes the login of somebody else: only a wildcard lets strangers in there. */
const GIVEN = [OWNER_ID, REPOSITORY_ID, ENTERPRISE_ID, ACTOR, ACTOR_ID];
const NUMBERS = [OWNER_ID, REPOSITORY_ID, ENTERPRISE_ID, ACTOR_ID];

/** Names GitHub gives to users and organizations: letters, digits and single hyphens. */
const NO_OWNER_NAME: readonly NamePattern[] = [
  { syntax: "fnmatch", pattern: "**/*[^A-Za-z0-9-]*" },
  ...["*/*", "-*", "*-", "*--*"].map((pattern): NamePattern => ({ syntax: "aws", pattern })),
];
const NO_REPOSITORY_NAME: readonly NamePattern[] = [
  { syntax: "fnmatch", pattern: "**/*[^A-Za-z0-9._-]*" },
  { syntax: "aws", pattern: "*/*" },
  ...[".", ".."].map((pattern): NamePattern => ({ syntax: "exact", pattern })),
];

/**
 * What a trust leaves open to repositories outside `ownOwners`: at most one answer per statement, the widest. None: it names whose
 * tokens it takes. Strangers write their own workflows and templates, so only names and ids keep them out.
 */
export function strangers(
  trust: ParsedPolicy,
  provider: TokenProvider,
  ownOwners: readonly string[],
): readonly OutsideDemand[] {
  const own = ownOwners.map((pattern): NamePattern => ({ syntax: "exact", pattern, ignoreCase: true }));
  const claimed = [...ID_CLAIMS, ...ownOwners.flatMap(ownClaims)].map((pattern): NamePattern => ({
    syntax: "aws",
    pattern,
    ignoreCase: true,
  }));
  return demandsOn(trust, provider, {
    subject: { all: [], none: claimed },
    name: [{ variable: OWNER }],
    id: [{ variable: OWNER_ID }],
    enterprise: [{ variable: ENTERPRISE_ID }],
    domain: { all: [], none: [...own, ...NO_OWNER_NAME] },
    templates: true,
  });
}

/** A template can name ids, but only one's own: whoever pins one in a subject pins somebody. */
const ID_CLAIMS = ["repository_id", "repository_owner_id", "enterprise_id"].flatMap((claim) => [
  `${claim}:*`,
  `*:${claim}:*`,
]);

/** Parts of subjects that only an owner's own repositories have; a colon in what people write is escaped, so nobody forges them. */
function ownClaims(owner: string): readonly string[] {
  return [
    `repository_owner:${owner}`,
    `repository_owner:${owner}:*`,
    `repository:${owner}/*`,
    `workflow_ref:${owner}/*`,
  ].flatMap((claim) => [claim, `*:${claim}`]);
}

/** What the repositories of one owner must be called; `ownerId` and `enterpriseId` null where they were not read. */
export function anyRepositoryOf(
  trust: ParsedPolicy,
  provider: TokenProvider,
  owner: { readonly name: string; readonly id: number | null; readonly enterpriseId: number | null },
): readonly OutsideDemand[] {
  return demandsOn(trust, provider, {
    subject: ANY_NAME,
    name: [owner.name],
    id: [owner.id === null ? { variable: OWNER_ID } : String(owner.id)],
    enterprise: [owner.enterpriseId === null ? { variable: ENTERPRISE_ID } : String(owner.enterpriseId)],
    domain: ANY_NAME,
    templates: false,
  });
}

function demandsOn(trust: ParsedPolicy, provider: TokenProvider, owners: Owners): readonly OutsideDemand[] {
  const meant = statementsFor(trust, provider);
  const denies = meant.filter(({ effect }) => effect === "Deny");
  return meant.flatMap((allow) => {
    if (allow.effect !== "Allow") return [];
    const ways = tokensOf(owners).flatMap((token) =>
      whenLetIn(allow, denies, new ClaimConditions(provider, token, trust.version)),
    );
    // Most shapes of tokens ask the same.
    const distinct = new Map(ways.map((one) => [JSON.stringify([[...one.variables], one.needs, one.missing]), one]));
    const found = [...distinct.values()].flatMap((one) => outside(allow.index, one, owners));
    const rank = ({ anybody, needs }: OutsideDemand): number => (anybody ? 0 : 2) + (needs.length > 0 ? 1 : 0);
    const [widest] = found.sort((a, b) => rank(a) - rank(b));
    return widest === undefined ? [] : [widest];
  });
}

/** Every shape of token such a repository can have. */
function tokensOf({ name, id, enterprise, templates }: Owners): readonly SymbolicToken[] {
  const repository: ClaimText = [{ variable: REPOSITORY }];
  const repositoryId: ClaimText = [{ variable: REPOSITORY_ID }];
  const prefixes: readonly ClaimText[] = [
    ["repo:", ...name, "/", ...repository, ":"],
    ["repo:", ...name, "@", ...id, "/", ...repository, "@", ...repositoryId, ":"],
  ];
  const rests: readonly ClaimText[] = templates
    ? [[{ variable: REST }]]
    : [
        ["ref:refs/", { variable: "ref" }],
        ["pull_request"],
        ["environment:", { variable: "environment", escaped: true }],
      ];
  const subjects: readonly ClaimText[] = [
    ...prefixes.flatMap((prefix) => rests.map((rest) => [...prefix, ...rest])),
    ...(templates ? [[{ variable: UNREAD_SUBJECT }]] : []),
  ];
  const base = {
    aud: [USUAL_AUDIENCE],
    actor: [{ variable: ACTOR }],
    actor_id: [{ variable: ACTOR_ID }],
    job_workflow_ref: [{ variable: JOB_WORKFLOW }],
    ref: ["refs/", { variable: "ref" }],
    repository: [...name, "/", ...repository],
    repository_id: repositoryId,
    repository_owner_id: id,
    workflow: [{ variable: "workflow" }],
  };
  return subjects.flatMap((sub) =>
    [{}, { environment: [{ variable: "environment" }] }].flatMap((environment) =>
      [{}, { enterprise_id: enterprise }].map((inEnterprise) => ({ ...base, ...environment, ...inEnterprise, sub })),
    ),
  );
}

function outside(
  statement: number,
  { variables, needs, missing }: Alternative,
  owners: Owners,
): readonly OutsideDemand[] {
  const names = new Map<string, string>();
  const further = [...needs, ...missing];
  let anybody = true;
  const domains = [OWNER, REPOSITORY, ...variables.keys()];
  for (const variable of domains) {
    const asked = variables.get(variable) ?? ANY_NAME;
    const demand = bothDemands(asked, domainFor(variable, owners));
    const found = findName(demand, variable === REPOSITORY ? ["anything"] : variable === OWNER ? ["anybody"] : []);
    if (found.state === "none") return [];
    if (found.state === "found") names.set(variable, found.name);
    if (GIVEN.includes(variable) && !isWide(demand)) {
      // An id names one owner, and this is not the place to tell whose it is.
      if (variable !== ACTOR && variable !== ACTOR_ID) return [];
      anybody = false;
    } else if (variable === OWNER && !isWide(demand)) anybody = false;
    // A workflow of the owner's own is called from outside where its repository lets it be.
    if (variable === JOB_WORKFLOW) further.push(`the job is held by a workflow like \`${names.get(variable) ?? ""}\``);
  }
  const [first] = owners.name;
  const owner = typeof first === "string" ? first : (names.get(OWNER) ?? "");
  return [
    {
      statement,
      owner: variables.get(OWNER) ?? ANY_NAME,
      repository: variables.get(REPOSITORY) ?? ANY_NAME,
      example: `${owner}/${names.get(REPOSITORY) ?? ""}`,
      anybody,
      needs: [...new Set(further)],
    },
  ];
}

function domainFor(variable: string, owners: Owners): NameDemand {
  if (variable === OWNER) return owners.domain;
  if (variable === REST) return owners.subject;
  if (variable === UNREAD_SUBJECT) return bothDemands(domainOf(variable), owners.subject);
  if (variable === REPOSITORY) return { all: [], none: NO_REPOSITORY_NAME };
  return domainOf(NUMBERS.includes(variable) ? "actor number" : variable);
}
