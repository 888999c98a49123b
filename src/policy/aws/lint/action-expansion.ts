import type { ActionTable } from "../action-table.ts";
import { wildcardMatches } from "../wildcard.ts";

/** What an entry of an Action element means. */
export type ActionMeaning =
  /** `*`, or a service with a wildcard, which is another check's matter. */
  | { readonly kind: "many" }
  /** No colon, or an empty service or name. */
  | { readonly kind: "no-action" }
  | { readonly kind: "no-service"; readonly service: string }
  /** Ids; empty: the service has no such action. */
  | { readonly kind: "actions"; readonly service: string; readonly name: string; readonly ids: readonly number[] };

/** Works out which documented actions an entry means; the same entry once. */
export class ActionExpansion {
  readonly #table: ActionTable;
  readonly #known = new Map<string, ActionMeaning>();

  constructor(table: ActionTable) {
    this.#table = table;
  }

  of(pattern: string): ActionMeaning {
    let meaning = this.#known.get(pattern);
    if (meaning === undefined) {
      meaning = this.#workOut(pattern);
      this.#known.set(pattern, meaning);
    }
    return meaning;
  }

  #workOut(pattern: string): ActionMeaning {
    if (/^\*+$/.test(pattern)) return { kind: "many" };
    const colon = pattern.indexOf(":");
    const service = pattern.slice(0, Math.max(0, colon));
    const name = pattern.slice(colon + 1);
    if (service === "" || name === "") return { kind: "no-action" };
    if (/[*?]/.test(service)) return { kind: "many" };
    const run = this.#table.range(service);
    if (run === undefined) return { kind: "no-service", service };
    const exact = this.#table.idOf(pattern);
    if (exact !== undefined) return { kind: "actions", service, name, ids: [exact] };
    const ids: number[] = [];
    if (/[*?]/.test(name)) {
      const folded = name.toLowerCase();
      for (let id = run.first; id < run.end; id += 1)
        if (/^\*+$/.test(folded) || wildcardMatches(folded, nameIn(this.#table, id))) ids.push(id);
    }
    return { kind: "actions", service, name, ids };
  }
}

function nameIn(table: ActionTable, id: number): string {
  const full = table.nameOf(id);
  return full.slice(full.indexOf(":") + 1).toLowerCase();
}
