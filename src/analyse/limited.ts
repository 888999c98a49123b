import type { AdminGrant } from "../graph/access-graph.ts";

/** What an administrator's grant still depends on, as the end of a sentence. */
export function limited(admin: AdminGrant): string {
  if (admin.state === "unknown") return ", unless a boundary or organization policy that could not be read takes it away";
  return admin.state === "conditional" ? `, under a condition on ${admin.conditions.map((key) => `\`${key}\``).join(", ")}` : "";
}
