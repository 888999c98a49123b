import type { ActionsSettings } from "../../model/actions-settings.ts";
import type { CodeOwners } from "../../model/code-owners.ts";
import type { DeploymentEnvironment } from "../../model/deployment-environment.ts";
import { known, unknown, type Observed } from "../../model/observed.ts";
import type { GitHubPolicyKind, Policy } from "../../model/policy.ts";
import type { Resource } from "../../model/resource.ts";
import type { Attributes } from "../../model/tenant.ts";
import type { Workflow } from "../../model/workflow.ts";
import type { RepositoryControls } from "../../policy/github/repository-controls.ts";
import type { AccessGraph } from "../access-graph.ts";
import { actionsSettingsOf } from "./actions-settings.ts";
import { controlDocuments, documentOf, type ControlDocuments, type CoveredKind } from "./control-documents.ts";
import { protectionsOf } from "./protections.ts";
import { subjectOf } from "./subject-of.ts";

/** Reads the documents that a repository holds, remembered: one object for each, whoever asks. */
export interface ReadDocuments extends Pick<ControlDocuments, "gap"> {
  /** All of one kind. Unknown where one of them, or the kind as a whole, was not read. */
  all<T>(holderId: string, tenantId: string, kind: CoveredKind): Observed<readonly T[]>;
  /** As {@link all}, with the rows they came from. */
  rows<T>(
    holderId: string,
    kind: GitHubPolicyKind,
  ): Observed<readonly { readonly policy: Policy; readonly value: T }[]>;
}

const built = new WeakMap<AccessGraph, (repositoryId: string) => RepositoryControls | undefined>();

/**
 * The controls of each repository, from the policy rows of the repository and of its organization; undefined for what is no
 * repository. Worked out when first asked for and kept: the same object each time, so that what is compiled from it is kept too.
 *
 * Of a repository that is only mentioned neither branches nor visibility are known: its protections are then unknown, and it counts as
 * private, which allows more (tokens for forks) than public does.
 */
export function repositoryControls(graph: AccessGraph): (repositoryId: string) => RepositoryControls | undefined {
  let controls = built.get(graph);
  if (controls === undefined) built.set(graph, (controls = build(graph)));
  return controls;
}

function build(graph: AccessGraph): (repositoryId: string) => RepositoryControls | undefined {
  const kept = new Map<string, RepositoryControls>();
  const documents = reader(controlDocuments(graph));
  return (repositoryId) => {
    const before = kept.get(repositoryId);
    const repository = graph.resource(repositoryId);
    if (before !== undefined || repository?.kind !== "repository") return before;
    const controls = controlsOf(graph, repository, documents);
    kept.set(repositoryId, controls);
    return controls;
  };
}

function controlsOf(graph: AccessGraph, repository: Resource, documents: ReadDocuments): RepositoryControls {
  const { id, tenantId, locator, attributes } = repository;
  const tenant = graph.tenant(tenantId)?.attributes ?? {};
  const visibility = attributes["visibility"];
  const defaultBranch = attributes["defaultBranch"];
  const owners = documents.all<CodeOwners>(id, tenantId, "code-owners");
  return {
    id,
    name: locator,
    repositoryId: numberOf(attributes, "databaseId"),
    ownerId: numberOf(tenant, "databaseId"),
    enterpriseId: numberOf(tenant, "enterpriseId"),
    visibility: visibility === "public" || visibility === "internal" ? visibility : "private",
    archived: attributes["archived"] === true,
    forking: forkingOf(repository, tenant),
    defaultBranch: typeof defaultBranch === "string" ? defaultBranch : null,
    protections:
      defaultBranch === undefined
        ? unknown(`\`${locator}\` is only mentioned: its default branch was not read`)
        : protectionsOf(repository, documents),
    environments: documents.all<DeploymentEnvironment>(id, tenantId, "environment"),
    subject: subjectOf(repository, documents),
    workflows: documents.all<Workflow>(id, tenantId, "workflow"),
    codeOwners: owners.known ? known(owners.value[0] ?? null) : owners,
    settings: settingsOf(repository, documents),
  };
}

/**
 * The organization forbids forks of all its private repositories, or leaves it to each. Source: "Managing the forking policy for your
 * organization", GitHub documentation.
 */
function forkingOf({ locator, attributes }: Resource, tenant: Attributes): Observed<boolean> {
  if (attributes["visibility"] === "public") return known(true);
  if (tenant["membersCanForkPrivateRepositories"] === false) return known(false);
  const allowed = attributes["forkingAllowed"];
  return typeof allowed === "boolean" ? known(allowed) : unknown(`whether \`${locator}\` may be forked was not read`);
}

function settingsOf({ id, tenantId }: Resource, documents: ReadDocuments): ActionsSettings {
  const own = documents.all<ActionsSettings>(id, tenantId, "actions-settings");
  const whole = documents.all<ActionsSettings>(tenantId, tenantId, "actions-settings");
  const gap = documents.gap(tenantId, "actions-settings") ?? "Actions settings of the repository were not read";
  return actionsSettingsOf(
    own.known ? own.value[0] : undefined,
    whole.known ? whole.value[0] : undefined,
    own.known ? gap : own.why,
  );
}

function reader(documents: ControlDocuments): ReadDocuments {
  const parsed = new Map<string, Observed<unknown>>();
  const read = <T>(policy: Policy): Observed<T> => {
    let document = parsed.get(policy.id);
    if (document === undefined) parsed.set(policy.id, (document = documentOf<unknown>(policy)));
    return document as Observed<T>;
  };
  const rows: ReadDocuments["rows"] = <T>(holderId: string, kind: GitHubPolicyKind) => {
    const found: { readonly policy: Policy; readonly value: T }[] = [];
    for (const policy of documents.of(holderId, kind)) {
      const document = read<T>(policy);
      if (!document.known) return document;
      found.push({ policy, value: document.value });
    }
    return known(found);
  };
  return {
    gap: documents.gap,
    rows,
    all<T>(holderId: string, tenantId: string, kind: CoveredKind): Observed<readonly T[]> {
      const found = rows<T>(holderId, kind);
      if (!found.known) return found;
      // A repository with rows was read; one without has none only where all were read.
      const gap = found.value.length === 0 ? documents.gap(tenantId, kind) : undefined;
      return gap === undefined ? known(found.value.map(({ value }) => value)) : unknown(gap);
    },
  };
}

function numberOf(attributes: Attributes, name: string): number | null {
  const value = attributes[name];
  return typeof value === "number" ? value : null;
}
