import type { LintCheck } from "./lint-check.ts";

/** Forms of a principal, per kind. Source: "AWS JSON policy elements: Principal", IAM User Guide. */
const FORMS: ReadonlyMap<string, RegExp> = new Map([
  [
    "AWS",
    /^(\*|\d{12}|arn:aws[a-z-]*:iam::\d{12}:(root|user\/.+|role\/.+)|arn:aws[a-z-]*:sts::\d{12}:(assumed-role\/[^/]+\/.+|federated-user\/.+|self))$/,
  ],
  ["Service", /^[a-z\d][a-z\d.-]*\.[a-z]{2,}$/],
  ["Federated", /^(arn:aws[a-z-]*:iam::\d{12}:(saml|oidc)-provider\/.+|[a-z\d][a-z\d.-]*\.[a-z]{2,})$/i],
  ["CanonicalUser", /^[\da-f]{64}$/],
]);

/** A principal that can be nobody: gone, of a form AWS does not have, or a group. */
export const principalNamesNobody: LintCheck = {
  id: "principal-names-nobody",
  *remarks({ policy }) {
    for (const statement of policy.statements) {
      for (const element of ["Principal", "NotPrincipal"] as const) {
        const named = element === "Principal" ? statement.principals : statement.notPrincipals;
        for (const [kind, names] of Object.entries(named ?? {})) {
          for (const name of names) {
            const form = FORMS.get(kind);
            // Wildcards and variables are told by their own checks.
            if (form === undefined || form.test(name) || /[*?]|\$\{/.test(name)) continue;
            yield { statement, at: [element, kind], ...complaint(kind, name) };
          }
        }
      }
    }
  },
};

function complaint(kind: string, name: string): { readonly message: string; readonly hint: string } {
  if (kind === "AWS" && /^A(IDA|ROA)[A-Z\d]{12,}$/.test(name))
    return {
      message: `\`${name}\` is what AWS writes for a principal that was deleted: it never matches again, not even one of the same name`,
      hint: "take it out, or name the principal that took its place",
    };
  if (kind === "AWS" && /^arn:[^:]*:iam::\d{12}:group\//.test(name))
    return {
      message: `\`${name}\` is a group, and a group is no principal`,
      hint: "name its users, or let them assume a role",
    };
  return {
    message: `\`${name}\` is no principal of kind ${kind}`,
    hint: HINTS[kind] ?? "look up the forms under Principal in the IAM User Guide",
  };
}

const HINTS: Readonly<Record<string, string>> = {
  AWS: "give 12 digits, or the whole ARN of a root, user, role or session",
  Service: "give the service's name: `ec2.amazonaws.com`",
  Federated: "give the ARN of the SAML or OIDC provider",
  CanonicalUser: "give the 64 hexadecimal digits of the canonical user id",
};
