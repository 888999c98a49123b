import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, RuleContext, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";
import type { Principal } from "../../model/principal.ts";

/** An installed app that was not used, or stayed suspended, for as long as the policy allows. */
export const staleApp: Rule = {
  id: "stale-app",
  title: "App is not used",
  concern: "stale",
  rationale: "an app nobody uses keeps its permissions and its private key",
  remediation: "uninstall the app; it can be installed again",
  controls: ["CIS GitHub 1.4.2", "SOC 2 CC6.2", "ISO 27001 A.5.19"],
  needs: ["app-installation"],
  systems: ["github"],
  evaluate(context) {
    const { graph, now, readable } = context;
    const apps = graph.snapshot.principals.filter(({ kind, tenantId }) => kind === "app" && readable(tenantId));
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const app of apps) {
      const why = stale(app, context);
      if (why === undefined) continue;
      if ("reason" in why) undecided.push({ subjectId: app.id, reason: why.reason });
      else
        drafts.push({
          subject: subjectOf(app, graph),
          grantId: null,
          grants: graph.grantsOf(app.id).map((grant) => grant.id),
          summary: `app \`${app.displayName}\` ${why.words}`,
          evidence: evidence(now, "app installations", "audit log"),
          suggestion: "ask-owner",
          scoreSubjectId: app.id,
        });
    }
    return { drafts, examined: apps.length, undecided };
  },
};

/** Suspended first: a suspended app does nothing, whatever it did before. */
function stale(
  { attributes, lastUsedAt, createdAt }: Principal,
  { thresholds, now }: RuleContext,
): { readonly words: string } | { readonly reason: string } | undefined {
  const limit = thresholds.idleAppDays;
  if (attributes["suspended"] === true) {
    const since = attributes["suspendedAt"];
    if (typeof since !== "string") return { reason: "GitHub did not say since when it is suspended" };
    const days = daysBetween(since, now);
    return days < limit ? undefined : { words: `has been suspended for ${days} days and is still installed` };
  }
  const since = lastUsedAt.known && lastUsedAt.value === "never" ? createdAt : lastUsedAt;
  if (!since.known) {
    // Nobody can have left it alone for longer than it is there.
    if (createdAt.known && daysBetween(createdAt.value, now) < limit) return undefined;
    return { reason: since.why };
  }
  const days = daysBetween(since.value, now);
  if (days < limit) return undefined;
  return { words: `has not done anything for ${days} days` };
}
