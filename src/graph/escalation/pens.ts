import type { EscalationMethod, NeededPermission } from "./method.ts";

/** A way to write what a principal may that is then reached on other ways: the id of the method by which one writes one's own. */
const WAYS: readonly {
  readonly id: string;
  readonly name: string;
  readonly kind: "user" | "role";
  readonly permission: NeededPermission;
}[] = [
  {
    id: "iam-001",
    name: "creates a new version of a policy the role holds",
    kind: "role",
    permission: { action: "iam:CreatePolicyVersion", on: "target-policy" },
  },
  {
    id: "iam-001",
    name: "creates a new version of a policy the user holds",
    kind: "user",
    permission: { action: "iam:CreatePolicyVersion", on: "target-policy" },
  },
  {
    id: "iam-005",
    name: "writes an inline policy for the role",
    kind: "role",
    permission: { action: "iam:PutRolePolicy", on: "target" },
  },
  {
    id: "iam-007",
    name: "writes an inline policy for the user",
    kind: "user",
    permission: { action: "iam:PutUserPolicy", on: "target" },
  },
  {
    id: "iam-008",
    name: "attaches a policy of its choice to the user",
    kind: "user",
    permission: { action: "iam:AttachUserPolicy", on: "target" },
  },
  {
    id: "iam-009",
    name: "attaches a policy of its choice to the role",
    kind: "role",
    permission: { action: "iam:AttachRolePolicy", on: "target" },
  },
];

/**
 * Half a way: whoever may write what a principal may gains by it only once it acts as that principal, on whatever way. Methods
 * of the list that write one's own policy lend their ids; without them there are no pens.
 */
export function pensOf(methods: readonly EscalationMethod[]): readonly EscalationMethod[] {
  return WAYS.flatMap(({ id, name, kind, permission }) =>
    methods.some((method) => method.id === id)
      ? [
          {
            id,
            name,
            category: "principal-access",
            permissions: [permission],
            target: { kind },
            gains: "writes-target-policy-and-becomes-it",
          } satisfies EscalationMethod,
        ]
      : [],
  );
}
