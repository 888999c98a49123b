import type { Principal } from "../../src/model/principal.ts";
import type { Resource } from "../../src/model/resource.ts";
import { NOT_SWEPT, type SweepContext, type SweptRepository } from "./client.ts";

/** A repository as later steps need it. */
export interface KnownRepository {
  readonly id: string;
  readonly swept: Omit<SweptRepository, "name">;
  readonly deployKeys: number;
  /** False when GitHub says that the token does not administer it: its keys may be hidden. */
  readonly administered: boolean;
}

/** What later steps need to name the same things. Logins are folded to lower case: GitHub does not tell them apart. */
export class OrganizationContext {
  readonly login: string;
  /** Node id of the organization, known after the first step. */
  nodeId: string | undefined;
  readonly principals = new Map<string, Principal>();
  /** By `owner/name`. */
  readonly repositories = new Map<string, KnownRepository>();
  /** Why the list of repositories is not whole; undefined until it was read. */
  repositoriesGap: string | null | undefined;
  readonly #ids = new Set<string>();

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

  rememberRepository(repository: Resource, known: Omit<KnownRepository, "id">): Resource {
    this.repositories.set(repository.locator, { id: repository.id, ...known });
    this.#ids.add(repository.id);
    return repository;
  }

  /** What the sweep of repositories found. */
  sweep(): SweepContext {
    if (this.repositoriesGap === undefined) return NOT_SWEPT;
    const all = [...this.repositories];
    const hidden = all.filter(([, { administered, deployKeys }]) => !administered && deployKeys === 0).length;
    const gaps = [
      ...(this.repositoriesGap === null ? [] : [`not every repository is known: ${this.repositoriesGap}`]),
      ...(hidden === 0
        ? []
        : [
            `${hidden} ${hidden === 1 ? "repository" : "repositories"} may hide deploy keys: the token does not administer them`,
          ]),
    ];
    return {
      repositories: all.map(([name, { swept }]) => ({ name, ...swept })).sort((a, b) => (a.name < b.name ? -1 : 1)),
      repositoriesWithKeys: all
        .filter(([, { deployKeys }]) => deployKeys > 0)
        .map(([name]) => name)
        .sort(),
      gap: gaps.length === 0 ? null : gaps.join("; "),
      listed: this.repositories.size > 0 || this.repositoriesGap === null,
    };
  }
}
