import type {
  CreateAccountAliasRequest,
  GenerateCredentialReportResponse,
  GetAccountPasswordPolicyResponse,
  GetAccountSummaryResponse,
  GetCredentialReportResponse,
  ListAccountAliasesRequest,
  ListAccountAliasesResponse,
  UpdateAccountPasswordPolicyRequest,
} from "@aws-sdk/client-iam";
import { AwsFault, noSuchEntity } from "../aws-fault.ts";
import type { TenantState, UserState } from "../tenant-state.ts";
import { page, type HandlerMap, type IamCall } from "./call.ts";

const COLUMNS =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
  "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
  "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
  "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

const moment = (date: Date | undefined, otherwise: string): string =>
  date === undefined ? otherwise : `${date.toISOString().slice(0, 19)}+00:00`;

function keyCells(user: UserState, index: number): string[] {
  const key = user.keys[index];
  if (key === undefined) return ["false", "N/A", "N/A", "N/A", "N/A"];
  const used = key.lastUsed;
  return [
    String(key.Status === "Active"),
    moment(key.CreateDate, "N/A"),
    moment(used?.LastUsedDate, "N/A"),
    used?.Region ?? "N/A",
    used?.ServiceName ?? "N/A",
  ];
}

function reportRow(user: UserState): string {
  const password = user.loginProfile;
  const certificate = user.certificates[0];
  return [
    user.UserName,
    user.Arn,
    moment(user.CreateDate, "N/A"),
    String(password !== undefined),
    password === undefined ? "N/A" : moment(user.passwordLastUsed, "no_information"),
    moment(password?.CreateDate, "N/A"),
    "N/A",
    String(user.mfaDevices.length > 0),
    ...keyCells(user, 0),
    ...keyCells(user, 1),
    String(certificate?.Status === "Active"),
    moment(certificate?.UploadDate, "N/A"),
    "false",
    "N/A",
  ].join(",");
}

/** Root comes first, under the name `<root_account>`; AWS writes `not_supported` where the notion does not apply to it. */
function rootRow({ id, root }: TenantState): string {
  const key = (present: boolean): string[] => [
    String(present),
    present ? moment(root.createdAt, "N/A") : "N/A",
    "N/A",
    "N/A",
    "N/A",
  ];
  return [
    "<root_account>",
    `arn:aws:iam::${id}:root`,
    moment(root.createdAt, "N/A"),
    "not_supported",
    moment(root.lastUsed, "no_information"),
    "not_supported",
    "not_supported",
    String(root.mfa),
    ...key(root.keys > 0),
    ...key(root.keys > 1),
    "false",
    "N/A",
    "false",
    "N/A",
  ].join(",");
}

/** What AWS tells about the tenant as a whole. */
export const tenantWideHandlers = {
  GenerateCredentialReport(_input: object, call: IamCall): GenerateCredentialReportResponse {
    if (call.tenant.reportPending === undefined) {
      call.tenant.reportPending = call.polls;
      return { State: call.polls > 0 ? "STARTED" : "COMPLETE" };
    }
    // The report is made in the background: each look finds it further on.
    call.tenant.reportPending = Math.max(0, call.tenant.reportPending - 1);
    return { State: call.tenant.reportPending > 0 ? "INPROGRESS" : "COMPLETE" };
  },

  GetCredentialReport(_input: object, call: IamCall): GetCredentialReportResponse {
    if (call.tenant.reportPending === undefined)
      throw new AwsFault("ReportNotPresent", "Credential report not present", 410);
    if (call.tenant.reportPending > 0) {
      call.tenant.reportPending -= 1;
      throw new AwsFault("ReportInProgress", "Credential report in progress", 404);
    }
    const lines = [COLUMNS, rootRow(call.tenant), ...[...call.tenant.users.values()].map(reportRow)];
    return { Content: Buffer.from(lines.join("\n")), ReportFormat: "text/csv", GeneratedTime: call.now };
  },

  GetAccountSummary(_input: object, call: IamCall): GetAccountSummaryResponse {
    const { users, groups, roles, policies, root } = call.tenant;
    return {
      SummaryMap: {
        Users: users.size,
        UsersQuota: 5000,
        Groups: groups.size,
        Roles: roles.size,
        Policies: policies.size,
        AccountMFAEnabled: root.mfa ? 1 : 0,
        AccountAccessKeysPresent: root.keys,
        AccountPasswordPresent: 1,
      },
    };
  },

  GetAccountPasswordPolicy(_input: object, call: IamCall): GetAccountPasswordPolicyResponse {
    if (call.tenant.passwordPolicy === undefined) throw noSuchEntity("Password Policy", call.tenant.id);
    return { PasswordPolicy: call.tenant.passwordPolicy };
  },

  UpdateAccountPasswordPolicy(input: UpdateAccountPasswordPolicyRequest, call: IamCall): object {
    call.tenant.passwordPolicy = { ...input, ExpirePasswords: input.MaxPasswordAge !== undefined };
    return {};
  },

  ListAccountAliases(input: ListAccountAliasesRequest, call: IamCall): ListAccountAliasesResponse {
    const { items, ...rest } = page(call.tenant.aliases, input, call);
    return { AccountAliases: items, ...rest };
  },

  CreateAccountAlias(input: CreateAccountAliasRequest, call: IamCall): object {
    call.tenant.aliases = [input.AccountAlias ?? ""];
    return {};
  },
} satisfies HandlerMap;
