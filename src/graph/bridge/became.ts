import type { Principal } from "../../model/principal.ts";
import { satisfies } from "../../policy/names/find-name.ts";
import type { AccessGraph } from "../access-graph.ts";
import type { BridgePlace } from "./github-bridge.ts";

/** A subject that did become a role, by a log. */
export interface Became {
  readonly subject: string;
  readonly lastAt: string;
  readonly times: number;
}

/** The tokens that became the role, newest first; null where no log of its tenant was read. */
export function tokensThatBecame(graph: AccessGraph, role: Principal): readonly Became[] | null {
  const coverage = graph.coverage(role.tenantId, "web-identity-session");
  if (coverage === undefined || coverage.state === "denied" || coverage.state === "skipped") return null;
  return graph.snapshot.relations
    .filter(({ kind, toId }) => kind === "became" && toId === role.id)
    .map(({ attributes }) => ({
      subject: String(attributes["subject"]),
      lastAt: String(attributes["lastAt"]),
      times: Number(attributes["times"]),
    }))
    .sort((a, b) => (a.lastAt > b.lastAt ? -1 : 1));
}

/** Whether a subject in GitHub's default form, with ids beside the names or without, is of that place. */
export function isOfPlace(subject: string, { repository, demand }: BridgePlace): boolean {
  const parts = /^repo:([^/:]+)\/([^:]+):(.+)$/.exec(subject);
  const [, owner = "", name = "", context = ""] = parts ?? [];
  const bare = `${owner.split("@")[0] ?? ""}/${name.split("@")[0] ?? ""}`;
  if (bare.toLowerCase() !== repository.locator.toLowerCase()) return false;
  if (demand.job === "pull-request") return context === "pull_request";
  if (demand.job === "environment")
    return (
      context.startsWith("environment:") &&
      demand.environment !== null &&
      satisfies(demand.environment, context.slice("environment:".length))
    );
  const start = demand.refKind === "tag" ? "ref:refs/tags/" : "ref:refs/heads/";
  return context.startsWith(start) && satisfies(demand.ref, context.slice(start.length));
}
