import type { AccessGraph } from "../graph/access-graph.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";
import { permissionWords, scopeWords } from "../policy/refusal/needs.ts";
import type { RefusalAtLine } from "../policy/refusal/read-text.ts";
import { LOOK_AT_SETTINGS } from "../policy/refusal/signals/push.ts";
import type { Authority, RefusalKind, RefusalVerdict } from "../policy/refusal/verdict.ts";
import { NOTHING, type DenialAnswer, type GitHubDenial } from "./why-denied-answer.ts";
import { refusedPush } from "./why-denied-push.ts";

/** People who could be asked, at most. */
const MOST_PEOPLE = 5;

/** What is no matter of access, in the words the answers about AWS use. */
const NOT_ACCESS: Readonly<Partial<Record<RefusalKind, string>>> = {
  "sign-in": "invalid-credentials",
  limit: "rate-limit",
  none: "not-found",
  async: "not-done",
  invalid: "validation",
  outage: "service-error",
};

/** The answer about one refusal by GitHub; with a graph also who can change it. */
export function gitHubDenial(refusal: RefusalAtLine, graph: AccessGraph | undefined): DenialAnswer {
  const { line, verdict, about, status } = refusal;
  const { signal, kind, reason, needs, role, retry, evidence } = verdict;
  const what = NOT_ACCESS[kind];
  const push = graph === undefined ? undefined : refusedPush(refusal, graph, repositoryOf(graph, about));
  const layers = push?.layers ?? [];
  const steps = [...stepsOf(verdict).filter((step) => step !== LOOK_AT_SETTINGS || layers.length === 0), ...layers];
  const owners = push?.ask ?? [];
  const people =
    graph === undefined
      ? { ask: [], notes: [] }
      : owners.length > 0
        ? { ask: owners.slice(0, MOST_PEOPLE), notes: othersIn(owners.length - MOST_PEOPLE) }
        : whomToAsk(graph, verdict.whom, about);
  return {
    ...NOTHING,
    line,
    verdict: what === undefined ? "denied" : "not-access",
    notAccess:
      what === undefined ? null : { what, evidence: evidence === "" ? signal : evidence, hint: steps[0] ?? reason },
    github: { signal, kind, reason, steps, needs, role, retry, status, ...about, evidence, ask: people.ask },
    notes: [
      ...(kind === "gone" ? ["a private thing that may not be seen is answered like one that is not there"] : []),
      ...(push?.notes ?? []),
      ...people.notes,
    ],
  };
}

/** The repository a refusal names, where it was collected. */
function repositoryOf({ snapshot }: AccessGraph, { repository }: RefusalAtLine["about"]): Resource | undefined {
  return snapshot.resources.find(
    ({ system, kind, locator }) => system === "github" && kind === "repository" && same(locator, repository),
  );
}

function othersIn(more: number): readonly string[] {
  return more > 0 ? [`${more} ${more === 1 ? "other" : "others"} can change it as well`] : [];
}

/** What to change, in order: what the signal says, then scope and role where it does not say them. */
function stepsOf({ next, needs, role, kind }: RefusalVerdict): readonly string[] {
  const all = next.join(" ");
  const permissions = permissionWords(needs.permissions);
  const steps = [...next];
  if (kind !== "denied" && kind !== "gone") return steps;
  if (needs.scopes.length > 0 && !needs.scopes.some((scope) => all.includes(`\`${scope}\``)))
    steps.push(`give the token ${scopeWords(needs.scopes)}`);
  if (permissions !== "" && next.length === 0) steps.push(`give it ${permissions}`);
  if (role !== null && next.length === 0) steps.push(`let the token's owner become ${role}, or ask one to do it`);
  return steps;
}

interface People {
  readonly ask: GitHubDenial["ask"];
  readonly notes: readonly string[];
}

/** Who can change what refused, by the role that it takes: owners of the organization, administrators of the repository. */
function whomToAsk(graph: AccessGraph, whom: readonly Authority[], about: RefusalAtLine["about"]): People {
  if (!whom.includes("organization-owner") && !whom.includes("repository-admin")) return { ask: [], notes: [] };
  const organizations = graph.snapshot.tenants.filter(({ system }) => system === "github");
  const [only] = organizations;
  const isGuess = about.organization === null && organizations.length === 1;
  const tenant = isGuess ? only : organizations.find(({ name }) => same(name, about.organization));
  if (tenant === undefined) {
    const which =
      about.organization === null ? "the refusal names no organization" : `\`${about.organization}\` was not collected`;
    return { ask: [], notes: [`whom to ask is not known: ${which}`] };
  }
  const found = new Map<string, GitHubDenial["ask"][number]>();
  const add = (ids: readonly string[], as: string): void => {
    const people = ids.flatMap((id): readonly Principal[] => {
      const principal = graph.principal(id);
      return principal?.kind === "user" && !found.has(id) ? [principal] : [];
    });
    for (const { id, locator } of people.toSorted((a, b) => (a.locator < b.locator ? -1 : 1)))
      found.set(id, { principal: locator, principalId: id, as });
  };
  const notes: string[] = [];
  if (isGuess)
    notes.push(`the refusal names no organization: taken for \`${tenant.name}\`, the only one that was collected`);
  if (whom.includes("repository-admin") && about.repository !== null) {
    const repository = graph.snapshot.resources.find(
      ({ kind, tenantId, locator }) =>
        kind === "repository" && tenantId === tenant.id && same(locator, about.repository),
    );
    if (repository === undefined)
      notes.push(`\`${about.repository}\` was not collected: who administers it is not known`);
    const roles = graph.snapshot.entitlements.filter(
      ({ kind, resourceId, level }) =>
        kind === "repository-role" && repository !== undefined && resourceId === repository.id && level === "admin",
    );
    add(
      roles.flatMap(({ id }) => graph.holdersOf(id).map(({ principalId }) => principalId)),
      `administrator of ${about.repository}`,
    );
  }
  // Owners administer every repository as well, so they follow where nobody nearer is known.
  if (whom.includes("organization-owner") || found.size === 0)
    add(
      graph.holdersOf(`${tenant.id}#organization-role/owner`).map(({ principalId }) => principalId),
      `owner of ${tenant.name}`,
    );
  const ask = [...found.values()];
  if (graph.coverage(tenant.id, "member")?.state !== "complete")
    notes.push("not every member was read: others may be able to change it as well");
  notes.push(...othersIn(ask.length - MOST_PEOPLE));
  return { ask: ask.slice(0, MOST_PEOPLE), notes };
}

/** Names are compared as GitHub does: without regard to case. */
const same = (name: string, text: string | null): boolean => name.toLowerCase() === text?.toLowerCase();
