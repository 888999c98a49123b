import type { ActionTable } from "../../policy/aws/action-table.ts";
import type { OpenTruth } from "../../policy/aws/open-truth.ts";
import { NO } from "../../policy/aws/request-context.ts";
import type { Principal } from "../../model/principal.ts";
import type { AccessGraph } from "../access-graph.ts";
import { githubBridge, type BridgeRole, type GitHubBridge } from "../bridge/github-bridge.ts";
import { bridgePaths, bridgeSources, rolesBecome } from "./bridge-paths.ts";
import { EscalationEngine } from "./engine.ts";
import { ESCALATION_METHODS } from "./methods/index.ts";
import { grantsOfPath, pathsOf, type EscalationPath, type PathQuestion, type PathState } from "./paths.ts";
import { search, sourcesOf, type Search, type Sink, type Towards } from "./search.ts";

/** Somebody who administers a tenant, or can come to. */
export interface AdminAnswer {
  readonly principal: Principal;
  readonly tenantId: string;
  /** `direct`: by what it holds, memberships and assignments included; `path`: by becoming more than it is. */
  readonly how: "direct" | "path";
  readonly state: PathState;
  readonly path: EscalationPath;
}

/** Paths, how many principals were asked and how many further first steps were counted only. */
export interface PathsAnswer {
  readonly paths: readonly EscalationPath[];
  readonly examined: number;
  readonly omitted: number;
}

/** What is asked of {@link Escalation.paths}. */
export interface PathsAsked {
  /** Only of this principal. */
  readonly principalId?: string;
  /** Becoming this principal, or what a sink says of a resource; administration where left out. */
  readonly target?: { readonly principal: Principal } | { readonly arn: string; readonly sink: Sink };
  /** Only administration of this tenant, or targets in it. */
  readonly tenantId?: string;
}

/** Steps that are holding what one was given. */
const HELD = new Set(["member-of", "assigned", "granted"]);
const STATE_RANK = { yes: 0, conditional: 1, unknown: 2 } as const;
const NOTHING_REMOVED: ReadonlySet<string> = new Set();

/** Whether a path is nothing but what the principal was given. */
export function isDirect({ hops }: Pick<EscalationPath, "hops">): boolean {
  return hops.every(({ technique }) => HELD.has(technique.id));
}

/** Where within AWS a way to administration begins, and the grants that lead there from outside. */
interface Beginning {
  readonly from: Principal;
  readonly grants: readonly string[];
  readonly distance: number;
}

/** Answers who administers, who can come to, and on which ways: by evaluation of every layer, hop by hop. */
export class Escalation {
  readonly engine: EscalationEngine;
  readonly #administration: readonly Sink[];
  #sources: readonly Principal[] | undefined;
  #ownSources: readonly Principal[] | undefined;
  #plain: Search | undefined;
  #plainTowards: (Towards | undefined)[] = [];

  constructor(graph: AccessGraph, table: ActionTable, methods = ESCALATION_METHODS) {
    this.engine = new EscalationEngine(graph, table, methods);
    const tenants = [...new Set(this.engine.actors.map(({ tenantId }) => tenantId))].sort();
    this.#administration = tenants.map((tenantId) => ({
      tenantId,
      administration: true,
      arrived: (cls) => (cls.tenantId === tenantId ? cls.administration().truth : NO),
    }));
  }

  /** The principals that are asked about: those AWS knows, and those of GitHub whose pushes lead to a role. */
  sources(): readonly Principal[] {
    return (this.#sources ??= [...this.ownSources(), ...bridgeSources(this.bridge(), this.engine.graph)]);
  }

  /** Those AWS knows. */
  ownSources(): readonly Principal[] {
    return (this.#ownSources ??= sourcesOf(this.engine));
  }

  /** Who on GitHub can become which role. */
  bridge(): GitHubBridge {
    return githubBridge(this.engine.graph, this.engine.table);
  }

  /** The ways of one source: its own, or across the bridge and on as the role it becomes. */
  #pathsOf(question: PathQuestion, principal: Principal): ReturnType<typeof pathsOf> {
    if (principal.system !== "github") return pathsOf(question, principal);
    return bridgePaths(principal, this.bridge(), this.engine.graph, (role) => this.#onwards(question, role));
  }

  readonly #roleWays = new WeakMap<PathQuestion, Map<string, EscalationPath | undefined>>();

  /** The best way of a role that somebody became: thousands of pushers become the same few. */
  #onwards(question: PathQuestion, role: Principal): EscalationPath | undefined {
    let known = this.#roleWays.get(question);
    if (known === undefined) this.#roleWays.set(question, (known = new Map()));
    if (!known.has(role.id)) {
      const { target, tenantId } = question;
      const there: EscalationPath = { principal: role, target, tenantId, state: "yes", hops: [], assumes: [] };
      const best = [...pathsOf(question, role).paths].sort(
        (a, b) => STATE_RANK[a.state] - STATE_RANK[b.state] || a.hops.length - b.hops.length,
      )[0];
      known.set(role.id, question.targetId === role.id ? there : best);
    }
    return known.get(role.id);
  }

  /** Ways to administration of each tenant, or to a target. */
  paths({ principalId, target, tenantId }: PathsAsked = {}): PathsAnswer {
    const sources = this.sources().filter(({ id }) => principalId === undefined || id === principalId);
    const found: EscalationPath[] = [];
    let omitted = 0;
    for (const question of this.#questions(target).filter((one) => (tenantId ?? one.tenantId) === one.tenantId))
      for (const principal of sources) {
        if (principal.id === question.targetId) continue;
        const answer = this.#pathsOf(question, principal);
        found.push(...answer.paths);
        omitted += answer.omitted;
      }
    return { paths: found, examined: sources.length, omitted };
  }

  /** Who administers which tenant, the surest and shortest way of each. */
  admins(): { readonly admins: readonly AdminAnswer[]; readonly examined: number } {
    const sources = this.sources();
    const admins: AdminAnswer[] = [];
    for (const question of this.#questions(undefined))
      for (const principal of sources) {
        const [path] = this.#pathsOf(question, principal).paths;
        if (path !== undefined)
          admins.push({
            principal,
            tenantId: question.tenantId,
            how: isDirect(path) ? "direct" : "path",
            state: path.state,
            path,
          });
      }
    return { admins, examined: sources.length };
  }

  /** Principals that reach administration of the tenant on a level when some grants are gone, administrators of today left aside. */
  reaching(tenantId: string, level: OpenTruth, removed: ReadonlySet<string>): readonly Principal[] {
    const searched = this.#searchFor(tenantId, removed);
    return this.#escalating(tenantId).filter(
      (principal) => this.#beginning(principal, searched, level, removed) !== undefined,
    );
  }

  /** The grants of one way to administration that is left when some are gone; undefined when none is. */
  survivor(tenantId: string, level: OpenTruth, removed: ReadonlySet<string>): readonly string[] | undefined {
    const searched = this.#searchFor(tenantId, removed);
    let nearest: Beginning | undefined;
    for (const principal of this.#escalating(tenantId)) {
      const found = this.#beginning(principal, searched, level, removed);
      if (found !== undefined && found.distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) nearest = found;
    }
    if (nearest === undefined) return undefined;
    const question = this.#question(tenantId, searched.found, searched.towards, removed, tenantId, "admin");
    const [path] = pathsOf(question, nearest.from).paths;
    return path === undefined ? undefined : [...nearest.grants, ...grantsOfPath(path)];
  }

  /** Where a way begins within AWS: with the principal itself, or with the nearest role its tokens of GitHub become. */
  #beginning(
    principal: Principal,
    { found, towards }: { readonly found: Search; readonly towards: Towards },
    level: OpenTruth,
    removed: ReadonlySet<string>,
  ): Beginning | undefined {
    const distanceOf = ({ id }: Principal): number => {
      const node = found.nodeOf(id);
      return node === undefined ? -1 : towards.distance(node, level);
    };
    if (principal.system !== "github") {
      const distance = distanceOf(principal);
      return distance < 0 ? undefined : { from: principal, grants: [], distance };
    }
    let nearest: Beginning | undefined;
    for (const { role, grantId } of this.#become(level).get(principal.id) ?? []) {
      const distance = removed.has(grantId) ? -1 : distanceOf(role);
      if (distance >= 0 && distance + 1 < (nearest?.distance ?? Number.POSITIVE_INFINITY))
        nearest = { from: role, grants: [grantId], distance: distance + 1 };
    }
    return nearest;
  }

  readonly #becomeOn = new Map<OpenTruth, ReadonlyMap<string, readonly BridgeRole[]>>();

  #become(level: OpenTruth): ReadonlyMap<string, readonly BridgeRole[]> {
    let known = this.#becomeOn.get(level);
    if (known === undefined) this.#becomeOn.set(level, (known = rolesBecome(this.bridge(), level)));
    return known;
  }

  readonly #escalatingIn = new Map<string, readonly Principal[]>();

  /** Those that come to administration by a path, not by what they hold. */
  #escalating(tenantId: string): readonly Principal[] {
    let found = this.#escalatingIn.get(tenantId);
    if (found === undefined) {
      found = this.admins()
        .admins.filter(({ how, tenantId: of }) => of === tenantId && how === "path")
        .map(({ principal }) => principal);
      this.#escalatingIn.set(tenantId, found);
    }
    return found;
  }

  #searchFor(tenantId: string, removed: ReadonlySet<string>): { readonly found: Search; readonly towards: Towards } {
    const at = this.#administration.findIndex((sink) => sink.tenantId === tenantId);
    if (removed.size === 0) return { found: this.whole(), towards: this.#toward(at) };
    const found = search(this.engine, this.#administration, removed);
    return { found, towards: found.towards(at) };
  }

  /** The searched graph with nothing taken away. */
  whole(): Search {
    return (this.#plain ??= search(this.engine, this.#administration, NOTHING_REMOVED));
  }

  #toward(at: number): Towards {
    return (this.#plainTowards[at] ??= this.whole().towards(at));
  }

  #questions(target: PathsAsked["target"]): readonly PathQuestion[] {
    if (target === undefined)
      return this.#administration.map((sink, at) =>
        this.#question(sink.tenantId, this.whole(), this.#toward(at), NOTHING_REMOVED, sink.tenantId, "admin"),
      );
    const { engine } = this;
    const sink: Sink =
      "principal" in target
        ? {
            tenantId: target.principal.tenantId,
            administration: false,
            principalId: target.principal.id,
            arrived: () => NO,
          }
        : target.sink;
    const found = search(engine, [sink], NOTHING_REMOVED);
    const [arn, id] =
      "principal" in target ? [target.principal.locator, target.principal.id] : [target.arn, target.arn];
    return [this.#question(sink.tenantId, found, found.towards(0), NOTHING_REMOVED, id, arn)];
  }

  #question(
    tenantId: string,
    found: Search,
    towards: Towards,
    removed: ReadonlySet<string>,
    targetId: string,
    target: string,
  ): PathQuestion {
    return { engine: this.engine, search: found, towards, removed, target, tenantId, targetId };
  }
}
