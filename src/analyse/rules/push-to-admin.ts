import type { BridgePlace, BridgeRole } from "../../graph/bridge/github-bridge.ts";
import type { FourValued } from "../../model/four-valued.ts";
import { BY_FIRST_CHANGING } from "../../policy/github/can-edit-protection.ts";
import type { FindingDraft, Rule, RuleContext, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

const RANK: Readonly<Record<FourValued, number>> = { yes: 0, conditional: 1, unknown: 2, no: 3 };

/** A branch, tag or environment from which a push ends as administrator of AWS. */
export const pushToAdmin: Rule = {
  id: "push-to-admin",
  title: "A push ends as AWS administrator",
  concern: "overbroad",
  rationale: "whoever can run a job whose token the role trusts is administrator, whatever AWS's own lists say",
  remediation:
    "pin the role's trust to one environment with reviewers; `leastwise explain <role>` shows who gets there and the cheapest cut",
  controls: ["CIS GitHub 1.1.15", "CIS GitHub 2.3.5", "SOC 2 CC6.3", "ISO 27001 A.8.4", "NIST 800-53 AC-6"],
  needs: ["repository"],
  systems: ["github"],
  evaluate(context) {
    const { escalations } = context;
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    for (const role of escalations.escalation.bridge().roles) {
      const administers = escalations.heldBy(role.role.id)[0] ?? escalations.pathsOf(role.role.id)[0];
      examined += 1;
      if (administers === undefined) continue;
      if (role.unread !== null) undecided.push({ subjectId: role.role.id, reason: `its trust policy: ${role.unread}` });
      for (const places of byRepository(role)) {
        const found = draftOf(role, places, administers.state, context);
        if (found === undefined) continue;
        if ("reason" in found) undecided.push(found);
        else drafts.push(found);
      }
    }
    return { drafts, examined, undecided };
  },
};

function byRepository({ places }: BridgeRole): readonly (readonly BridgePlace[])[] {
  const groups = new Map<string, BridgePlace[]>();
  for (const place of places) groups.set(place.repository.id, [...(groups.get(place.repository.id) ?? []), place]);
  return [...groups.values()];
}

/** One finding per role and repository, at the surest of its places. */
function draftOf(
  { role, grantId }: BridgeRole,
  places: readonly BridgePlace[],
  administers: FourValued,
  { graph, now, escalations }: RuleContext,
): FindingDraft | Undecided | undefined {
  const stateOf = ({ classes }: BridgePlace): FourValued =>
    classes.map(({ reach }) => reach.state).sort((a, b) => RANK[a] - RANK[b])[0] ?? "no";
  const [best] = [...places].sort((a, b) => RANK[stateOf(a)] - RANK[stateOf(b)]);
  if (best === undefined) return undefined;
  const push = stateOf(best);
  const state = RANK[push] > RANK[administers] ? push : administers;
  const classes = best.classes.filter(({ reach }) => reach.state === push);
  const [first] = classes;
  if (first === undefined || state === "no") return undefined;
  const { repository, place } = best;
  if (state === "unknown") {
    const why = push === "unknown" ? first.reach.missing.join("; ") : "whether the role administers is not known";
    return {
      subjectId: repository.id,
      reason: `${place} of \`${repository.locator}\` to \`${role.displayName}\`: ${why}`,
    };
  }
  // An administrator of the repository is trusted with more than a pusher is; that he can is still worth knowing.
  const changing = classes.every(({ reach }) => reach.why.startsWith(BY_FIRST_CHANGING));
  const who = classes.flatMap(({ actors }) => actors.map(({ name }) => name));
  const tenant = graph.tenant(role.tenantId)?.name ?? role.tenantId;
  // Of one of them, hop by hop: how it comes about, by an example.
  const example = first.actors
    .flatMap(({ id }) => escalations.pathsOf(id))
    .find((path) => path.state === state && path.hops.some(({ to }) => to === role.locator));
  const needs = state === "conditional" && first.reach.needs.length > 0 ? ` with ${first.reach.needs.join(", ")}` : "";
  return {
    subject: subjectOf(repository, graph),
    // One repository can lead to several roles.
    grantId: grantId,
    grants: [grantId],
    summary: `${who.length === 1 ? `\`${who[0] ?? ""}\`` : `${who.length} people, apps and keys`} can become administrator of ${tenant} by a job for ${place} of \`${repository.displayName}\`${needs}, through the role \`${role.displayName}\`${changing ? `, ${BY_FIRST_CHANGING}` : ""}`,
    ...(example === undefined ? {} : { path: example.hops }),
    evidence: evidence(now, "branch protection and rulesets", "environments", "trust policy of the role"),
    suggestion: "fix-trust",
    scoreSubjectId: role.id,
    floor:
      state === "yes" && !changing
        ? { score: 70, name: "a push is enough to become administrator" }
        : { score: 45, name: "a push with somebody's help is enough to become administrator" },
  };
}
