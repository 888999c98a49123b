import type { Tenant } from "../../model/tenant.ts";
import type { FormerName, FormerNames } from "../../policy/bridge/mistakes/mistake.ts";
import type { AccessGraph } from "../access-graph.ts";

/** The names that repositories of an organization had before, as its audit log tells them, and what is not known of them. */
export function formerNames(graph: AccessGraph, { id, name, attributes }: Tenant): FormerNames {
  const coverage = graph.coverage(id, "former-name");
  const { formerNames: names, formerNamesSince: since } = attributes;
  return {
    owner: name,
    names: typeof names === "string" ? names.split(" ").flatMap(formerName) : [],
    since: typeof since === "string" ? since : null,
    gap: coverage?.state === "complete" ? null : (coverage?.reason ?? "nobody read the audit log"),
  };
}

/** `acme/old-api=34`, or `=?` where the log did not say which repository it was. */
function formerName(text: string): readonly FormerName[] {
  const [, name, number] = /^(.+)=(\d+|\?)$/.exec(text) ?? [];
  return name === undefined ? [] : [{ name, repositoryId: number === "?" ? null : Number(number) }];
}
