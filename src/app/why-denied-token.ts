import type { AccessGraph } from "../graph/access-graph.ts";
import { githubBridge, type BridgeRole } from "../graph/bridge/github-bridge.ts";
import type { Principal } from "../model/principal.ts";
import type { ActionTable } from "../policy/aws/action-table.ts";
import type { ParsedPolicy } from "../policy/aws/parse-policy.ts";
import { claimOfKey } from "../policy/bridge/aws-claims.ts";
import type { TokenRefusal } from "../policy/refusal/token-refusals.ts";
import { tokenAdvice } from "../policy/refusal/token-steps.ts";
import { NOTHING, type DenialAnswer, type TokenDenial } from "./why-denied-answer.ts";

/** Jobs a role lets in, and roles that are named where the text names none, at most. */
const MOST_SHOWN = 6;

/** What somebody does who comes with a token. */
const ACTION = "sts:AssumeRoleWithWebIdentity";

/** The answer about a token that AWS did not take; with a graph also which tokens the role lets in. */
export function tokenDenial(refusal: TokenRefusal, graph: AccessGraph | undefined, table: ActionTable): DenialAnswer {
  const { line, signal, evidence, role: text } = refusal;
  const role = text === null || graph === undefined ? undefined : roleCalled(text, graph);
  // A trust that names GitHub tells whose token it is where the text does not.
  const bridge = graph === undefined ? undefined : githubBridge(graph, table);
  const trusting = role === undefined ? undefined : bridge?.role(role.id);
  const isGitHub = refusal.isGitHub || trusting !== undefined;
  const { reason, steps } = tokenAdvice({ ...refusal, isGitHub }, role?.displayName ?? text ?? "<role>");
  const denied = signal === "trust" || signal === "no-provider" || signal === "audience";
  return {
    ...NOTHING,
    line,
    verdict: denied ? "denied" : "not-access",
    asked: {
      principal: null,
      principalId: null,
      action: ACTION,
      resource: role?.locator ?? text,
      context: {},
      at: null,
      source: "message",
    },
    deniedBy:
      signal === "trust"
        ? { layer: "trust", explicit: null, policy: null, statements: [], certainty: "inferred" }
        : null,
    notAccess: denied ? null : { what: "validation", evidence, hint: steps[0] ?? reason },
    token: { signal, reason, steps, evidence, asks: asksOf(trusting), letsIn: letsIn(trusting) },
    notes: graph === undefined ? [] : notesOf(text, role, trusting, graph, bridge?.roles ?? []),
  };
}

/** By ARN, else by a name that only one role has. */
function roleCalled(text: string, { snapshot }: AccessGraph): Principal | undefined {
  const roles = snapshot.principals.filter(
    ({ kind, system, locator, displayName }) =>
      kind === "role" && system === "aws" && (locator === text || displayName === text),
  );
  return roles.length === 1 ? roles[0] : undefined;
}

function asksOf(role: BridgeRole | undefined): readonly string[] {
  if (role === undefined || role.trust === null) return [];
  const { provider } = role;
  return [...new Set(statementsOf(role.trust, provider.arn).map((conditions) => inWords(conditions, provider)))];
}

type Conditions = ParsedPolicy["statements"][number]["conditions"];

function statementsOf({ statements }: ParsedPolicy, arn: string): readonly Conditions[] {
  return statements
    .filter(({ effect, principals }) => effect === "Allow" && principals?.["Federated"]?.includes(arn) === true)
    .map(({ conditions }) => conditions);
}

function inWords(conditions: Conditions, provider: BridgeRole["provider"]): string {
  if (conditions.length === 0) return "nothing: every token of the provider";
  return conditions
    .map(({ operator, key, values }) => {
      const name = claimOfKey(provider, key) ?? key;
      return `\`${name}\` ${operator} ${values.map((value) => `\`${value}\``).join(" or ")}`;
    })
    .join(" and ");
}

function letsIn(role: BridgeRole | undefined): TokenDenial["letsIn"] {
  const open = role?.places.filter(({ door }) => door.state !== "no") ?? [];
  const rows = new Map(
    open.map(({ place, repository, subject }) => [
      `${repository.locator} ${place}`,
      { place, repository: repository.locator, subject },
    ]),
  );
  return [...rows.values()].slice(0, MOST_SHOWN);
}

function notesOf(
  text: string | null,
  role: Principal | undefined,
  trusting: BridgeRole | undefined,
  graph: AccessGraph,
  roles: readonly BridgeRole[],
): readonly string[] {
  if (role !== undefined) {
    if (trusting === undefined) return [`\`${role.displayName}\` trusts no provider of GitHub's tokens`];
    if (trusting.unread !== null)
      return [`the trust policy of \`${role.displayName}\` was not read: ${trusting.unread}`];
    const owner = graph.ownersOf(role).technical ?? graph.ownersOf(role).business;
    return owner === null ? [] : [`\`${role.displayName}\` belongs to ${graph.identity(owner)?.displayName ?? owner}`];
  }
  const tenant = /^arn:[^:]*:iam::(\d{12}):/.exec(text ?? "")?.[1];
  const missing =
    text === null
      ? "the text names no role: give the part of the log with `role-to-assume` as well"
      : tenant !== undefined && graph.coverage(`aws:${tenant}`, "principal")?.state === "complete"
        ? `there is no role \`${text}\`: every role of its tenant was read`
        : `\`${text}\` was not collected`;
  const names = [...new Set(roles.map(({ role: { displayName } }) => displayName))];
  const more = names.length - MOST_SHOWN;
  const shown = names.slice(0, MOST_SHOWN).map((name) => `\`${name}\``);
  return [
    missing,
    ...(names.length === 0
      ? []
      : [`roles that trust tokens of GitHub: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`]),
  ];
}
