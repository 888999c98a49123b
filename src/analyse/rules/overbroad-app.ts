import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** An app that may change code or settings of every repository. */
export const overbroadApp: Rule = {
  id: "overbroad-app",
  title: "App has write access everywhere",
  concern: "overbroad",
  rationale: "an app that is broken into changes every repository at once",
  remediation: "select the repositories it needs, or lower its permissions",
  controls: ["CIS GitHub 1.4.3", "SOC 2 CC6.3", "ISO 27001 A.5.19"],
  needs: ["app-installation"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const apps = graph.snapshot.principals.filter(
      (principal) =>
        principal.kind === "app" && readable(principal.tenantId) && principal.attributes["suspended"] !== true,
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const app of apps) {
      const permissions = app.attributes["permissions"];
      if (typeof permissions !== "string") {
        undecided.push({ subjectId: app.id, reason: "GitHub did not say its permissions" });
        continue;
      }
      const strong = permissions.split(", ").filter((permission) => STRONG.test(permission));
      if (app.attributes["repositorySelection"] !== "all" || strong.length === 0) continue;
      drafts.push({
        subject: subjectOf(app, graph),
        grantId: null,
        grants: graph.grantsOf(app.id).map((grant) => grant.id),
        summary: `app \`${app.displayName}\` has ${strong.join(", ")} on all repositories`,
        evidence: evidence(now, "app installations"),
        suggestion: "narrow",
        scoreSubjectId: app.id,
      });
    }
    return { drafts, examined: apps.length, undecided };
  },
};

/** Permissions that change code, settings, secrets or who has access. */
const STRONG =
  /^(administration|contents|workflows|actions|secrets|environments|members|organization_[a-z_]+):(write|admin)$/;
