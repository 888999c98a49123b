import { describe, expect, it } from "vitest";
import type { FourValued } from "../../../src/model/four-valued.ts";
import { canCreateRef } from "../../../src/policy/github/can-create-ref.ts";
import { canEditProtection } from "../../../src/policy/github/can-edit-protection.ts";
import { canEditWorkflow } from "../../../src/policy/github/can-edit-workflow.ts";
import { canLandViaPullRequest } from "../../../src/policy/github/can-land-via-pr.ts";
import { canPushRef } from "../../../src/policy/github/can-push-ref.ts";
import { canUseEnvironment } from "../../../src/policy/github/can-use-environment.ts";
import type { Reach } from "../../../src/policy/github/reach.ts";
import { exactName } from "../../../src/policy/names/demands.ts";
import type { MatrixCase } from "./matrix-builders.ts";
import { MATRIX } from "./matrix-cases.ts";

const ENOUGH = 160;

function ask({ actor, controls, question }: MatrixCase): Reach {
  switch (question.kind) {
    case "push":
      return canPushRef(actor, controls, question.refKind, exactName(question.ref));
    case "create":
      return canCreateRef(actor, controls, question.refKind, exactName(question.ref));
    case "land": {
      const others = { approvers: question.others, missing: question.missing };
      return canLandViaPullRequest(actor, controls, "branch", exactName(question.ref), others);
    }
    case "edit-workflow":
      return canEditWorkflow(actor, controls, exactName(question.path));
    case "edit-protection":
      return canEditProtection(actor, controls);
    case "environment": {
      const ref = { kind: question.refKind, demand: exactName(question.ref) };
      return canUseEnvironment(actor, controls, exactName(question.environment), ref);
    }
  }
}

describe.each(MATRIX)("what GitHub's documentation says of %s", (_topic, cases) => {
  it.each(cases)("$name", (one) => {
    const reach = ask(one);
    expect(
      reach.state,
      `${one.source}\nanswered: ${reach.why} | needs ${reach.needs.join("; ")} | missing ${reach.missing.join("; ")}`,
    ).toBe(one.expect);
    expect(reach.needs.length > 0, "something is needed exactly when conditional").toBe(reach.state === "conditional");
    expect(reach.missing.length > 0, "something is missing exactly when unknown").toBe(reach.state === "unknown");
  });
});

describe("the matrix", () => {
  const cases = MATRIX.flatMap(([, rows]) => rows);

  it("has enough rows, with names that differ", () => {
    expect(cases.length).toBeGreaterThanOrEqual(ENOUGH);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it("asks every question with every answer there is", () => {
    const answered = (kind: string): readonly FourValued[] => [
      ...new Set(cases.filter(({ question }) => question.kind === kind).map((one) => one.expect)),
    ];
    for (const kind of ["push", "create", "land", "environment"])
      expect([...answered(kind)].sort(), kind).toEqual(["conditional", "no", "unknown", "yes"]);
    for (const kind of ["edit-workflow", "edit-protection"])
      expect([...answered(kind)].sort(), kind).toEqual(["no", "unknown", "yes"]);
  });
});
