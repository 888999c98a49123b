import type { AccessLevel } from "../../model/entitlement.ts";

/** The committed table: per service its actions, one space-separated text per level. */
interface CompactTable {
  readonly version: string;
  readonly services: Readonly<Record<string, readonly string[]>>;
}

/** AWS's levels (List, Read, Tagging, Write, Permissions management) as ours; changing permissions is administration. */
const LEVELS: readonly AccessLevel[] = ["list", "read", "write", "write", "admin"];

/** Every action AWS documents, by service. */
export interface ActionTable {
  /** Version of the data it was compiled from. */
  readonly version: string;
  /** Service namespace → lower-case action name → level. */
  readonly services: ReadonlyMap<string, ReadonlyMap<string, AccessLevel>>;
}

let loaded: Promise<ActionTable> | undefined;

/** Loads the action table once, when first needed: `scan` starts without it. */
export function loadActionTable(): Promise<ActionTable> {
  loaded ??= import("./action-table.json", { with: { type: "json" } }).then(
    ({ default: table }: { default: CompactTable }) => ({
      version: table.version,
      services: new Map(
        Object.entries(table.services).map(([service, byLevel]) => [
          service,
          new Map(
            byLevel.flatMap((actions, level) =>
              actions === ""
                ? []
                : actions
                    .split(" ")
                    .map((action): [string, AccessLevel] => [action.toLowerCase(), LEVELS[level] ?? "write"]),
            ),
          ),
        ]),
      ),
    }),
  );
  return loaded;
}
