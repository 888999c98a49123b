import type { ActionTable } from "../policy/aws/action-table.ts";
import type { AccessGraph } from "../graph/access-graph.ts";
import { Escalation, isDirect } from "../graph/escalation/escalation.ts";
import type { EscalationPath } from "../graph/escalation/paths.ts";
import { reachOf, type Reach } from "../graph/escalation/reach.ts";

/** What the paths of a graph say about single principals: worked out once, when the first rule asks. */
export interface Escalations {
  /** Ways to administration that are more than holding it, surest and shortest first. */
  pathsOf(principalId: string): readonly EscalationPath[];
  /** Ways to administration that are nothing but holding it. */
  heldBy(principalId: string): readonly EscalationPath[];
  /** What answers more than rules ask. */
  readonly escalation: Escalation;
  readonly table: ActionTable;
  /** How many principals were asked. */
  readonly examined: number;
  readonly reach: Reach;
}

const RANK = { yes: 0, conditional: 1, unknown: 2 } as const;

/** Prepares the answers; nothing is computed before it is asked for. */
export function escalationsOf(graph: AccessGraph, table: ActionTable): Escalations {
  let worked:
    | { paths: Map<string, EscalationPath[]>; held: Map<string, EscalationPath[]>; escalation: Escalation }
    | undefined;
  let reach: Reach | undefined;
  const work = (): NonNullable<typeof worked> => {
    if (worked !== undefined) return worked;
    const escalation = new Escalation(graph, table);
    const [paths, held] = [new Map<string, EscalationPath[]>(), new Map<string, EscalationPath[]>()];
    for (const path of escalation.paths().paths) {
      const into = isDirect(path) ? held : paths;
      into.set(path.principal.id, [...(into.get(path.principal.id) ?? []), path]);
    }
    for (const list of [...paths.values(), ...held.values()])
      list.sort((a, b) => RANK[a.state] - RANK[b.state] || a.hops.length - b.hops.length);
    worked = { paths, held, escalation };
    return worked;
  };
  return {
    table,
    pathsOf: (principalId) => work().paths.get(principalId) ?? [],
    heldBy: (principalId) => work().held.get(principalId) ?? [],
    get escalation() {
      return work().escalation;
    },
    get examined() {
      return work().escalation.ownSources().length;
    },
    get reach() {
      return (reach ??= reachOf(work().escalation.whole(), work().escalation.ownSources()));
    },
  };
}
