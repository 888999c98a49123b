import type { JsonValue } from "../../src/model/json.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { isJsonRecord, type JsonRecord } from "../shared/expect-json.ts";
import { readJsonLists, type EntryProblem } from "../shared/read-json-lists.ts";
import type { Answer } from "./client.ts";
import { DETAIL_SECTIONS, type RawDetail } from "./raw.ts";

type Section = RawDetail["section"];

const COMMAND = "aws iam get-account-authorization-details";

/** What other AWS commands print, so that a wrong file is called by its name. */
const OTHER_COMMANDS: Readonly<Record<string, string>> = {
  Users: "aws iam list-users",
  User: "aws iam get-user",
  Roles: "aws iam list-roles",
  Role: "aws iam get-role",
  Groups: "aws iam list-groups",
  Group: "aws iam get-group",
  AccessKeyMetadata: "aws iam list-access-keys",
  AttachedPolicies: "aws iam list-attached-user-policies",
  Policy: "aws iam get-policy",
  PolicyVersion: "aws iam get-policy-version",
  PolicyDocument: "aws iam get-user-policy",
  SummaryMap: "aws iam get-account-summary",
  PasswordPolicy: "aws iam get-account-password-policy",
  Content: "aws iam get-credential-report",
  Accounts: "aws organizations list-accounts",
  Arn: "aws sts get-caller-identity",
  Statement: "a policy document",
};

/** Which members of an entry are texts, lists of objects and objects; others are not read, or read as they are. */
const TEXTS = [
  "UserName",
  "UserId",
  "GroupName",
  "GroupId",
  "RoleName",
  "RoleId",
  "PolicyName",
  "PolicyId",
  "Path",
] as const;
const LISTS = [
  "AttachedManagedPolicies",
  "UserPolicyList",
  "GroupPolicyList",
  "RolePolicyList",
  "PolicyVersionList",
  "Tags",
  "InstanceProfileList",
] as const;
const OBJECTS = ["PermissionsBoundary", "RoleLastUsed"] as const;
const IDS = ["UserId", "GroupId", "RoleId", "PolicyId"] as const;

const MAKE_AGAIN = `make the file again with \`${COMMAND} > details.json\``;

/**
 * Reads the sweep from a file, entry by entry, each with the 12 digits of its ARN's tenant (`aws` for AWS's own policies).
 * With `tenant`, an entry of another one is a mistake. Throws `input-file` with the place for what is not the sweep, for
 * entries that cannot be read, and for the same thing twice.
 */
export async function readDetailsFile(
  file: string,
  sink: (detail: RawDetail, tenant: string) => void,
  tenant?: string,
): Promise<Answer<null>> {
  const seen = new Set<string>();
  const { members, scalars } = await readJsonLists(file, DETAIL_SECTIONS, (section, value) => {
    if (!isJsonRecord(value)) return problem("json-shape", "an object was expected here");
    const entry = withoutNulls(value);
    const wrong = shapeProblem(entry) ?? twice(entry, seen);
    if (wrong !== undefined) return wrong;
    const arn = typeof entry["Arn"] === "string" ? entry["Arn"] : "";
    const owner = arn.split(":")[4] ?? "";
    if (tenant !== undefined && owner !== tenant && owner !== "aws") {
      return {
        code: "other-tenant",
        message: `\`${arn}\` belongs to another tenant than \`${tenant}\``,
        hint: "the file of each tenant lies in the folder that is named by its 12 digits",
      };
    }
    sink({ section: section as Section, entry } as unknown as RawDetail, owner);
    return undefined;
  });
  refuseOthers(members, file);
  // One page says so by `IsTruncated`, the command line with `--max-items` by `NextToken`.
  if (scalars["IsTruncated"] === true || typeof scalars["NextToken"] === "string") {
    return { state: "partial", value: null, reason: "the file holds the first pages only" };
  }
  const absent = DETAIL_SECTIONS.filter((section) => !members.includes(section));
  return absent.length === 0
    ? { state: "complete", value: null }
    : { state: "partial", value: null, reason: `the file holds no ${absent.join(", ")}: a filter left them out` };
}

/** Some tools write `null` for what AWS leaves out. */
function withoutNulls(entry: JsonRecord): JsonRecord {
  for (const member in entry)
    if (entry[member] === null) return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
  return entry;
}

function shapeProblem(entry: JsonRecord): EntryProblem | undefined {
  const arn = entry["Arn"];
  if (typeof arn !== "string" || !/^arn:[^:]+:iam::(?:\d{12}|aws):/.test(arn)) {
    return problem("no-arn", "this entry has no ARN of IAM, so its tenant is not known");
  }
  for (const member of TEXTS)
    if (entry[member] !== undefined && typeof entry[member] !== "string")
      return problem("json-shape", `\`${member}\` of \`${arn}\` is not text`);
  for (const member of LISTS)
    if (entry[member] !== undefined && !isListOf(entry[member], isJsonRecord))
      return problem("json-shape", `\`${member}\` of \`${arn}\` is not a list of objects`);
  for (const member of OBJECTS)
    if (entry[member] !== undefined && !isJsonRecord(entry[member]))
      return problem("json-shape", `\`${member}\` of \`${arn}\` is not an object`);
  const groups = entry["GroupList"];
  if (groups !== undefined && !isListOf(groups, (name) => typeof name === "string"))
    return problem("json-shape", `\`GroupList\` of \`${arn}\` is not a list of names`);
  return undefined;
}

/** Two entries of one thing would become one person with the access of two, or hide one of them. */
function twice(entry: JsonRecord, seen: Set<string>): EntryProblem | undefined {
  for (const member of ["Arn", ...IDS] as const) {
    const id = entry[member];
    if (typeof id !== "string") continue;
    if (seen.has(id))
      return {
        code: "duplicate",
        message: `\`${id}\` stands in the file twice`,
        hint: "was the same page written into it twice?",
      };
    seen.add(id);
  }
  return undefined;
}

function refuseOthers(members: readonly string[], file: string): void {
  // `aws iam list-policies` prints a `Policies` list too, but nothing else of the sweep.
  if (members.includes("UserDetailList") || members.includes("RoleDetailList") || members.includes("GroupDetailList"))
    return;
  const known = members.map((member) => OTHER_COMMANDS[member]).find((command) => command !== undefined);
  const other = members.includes("Policies") ? "aws iam list-policies" : known;
  const prints =
    other?.startsWith("aws ") === true ? `this is what \`${other}\` prints` : `this is ${other ?? "something else"}`;
  throw new AuditError("input-file", "not-the-sweep", `${prints}, not what \`${COMMAND}\` prints`, {
    place: { file, pointer: "" },
    hint: `make the file with \`${COMMAND} > details.json\``,
  });
}

const problem = (code: string, message: string): EntryProblem => ({ code, message, hint: MAKE_AGAIN });

const isListOf = (value: JsonValue | undefined, is: (entry: JsonValue) => boolean): boolean =>
  Array.isArray(value) && (value as readonly JsonValue[]).every(is);
