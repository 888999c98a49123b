import { examinedForPaths } from "../escalation-drafts.ts";
import type { Rule } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** From how many principals on one that can become them is worth a look, and what share of all it has to be. */
const LEAST = 5;
const SHARE = 0.1;

/** One principal through which many others are lost, without being an administrator. */
export const wideBlastRadius: Rule = {
  id: "wide-blast-radius",
  title: "Can become many others",
  concern: "overbroad",
  rationale: "one lost key would be as many lost keys as it can become principals",
  remediation: "limit which roles it may assume or pass, and whose keys and passwords it may set",
  controls: ["SOC 2 CC6.3", "ISO 27001 A.8.2", "NIST 800-53 AC-6"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate(context) {
    const { graph, escalations, now } = context;
    const principals = examinedForPaths(context);
    return {
      drafts: principals.flatMap((principal) => {
        // Administrators, today's and those by a path, reach everything anyway and are told as that.
        const administers = [...escalations.heldBy(principal.id), ...escalations.pathsOf(principal.id)].some(
          ({ state }) => state === "yes",
        );
        if (administers) return [];
        const reached = escalations.reach.becomes(principal.id);
        const share = reached.length / Math.max(1, escalations.examined);
        if (reached.length < LEAST || share < SHARE) return [];
        const names = reached.slice(0, 3).map((id) => `\`${graph.principal(id)?.displayName ?? id}\``);
        return [
          {
            subject: subjectOf(principal, graph),
            grantId: null,
            grants: [],
            summary: `\`${principal.displayName}\` can become ${reached.length} other principals (${Math.round(share * 100)} %), among them ${names.join(", ")}`,
            evidence: evidence(now, "policies through every layer, trust policies"),
            suggestion: "narrow" as const,
            floor: { score: 20, name: "can become many others" },
            scoreSubjectId: principal.id,
          },
        ];
      }),
      examined: principals.length,
      undecided: [],
    };
  },
};
