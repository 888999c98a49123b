import type { Resource } from "../../model/resource.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A webhook that is sent without checking who receives it, or whose receiver cannot check who sent it. */
export const insecureWebhook: Rule = {
  id: "insecure-webhook",
  title: "Webhook without TLS verification or secret",
  concern: "overbroad",
  rationale: "without TLS verification anybody on the way reads it, without a secret anybody can send one",
  remediation: "switch on SSL verification and set a secret that the receiver checks",
  controls: ["CIS GitHub 1.4.4", "CIS GitHub 2.1.10", "SOC 2 CC6.7", "ISO 27001 A.8.24"],
  needs: ["webhook"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const hooks = graph.snapshot.resources.filter(
      (one) =>
        one.kind === "webhook" &&
        readable(one.tenantId) &&
        one.attributes["active"] !== false &&
        graph.resource(repositoryOf(one))?.attributes["archived"] !== true,
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const hook of hooks) {
      const { insecureSsl, hasSecret } = hook.attributes;
      const faults = [
        ...(insecureSsl === true ? ["is sent without TLS verification"] : []),
        ...(hasSecret === false ? ["carries no secret"] : []),
      ];
      if (faults.length > 0)
        drafts.push({
          subject: subjectOf(hook, graph),
          grantId: null,
          grants: [],
          summary: `webhook ${calledWell(hook)} ${faults.join(" and ")}`,
          evidence: evidence(now, "webhooks"),
          suggestion: "ask-owner",
          scoreSubjectId: hook.id,
          ...(insecureSsl === true ? { floor: { score: 20, name: "anybody on the way may read it" } } : {}),
        });
      else if (typeof insecureSsl !== "boolean" || typeof hasSecret !== "boolean")
        undecided.push({ subjectId: hook.id, reason: "GitHub did not show how it is secured" });
    }
    return { drafts, examined: hooks.length, undecided };
  },
};

/** Host and holder are names of their own: `` `host` of `acme/api` ``. */
function calledWell({ displayName }: Resource): string {
  return displayName
    .split(" of ")
    .map((name) => `\`${name}\``)
    .join(" of ");
}

/** `<repository>:hook-<id>`; of a hook of the organization this is the organization. */
function repositoryOf({ id }: Resource): string {
  return id.slice(0, id.lastIndexOf(":"));
}
