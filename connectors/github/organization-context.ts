import type { Grant } from "../../src/model/grant.ts";
import type { Principal } from "../../src/model/principal.ts";
import type { Resource } from "../../src/model/resource.ts";
import type { SnapshotRecords } from "../../src/model/snapshot.ts";
import { NOT_SWEPT, type SweepContext, type SweptRepository } from "./client.ts";

/** A repository as later steps need it. */
export interface KnownRepository {
  readonly id: string;
  readonly swept: Omit<SweptRepository, "name" | "mintsTokens" | "usesVariables" | "environmentNames">;
  readonly deployKeys: number;
  /** False when GitHub says that the token does not administer it: its keys may be hidden. */
  readonly administered: boolean;
}

/** A team as it was written down. */
export interface KnownTeam {
  readonly principal: Principal;
  readonly name: string;
  readonly memberships: readonly Grant[];
}

/** Something that GitHub also names by a number: its model id and what people call it. */
interface Numbered {
  readonly id: string;
  readonly name: string;
}

/** What later steps need to name the same things. Logins are folded to lower case: GitHub does not tell them apart. */
export class OrganizationContext {
  readonly login: string;
  /** Node id of the organization, known after the first step. */
  nodeId: string | undefined;
  readonly principals = new Map<string, Principal>();
  /** Installed apps, by the login under which they act: `<slug>[bot]`. */
  readonly apps = new Map<string, Principal>();
  /** By `owner/name`. */
  readonly repositories = new Map<string, KnownRepository>();
  /** Why the list of repositories is not whole; undefined until it was read. */
  repositoriesGap: string | null | undefined;
  /** By `owner/name`: whether its workflows ask for OIDC tokens, null where one of them could not be read. */
  readonly minting = new Map<string, boolean | null>();
  /** By `owner/name`: whether its workflows use variables, null where one of them could not be read. */
  readonly variables = new Map<string, boolean | null>();
  /** Members by the id of the identity that single sign-on linked to them. */
  readonly identities = new Map<string, Principal>();
  /** Teams by slug, with who is in them: another step may learn that an identity provider fills one. */
  readonly teams = new Map<string, KnownTeam>();
  readonly #environments = new Map<string, string[]>();
  readonly #selective = { tokens: new Set<number>(), installations: new Set<number>() };
  readonly #ids = new Set<string>();
  readonly #numbered = new Map<string, Numbered>();

  constructor(login: string) {
    this.login = login;
  }

  /** Model id of the organization. Without its node id (the first step was refused) the login has to do. */
  get tenantId(): string {
    return `github:${this.nodeId ?? this.login}`;
  }

  id(nativeId: string): string {
    return `${this.tenantId}:${nativeId}`;
  }

  remember(principal: Principal): Principal {
    this.principals.set(principal.locator.toLowerCase(), principal);
    this.#ids.add(principal.id);
    return principal;
  }

  /** A principal or repository that some step wrote down: others that only mention it need not. */
  knows(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Keeps by number what a step wrote down: rulesets name teams, apps, users and custom roles by nothing else. */
  register({
    principals = [],
    policies = [],
    credentials = [],
  }: Partial<Pick<SnapshotRecords, "principals" | "policies" | "credentials">>): void {
    for (const principal of principals) {
      const { id, kind, locator, attributes } = principal;
      if (kind === "app") this.apps.set(`${locator}[bot]`.toLowerCase(), principal);
      const number = attributes[kind === "app" ? "appId" : "databaseId"];
      if (typeof number === "number") this.#numbered.set(`${kind} ${number}`, { id, name: locator });
      const installation = /:installation-(\d+)$/.exec(id)?.[1];
      if (installation !== undefined && attributes["repositorySelection"] === "selected")
        this.#selective.installations.add(Number(installation));
    }
    for (const { kind, nativeId, attributes } of credentials)
      if (kind === "fine-grained-token" && attributes["repositorySelection"] === "subset")
        this.#selective.tokens.add(Number(nativeId));
    for (const { kind, name, holderId } of policies) {
      if (kind !== "environment" || holderId === null || name === "?") continue;
      const names = this.#environments.get(holderId) ?? [];
      this.#environments.set(holderId, [...names, name]);
    }
    for (const { id, kind, name } of policies)
      if (kind === "repository-role") this.#numbered.set(`role ${id.slice(id.lastIndexOf("/") + 1)}`, { id, name });
  }

  /** What has that number at GitHub (an app: that of the app, not of its installation); undefined where nobody wrote it down. */
  numbered(kind: "user" | "team" | "app" | "role", number: number): Numbered | undefined {
    return this.#numbered.get(`${kind} ${number}`);
  }

  rememberRepository(repository: Resource, known: Omit<KnownRepository, "id">): Resource {
    this.repositories.set(repository.locator, { id: repository.id, ...known });
    this.#ids.add(repository.id);
    return repository;
  }

  /** What the sweep of repositories found. */
  sweep(): SweepContext {
    const people = [...this.principals.keys()].sort();
    if (this.repositoriesGap === undefined) return { ...NOT_SWEPT, people };
    const all = [...this.repositories];
    const hidden = all.filter(([, { administered, deployKeys }]) => !administered && deployKeys === 0).length;
    const unlisted = this.repositoriesGap === null ? null : `not every repository is known: ${this.repositoriesGap}`;
    const gaps = [
      ...(unlisted === null ? [] : [unlisted]),
      ...(hidden === 0
        ? []
        : [
            `${hidden} ${hidden === 1 ? "repository" : "repositories"} may hide deploy keys: the token does not administer them`,
          ]),
    ];
    return {
      repositories: all
        .map(([name, { id, swept }]) => ({
          name,
          ...swept,
          mintsTokens: this.#mintsTokens(name, swept.hasWorkflows),
          usesVariables: this.variables.get(name) ?? null,
          environmentNames: this.#environments.get(id) ?? [],
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      repositoriesWithKeys: all
        .filter(([, { deployKeys }]) => deployKeys > 0)
        .map(([name]) => name)
        .sort(),
      gap: gaps.length === 0 ? null : gaps.join("; "),
      unlisted,
      listed: this.repositories.size > 0 || this.repositoriesGap === null,
      people,
      teams: [...this.teams.keys()].sort(),
      selective: {
        tokens: [...this.#selective.tokens].sort((a, b) => a - b),
        installations: [...this.#selective.installations].sort((a, b) => a - b),
      },
    };
  }

  #mintsTokens(repository: string, hasWorkflows: boolean | null): boolean | null {
    return this.minting.get(repository) ?? (hasWorkflows === false ? false : null);
  }
}
