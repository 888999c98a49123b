import type { IAMClient } from "@aws-sdk/client-iam";
import { allPages } from "../../shared/paging.ts";
import type { AwsClient, Lookup, PolicyHolder } from "../client.ts";
import type { RawDocument, RawKeyLastUsed } from "../raw.ts";
import { markerOf, nextOf } from "./iam-page.ts";
import { changed, lookedUp } from "./refusal.ts";

type Iam = typeof import("@aws-sdk/client-iam");
type Changes = Omit<AwsClient, "tenant" | "details" | "read">;

/** Lookups and changes of IAM, each a single call that is safe to repeat. */
export function iamChanges(iam: IAMClient, sdk: Iam): Changes {
  const inList = async (call: string, read: () => Promise<boolean>): Promise<Lookup<null>> => {
    const found = await lookedUp(call, read);
    if (found.state !== "found") return found;
    return found.value ? { state: "found", value: null } : { state: "absent" };
  };
  const attached = ({ kind, name }: PolicyHolder, arn: string): Promise<boolean> =>
    allPages(async (token) => {
      const marker = markerOf(token);
      const answer =
        kind === "user"
          ? await iam.send(new sdk.ListAttachedUserPoliciesCommand({ UserName: name, ...marker }))
          : kind === "group"
            ? await iam.send(new sdk.ListAttachedGroupPoliciesCommand({ GroupName: name, ...marker }))
            : await iam.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName: name, ...marker }));
      return { items: answer.AttachedPolicies ?? [], next: nextOf(answer) };
    }).then((policies) => policies.some(({ PolicyArn }) => PolicyArn === arn));

  return {
    async accessKey(UserName, accessKeyId) {
      const keys = await lookedUp("iam:ListAccessKeys", () =>
        allPages(async (token) => {
          const answer = await iam.send(new sdk.ListAccessKeysCommand({ UserName, ...markerOf(token) }));
          return {
            items: answer.AccessKeyMetadata ?? [],
            next: nextOf(answer),
          };
        }),
      );
      if (keys.state !== "found") return keys;
      const key = keys.value.find(({ AccessKeyId }) => AccessKeyId === accessKeyId);
      if (key === undefined) return { state: "absent" };
      const lastUsed = await lookedUp<RawKeyLastUsed>(
        "iam:GetAccessKeyLastUsed",
        async () =>
          ((await iam.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }))).AccessKeyLastUsed ??
            {}) as RawKeyLastUsed,
      );
      return { state: "found", value: { status: key.Status === "Active" ? "Active" : "Inactive", lastUsed } };
    },
    setAccessKeyStatus: (UserName, AccessKeyId, Status) =>
      changed("iam:UpdateAccessKey", () => iam.send(new sdk.UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }))),
    deleteAccessKey: (UserName, AccessKeyId) =>
      changed("iam:DeleteAccessKey", () => iam.send(new sdk.DeleteAccessKeyCommand({ UserName, AccessKeyId }))),
    hasAttachedPolicy: (holder, arn) =>
      inList(`iam:ListAttached${capital(holder)}Policies`, () => attached(holder, arn)),
    attachPolicy: ({ kind, name }, PolicyArn) =>
      kind === "user"
        ? changed("iam:AttachUserPolicy", () =>
            iam.send(new sdk.AttachUserPolicyCommand({ UserName: name, PolicyArn })),
          )
        : kind === "group"
          ? changed("iam:AttachGroupPolicy", () =>
              iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: name, PolicyArn })),
            )
          : changed("iam:AttachRolePolicy", () =>
              iam.send(new sdk.AttachRolePolicyCommand({ RoleName: name, PolicyArn })),
            ),
    detachPolicy: ({ kind, name }, PolicyArn) =>
      kind === "user"
        ? changed("iam:DetachUserPolicy", () =>
            iam.send(new sdk.DetachUserPolicyCommand({ UserName: name, PolicyArn })),
          )
        : kind === "group"
          ? changed("iam:DetachGroupPolicy", () =>
              iam.send(new sdk.DetachGroupPolicyCommand({ GroupName: name, PolicyArn })),
            )
          : changed("iam:DetachRolePolicy", () =>
              iam.send(new sdk.DetachRolePolicyCommand({ RoleName: name, PolicyArn })),
            ),
    inlinePolicy: ({ kind, name }, PolicyName) =>
      lookedUp<RawDocument>(
        `iam:Get${kind === "user" ? "User" : kind === "group" ? "Group" : "Role"}Policy`,
        async () => {
          const answer =
            kind === "user"
              ? await iam.send(new sdk.GetUserPolicyCommand({ UserName: name, PolicyName }))
              : kind === "group"
                ? await iam.send(new sdk.GetGroupPolicyCommand({ GroupName: name, PolicyName }))
                : await iam.send(new sdk.GetRolePolicyCommand({ RoleName: name, PolicyName }));
          return answer.PolicyDocument ?? "";
        },
      ),
    putInlinePolicy: ({ kind, name }, PolicyName, PolicyDocument) =>
      kind === "user"
        ? changed("iam:PutUserPolicy", () =>
            iam.send(new sdk.PutUserPolicyCommand({ UserName: name, PolicyName, PolicyDocument })),
          )
        : kind === "group"
          ? changed("iam:PutGroupPolicy", () =>
              iam.send(new sdk.PutGroupPolicyCommand({ GroupName: name, PolicyName, PolicyDocument })),
            )
          : changed("iam:PutRolePolicy", () =>
              iam.send(new sdk.PutRolePolicyCommand({ RoleName: name, PolicyName, PolicyDocument })),
            ),
    deleteInlinePolicy: ({ kind, name }, PolicyName) =>
      kind === "user"
        ? changed("iam:DeleteUserPolicy", () =>
            iam.send(new sdk.DeleteUserPolicyCommand({ UserName: name, PolicyName })),
          )
        : kind === "group"
          ? changed("iam:DeleteGroupPolicy", () =>
              iam.send(new sdk.DeleteGroupPolicyCommand({ GroupName: name, PolicyName })),
            )
          : changed("iam:DeleteRolePolicy", () =>
              iam.send(new sdk.DeleteRolePolicyCommand({ RoleName: name, PolicyName })),
            ),
    isInGroup: (UserName, GroupName) =>
      inList("iam:ListGroupsForUser", async () =>
        (
          await allPages(async (token) => {
            const answer = await iam.send(new sdk.ListGroupsForUserCommand({ UserName, ...markerOf(token) }));
            return { items: answer.Groups ?? [], next: nextOf(answer) };
          })
        ).some((group) => group.GroupName === GroupName),
      ),
    addToGroup: (UserName, GroupName) =>
      changed("iam:AddUserToGroup", () => iam.send(new sdk.AddUserToGroupCommand({ UserName, GroupName }))),
    removeFromGroup: (UserName, GroupName) =>
      changed("iam:RemoveUserFromGroup", () => iam.send(new sdk.RemoveUserFromGroupCommand({ UserName, GroupName }))),
    loginProfile: (UserName) =>
      lookedUp(
        "iam:GetLoginProfile",
        async () => (await iam.send(new sdk.GetLoginProfileCommand({ UserName }))).LoginProfile ?? {},
      ),
    deleteLoginProfile: (UserName) =>
      changed("iam:DeleteLoginProfile", () => iam.send(new sdk.DeleteLoginProfileCommand({ UserName }))),
    restoreLoginProfile: () => Promise.resolve({ state: "refused", why: "the person must set a new password" }),
  };
}

const capital = ({ kind }: PolicyHolder): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
