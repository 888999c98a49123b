import type { AccessGraph } from "../../graph/access-graph.ts";
import type { EscalationPath } from "../../graph/escalation/paths.ts";
import { escalationDraft, examinedForPaths, inWords, pathsIn } from "../escalation-drafts.ts";
import type { Rule } from "../rule.ts";
import { unjudged } from "../unjudged.ts";

/** A principal that was not made administrator and can make itself one. */
export const escalationToAdmin: Rule = {
  id: "escalation-to-admin",
  title: "Can become administrator",
  concern: "overbroad",
  rationale: "who can take over an administrator is one, whatever the review sheet says",
  remediation:
    "take a grant of the path away (`leastwise choke-points` names those that cut most), or limit it to roles and users that are no stronger",
  controls: ["PCI DSS 7.2.2", "SOC 2 CC6.3", "ISO 27001 A.8.2", "NIST 800-53 AC-6"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate(context) {
    const principals = examinedForPaths(context);
    return {
      drafts: principals.flatMap((principal) =>
        pathsIn("yes", principal, context).map((path) =>
          escalationDraft(principal, path, context, { score: 45, name: "can become administrator" }),
        ),
      ),
      examined: principals.length,
      // What was not read may complete a way: nobody knows, which is not the same as no.
      undecided: principals.flatMap((principal) =>
        pathsIn("unknown", principal, context).map((path) => ({
          subjectId: principal.id,
          reason: whatIsMissing(path, context.graph),
        })),
      ),
    };
  },
};

/** The first document on the way that was not read; else the way itself, which hangs on something beside policies. */
function whatIsMissing(path: EscalationPath, graph: AccessGraph): string {
  const [open] = path.hops.flatMap(({ fromId }) => unjudged(fromId, graph));
  return open?.reason ?? `${inWords(path, graph)}, if what was not read allows it`;
}
