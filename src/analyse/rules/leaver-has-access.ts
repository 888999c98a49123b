import { hasLeft } from "../../model/identity.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { day, evidence, subjectOf } from "../subject.ts";
import { counted } from "../../text/counted.ts";

/** Somebody who left and whose principals still work. */
export const leaverHasAccess: Rule = {
  id: "leaver-has-access",
  title: "Somebody who left still has access",
  concern: "unapproved",
  rationale: "nobody who is gone should still be able to sign in",
  remediation: "deactivate the credentials today, then remove the access",
  controls: ["PCI DSS 8.2.5", "SOC 2 CC6.2", "ISO 27001 A.5.18", "NIST 800-53 PS-4"],
  needs: ["roster"],
  systems: ["aws", "github"],
  evaluate({ graph, now, readable }) {
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    for (const principal of graph.snapshot.principals) {
      if (principal.kind !== "user" || !readable(principal.tenantId)) continue;
      examined += 1;
      const who = graph.whoIs(principal.id);
      const identity = who.identityId === null ? undefined : graph.identity(who.identityId);
      if (who.state === "conflict") {
        // Of two people who both work here, whichever it is, nobody left.
        const may = who.candidates?.flatMap((id) => graph.identity(id) ?? []) ?? [];
        if (!may.some((person) => hasLeft(person, now))) continue;
        undecided.push({ subjectId: principal.id, reason: "two people may be behind it" });
        continue;
      }
      if (identity === undefined || !hasLeft(identity, now)) continue;
      const credentials = graph
        .credentialsOf(principal.id)
        .filter(
          (credential) =>
            credential.kind !== "mfa-device" && !(credential.status.known && credential.status.value === "inactive"),
        );
      const grants = graph.grantsOf(principal.id);
      // An IAM user without a way to sign in has no access any more, whatever hangs on it.
      const works =
        principal.nativeType === "iam-user" ? credentials.length > 0 : credentials.length + grants.length > 0;
      if (!works) {
        const unread = SIGN_INS.find((kind) => graph.coverage(principal.tenantId, kind)?.state !== "complete");
        if (principal.nativeType === "iam-user" && unread !== undefined)
          undecided.push({
            subjectId: principal.id,
            reason: `whether it can still sign in is not known: ${unread} was not read whole`,
          });
        continue;
      }
      if (who.state !== "linked") {
        undecided.push({
          subjectId: principal.id,
          reason: `it is not sure enough that it belongs to somebody who left (confidence ${who.confidence})`,
        });
        continue;
      }
      drafts.push({
        subject: subjectOf(principal, graph),
        grantId: null,
        grants: grants.map((grant) => grant.id),
        summary: `\`${principal.displayName}\` belongs to ${identity.displayName}, who left${identity.endDate === null ? "" : ` on ${day(identity.endDate)}`}, and still ${credentials.length > 0 ? `signs in with ${counted(credentials.length, "credential")}` : `has ${counted(grants.length, "grant")}`}`,
        evidence: [...evidence(now, "roster"), ...who.evidence.map((source) => ({ source, observedAt: now }))],
        suggestion: "revoke",
        floor: { score: 45, name: "somebody who left" },
        scoreSubjectId: principal.id,
        signals: [{ family: "ownership", name: "its owner left", value: 0.6 }],
      });
    }
    return { drafts, examined, undecided };
  },
};

const SIGN_INS = ["access-key", "console-password"] as const;
