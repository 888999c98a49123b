import type { AccessGraph } from "../graph/access-graph.ts";
import type { Principal } from "../model/principal.ts";
import { actionMatches } from "../policy/aws/wildcard.ts";
import { trustStatements, type TrustStatement } from "../policy/aws/trust.ts";
import type { FindingDraft, Rule, Undecided } from "./rule.ts";
import { subjectOf } from "./subject.ts";

/** What a trust rule says about one statement. */
type Verdict = Pick<FindingDraft, "grants" | "summary" | "evidence" | "suggestion" | "signals" | "floor">;

/**
 * Asks a question of every statement of every role's trust policy: one finding per role, for the first statement that gives
 * one. A trust policy that cannot be read leaves its role undecided.
 */
export function evaluateTrusts(
  graph: AccessGraph,
  readable: (tenantId: string) => boolean,
  question: (role: Principal, statement: TrustStatement) => Verdict | undefined,
): ReturnType<Rule["evaluate"]> {
  const drafts: FindingDraft[] = [];
  const undecided: Undecided[] = [];
  let examined = 0;
  for (const role of graph.snapshot.principals) {
    // Trust policies of AWS's own roles are AWS's to change; permission sets have none of their own.
    if (
      role.kind !== "role" ||
      role.nativeType === "permission-set" ||
      role.attributes["serviceLinked"] === true ||
      role.attributes["reserved"] === true ||
      !readable(role.tenantId)
    )
      continue;
    examined += 1;
    const parsed = graph.parsed(`${role.id}/trust`);
    if (!parsed.known) {
      undecided.push({ subjectId: role.id, reason: parsed.why });
      continue;
    }
    for (const statement of trustStatements(parsed.value)) {
      // Tagging a session or naming its source lets nobody in by itself.
      if (!assumes(statement)) continue;
      const verdict = question(role, statement);
      if (verdict === undefined) continue;
      drafts.push({ subject: subjectOf(role, graph), grantId: null, scoreSubjectId: role.id, ...verdict });
      break;
    }
  }
  return { drafts, examined, undecided };
}

const ASSUME = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"];

/** Whether the statement lets somebody in; one that says NotAction does unless it names them all. */
const assumes = ({ actions }: TrustStatement): boolean =>
  actions.length === 0 || actions.some((pattern) => ASSUME.some((action) => actionMatches(pattern, action)));
