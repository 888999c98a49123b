import type { ParsedStatement } from "../parse-policy.ts";
import { saysNoPrincipal, type LintCheck, type LintKind, type LintSubject, type Remark } from "./lint-check.ts";

/** What each kind is called in a sentence. */
const NAMES: Readonly<Record<LintKind, string>> = {
  identity: "an identity policy",
  managed: "a managed policy",
  "inline-user": "an inline policy",
  "inline-group": "an inline policy",
  "inline-role": "an inline policy",
  boundary: "a permissions boundary",
  session: "a session policy",
  resource: "a resource policy",
  trust: "a trust policy",
  scp: "a service control policy",
  rcp: "a resource control policy",
};

/**
 * An element, or the lack of one, that this kind of policy does not take. Sources: "Grammar of the IAM JSON policy language" and
 * "AWS JSON policy elements: NotPrincipal" in the IAM User Guide, "SCP syntax" and "RCP syntax" in the AWS Organizations User Guide.
 */
export const elementOfAnotherKind: LintCheck = {
  id: "element-of-another-kind",
  *remarks(subject) {
    const { policy, kind } = subject;
    if (policy.id !== null && kind !== "resource" && kind !== "trust")
      yield {
        at: ["Id"],
        message: `${NAMES[kind]} has no \`Id\``,
        hint: "take it out; only policies of resources have one",
      };
    if ((kind === "rcp" || kind === "scp") && policy.version !== "2012-10-17")
      yield {
        at: ["Version"],
        message: `${NAMES[kind]} needs version 2012-10-17`,
        hint: "set `Version` to `2012-10-17`",
      };
    for (const statement of policy.statements) {
      yield* saysNoPrincipal(kind) ? withoutPrincipal(statement, kind) : withPrincipal(statement, kind);
      if (kind === "rcp" && !isFullAccess(statement)) yield* ofRcp(statement);
    }
  },
};

function* withoutPrincipal(statement: ParsedStatement, kind: LintKind): Iterable<Remark> {
  for (const element of ["Principal", "NotPrincipal"] as const) {
    if ((element === "Principal" ? statement.principals : statement.notPrincipals) === null) continue;
    yield {
      statement,
      at: [element],
      message: `${NAMES[kind]} takes no \`${element}\`: it speaks of whoever it is attached to`,
      hint: "take it out; to except somebody use a condition on `aws:PrincipalArn`",
    };
  }
  yield* needsResource(statement, kind);
}

function* withPrincipal(statement: ParsedStatement, kind: LintKind): Iterable<Remark> {
  if (statement.principals === null && statement.notPrincipals === null)
    yield {
      statement,
      at: [],
      message: `${NAMES[kind]} needs a \`Principal\`: this statement names nobody`,
      hint: "say whom it allows or denies",
    };
  if (statement.notPrincipals !== null && kind !== "resource")
    yield {
      statement,
      at: ["NotPrincipal"],
      message: `${NAMES[kind]} takes no \`NotPrincipal\``,
      hint: "name the principals, or everybody with a condition on `aws:PrincipalArn`",
    };
  else if (statement.notPrincipals !== null && statement.effect === "Allow")
    yield {
      statement,
      at: ["NotPrincipal"],
      message: "`NotPrincipal` with Allow lets in everybody else, callers without credentials included",
      hint: "name in `Principal` who is meant",
    };
  if (kind !== "trust") yield* needsResource(statement, kind);
  else if (statement.resources.length > 0 || statement.notResources.length > 0)
    yield {
      statement,
      at: [statement.resources.length > 0 ? "Resource" : "NotResource"],
      message: "a trust policy takes no resource: it speaks of the role it belongs to",
      hint: "take it out",
    };
}

function* needsResource(statement: ParsedStatement, kind: LintKind): Iterable<Remark> {
  if (
    statement.resources.length > 0 ||
    statement.notResources.length > 0 ||
    statement.empty?.includes("Resource") === true
  )
    return;
  yield {
    statement,
    at: [],
    message: `${NAMES[kind]} needs a \`Resource\` in every statement`,
    hint: 'add `"Resource": "*"` or the ARNs that are meant',
  };
}

function* ofRcp(statement: ParsedStatement): Iterable<Remark> {
  if (statement.effect === "Allow")
    yield {
      statement,
      at: ["Effect"],
      message: "a resource control policy only denies; Allow is for AWS's own `RCPFullAWSAccess`",
      hint: "turn it round into a Deny of what is not meant",
    };
  if (statement.notActions.length > 0)
    yield {
      statement,
      at: ["NotAction"],
      message: "a resource control policy takes no `NotAction`",
      hint: "name the actions",
    };
  if (statement.actions.includes("*"))
    yield {
      statement,
      at: ["Action"],
      message: "a resource control policy takes no bare `*` as action",
      hint: "name the services: `s3:*`",
    };
  const named = Object.entries(statement.principals ?? {});
  if (named.some(([kind, names]) => (kind !== "*" && kind !== "AWS") || names.some((name) => name !== "*")))
    yield {
      statement,
      at: ["Principal"],
      message: "a resource control policy takes no principal but `*`",
      hint: 'write `"Principal": "*"` and limit it with conditions',
    };
}

/** AWS's own policy that is attached everywhere and cannot be taken off. */
function isFullAccess(statement: LintSubject["policy"]["statements"][number]): boolean {
  return (
    statement.effect === "Allow" &&
    statement.actions.join() === "*" &&
    statement.resources.join() === "*" &&
    statement.conditions.length === 0
  );
}
