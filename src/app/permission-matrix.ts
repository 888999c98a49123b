import type { AccessGraph } from "../graph/access-graph.ts";
import { daysBetween } from "../model/instant.ts";
import type { MatrixCell, PermissionMatrix } from "../model/permission-matrix.ts";
import type { Principal } from "../model/principal.ts";
import type { Thresholds } from "../model/thresholds.ts";
import { levelsByService } from "../policy/aws/access-levels.ts";

type Level = MatrixCell["level"];

const ORDER: readonly Level[] = ["none", "list", "read", "write", "admin", "unknown"];

/** What a cell counts when columns and rows compete for the page: one administrator outweighs any number of readers of a tenant. */
const WEIGHT: Readonly<Record<Level, number>> = { none: 0, list: 1, read: 2, write: 20, admin: 200, unknown: 200 };

/** Kinds that get a row: those somebody can act as. Groups show through their members. */
const ROW_KINDS: readonly Principal["kind"][] = ["root", "user", "role", "app"];

/** A cell while it is put together. */
interface Draft {
  level: Level;
  use: MatrixCell["use"];
}

/** How much of the matrix a page can hold. */
export interface MatrixLimits {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Who × what with the highest level granted: AWS services per tenant from the policies held, repositories from GitHub roles.
 * Explicit denies, boundaries and organization policies are not evaluated here, so the page says "granted".
 */
export async function permissionMatrix(
  graph: AccessGraph,
  thresholds: Thresholds,
  limits: MatrixLimits,
): Promise<PermissionMatrix> {
  const { asOf } = graph.snapshot;
  const columns = new Map<string, { id: string; title: string; group: string; weight: number }>();
  const rows: {
    id: string;
    who: string;
    kind: string;
    tenant: string;
    identity: string;
    cells: Map<string, Draft>;
    weight: number;
  }[] = [];
  const used = usedServices(graph, thresholds);
  for (const principal of graph.snapshot.principals) {
    if (
      !ROW_KINDS.includes(principal.kind) ||
      principal.nativeType === "permission-set" ||
      principal.attributes["serviceLinked"] === true
    )
      continue;
    const cells = new Map<string, Draft>();
    for (const holding of graph.holdingsOf(principal.id)) {
      const entitlement = graph.entitlement(holding.entitlementId);
      if (entitlement === undefined) continue;
      // Where the last grant lies is where the access works: a permission set's tenant, not the person's.
      const tenantId = graph.grant(holding.grants.at(-1) ?? "")?.tenantId ?? principal.tenantId;
      const group = graph.tenant(tenantId)?.name ?? tenantId;
      if (entitlement.kind === "policy") {
        const parsed = graph.parsed(entitlement.targetId);
        if (!parsed.known) {
          raise(cells, columns, `${tenantId}|unread`, "policies not read", group, "unknown", "unknown");
          continue;
        }
        for (const [service, level] of await levelsByService(parsed.value)) {
          raise(
            cells,
            columns,
            `${tenantId}|${service}`,
            service === "*" ? "every service" : service,
            group,
            level,
            used(principal.id, service),
          );
        }
      } else if (
        entitlement.kind === "repository-role" &&
        entitlement.level !== null &&
        entitlement.resourceId !== null
      ) {
        const repository = graph.resource(entitlement.resourceId);
        raise(
          cells,
          columns,
          entitlement.resourceId,
          repository?.displayName ?? entitlement.resourceId,
          group,
          entitlement.level,
          "unknown",
        );
      } else if (entitlement.kind === "organization-role" && entitlement.level === "admin") {
        raise(cells, columns, `${entitlement.tenantId}|organization`, "the organization", group, "admin", "unknown");
      }
    }
    if (cells.size === 0) continue;
    const who = graph.whoIs(principal.id);
    rows.push({
      id: principal.id,
      who: principal.displayName,
      kind: principal.kind,
      tenant: graph.tenant(principal.tenantId)?.name ?? principal.tenantId,
      identity: who.identityId === null ? who.state : (graph.identity(who.identityId)?.displayName ?? who.identityId),
      cells,
      weight: [...cells.values()].reduce((sum, cell) => sum + WEIGHT[cell.level], 0),
    });
  }
  // Every row has one voice in which columns are shown: who may look at three hundred services does not crowd out the one
  // table that somebody else may write.
  for (const { cells } of rows)
    for (const [id, { level }] of cells) {
      const column = columns.get(id);
      if (column !== undefined) column.weight += WEIGHT[level] / cells.size;
    }
  const keptColumns = [...columns.values()]
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
    .slice(0, limits.columns);
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const shown = new Set(keptColumns.map((column) => column.id));
  // Most access first: what does not fit on the page is what matters least.
  const keptRows = rows
    .filter(({ cells }) => [...cells.keys()].some((id) => shown.has(id)))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
    .slice(0, limits.rows);
  keptColumns.sort((a, b) => text(a.group, b.group) || text(a.title, b.title));
  keptRows.sort((a, b) => text(a.tenant, b.tenant) || text(a.who, b.who) || text(a.id, b.id));
  return {
    asOf,
    columns: keptColumns.map(({ id, title, group }) => ({ id, title, group })),
    rows: keptRows.map(({ cells, weight: _, ...row }) => ({
      ...row,
      cells: Object.fromEntries([...cells].filter(([id]) => shown.has(id))),
    })),
    omittedRows: rows.length - keptRows.length,
    omittedColumns: columns.size - keptColumns.length,
  };
}

function raise(
  cells: Map<string, Draft>,
  columns: Map<string, { id: string; title: string; group: string; weight: number }>,
  id: string,
  title: string,
  group: string,
  level: Level,
  use: MatrixCell["use"],
): void {
  if (level === "none") return;
  if (!columns.has(id)) columns.set(id, { id, title, group, weight: 0 });
  const cell = cells.get(id);
  if (cell === undefined) cells.set(id, { level, use });
  else if (ORDER.indexOf(level) > ORDER.indexOf(cell.level)) cell.level = level;
}

/** Whether a service was used within the window, where last-accessed data were read. */
function usedServices(
  graph: AccessGraph,
  thresholds: Thresholds,
): (principalId: string, service: string) => MatrixCell["use"] {
  const uses = new Map<string, MatrixCell["use"]>();
  const { asOf, usage } = graph.snapshot;
  for (const { principalId, service, lastUsedAt } of usage) {
    if (!lastUsedAt.known) continue;
    const recent = lastUsedAt.value !== "never" && daysBetween(lastUsedAt.value, asOf) < thresholds.unusedServiceDays;
    const key = `${principalId}|${service}`;
    if (recent || uses.get(key) === undefined) uses.set(key, recent ? "used" : "unused");
  }
  return (principalId, service) => uses.get(`${principalId}|${service}`) ?? "unknown";
}
