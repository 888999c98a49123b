import { escalationDraft, examinedForPaths, pathsIn } from "../escalation-drafts.ts";
import type { Rule } from "../rule.ts";

/** The same under conditions that nobody outside a request can judge: second factor, network, tags of a session. */
export const conditionalEscalationToAdmin: Rule = {
  id: "conditional-escalation-to-admin",
  title: "Can become administrator under a condition",
  concern: "overbroad",
  rationale: "a condition on the network or the second factor is met by everyone who works as they should",
  remediation:
    "look at what the condition asks for; if the person meets it every day, treat it as a way to administration",
  controls: ["PCI DSS 7.2.2", "SOC 2 CC6.3", "ISO 27001 A.8.2", "NIST 800-53 AC-6"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate(context) {
    const principals = examinedForPaths(context);
    return {
      drafts: principals.flatMap((principal) =>
        pathsIn("conditional", principal, context).map((path) =>
          escalationDraft(principal, path, context, { score: 20, name: "can become administrator under a condition" }),
        ),
      ),
      examined: principals.length,
      undecided: [],
    };
  },
};
