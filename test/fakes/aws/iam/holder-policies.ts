import { noSuchEntity } from "../aws-fault.ts";
import type { HolderState } from "../tenant-state.ts";
import {
  documentOf,
  encodeDocument,
  groupOf,
  page,
  policyOf,
  roleOf,
  userOf,
  type HandlerMap,
  type IamCall,
} from "./call.ts";

/** The fields that IAM's requests about a holder's policies share. */
interface HolderRequest {
  readonly UserName?: string;
  readonly GroupName?: string;
  readonly RoleName?: string;
  readonly PolicyArn?: string;
  readonly PolicyName?: string;
  readonly PolicyDocument?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/** `AttachUserPolicy`, `ListRolePolicies` and so on: the same eight operations for users, groups and roles. */
function handlersFor(
  kind: "User" | "Group" | "Role",
  find: (call: IamCall, name: string | undefined) => HolderState,
): HandlerMap {
  const field = `${kind}Name` as const;
  const of = (input: HolderRequest, call: IamCall): HolderState => find(call, input[field]);
  return {
    [`Attach${kind}Policy`](input: HolderRequest, call: IamCall) {
      of(input, call).attached.add(policyOf(call, input.PolicyArn).Arn);
      return {};
    },
    [`Detach${kind}Policy`](input: HolderRequest, call: IamCall) {
      if (!of(input, call).attached.delete(input.PolicyArn ?? ""))
        throw noSuchEntity("attached policy", input.PolicyArn ?? "");
      return {};
    },
    [`ListAttached${kind}Policies`](input: HolderRequest, call: IamCall) {
      const { items, ...rest } = page([...of(input, call).attached], input, call);
      return {
        AttachedPolicies: items.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn })),
        ...rest,
      };
    },
    [`Put${kind}Policy`](input: HolderRequest, call: IamCall) {
      of(input, call).inline.set(input.PolicyName ?? "", documentOf(input.PolicyDocument));
      return {};
    },
    [`Get${kind}Policy`](input: HolderRequest, call: IamCall) {
      const document = of(input, call).inline.get(input.PolicyName ?? "");
      if (document === undefined) throw noSuchEntity("policy", input.PolicyName ?? "");
      return { [field]: input[field], PolicyName: input.PolicyName, PolicyDocument: encodeDocument(document) };
    },
    [`List${kind}Policies`](input: HolderRequest, call: IamCall) {
      const { items, ...rest } = page([...of(input, call).inline.keys()], input, call);
      return { PolicyNames: items, ...rest };
    },
    [`Delete${kind}Policy`](input: HolderRequest, call: IamCall) {
      if (!of(input, call).inline.delete(input.PolicyName ?? "")) throw noSuchEntity("policy", input.PolicyName ?? "");
      return {};
    },
  };
}

/** Policies on users, groups and roles. */
export const holderPolicyHandlers: HandlerMap = {
  ...handlersFor("User", userOf),
  ...handlersFor("Group", groupOf),
  ...handlersFor("Role", roleOf),
};
