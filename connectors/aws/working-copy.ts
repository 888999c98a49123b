import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AuditError } from "../../src/model/audit-error.ts";
import { parseJson } from "../shared/read-json-file.ts";
import { writeWhole } from "../shared/recording.ts";
import type { AwsClient, CallOutcome, Lookup, PolicyHolder } from "./client.ts";
import type { RawAccessKey, RawAttachment, RawDocument, RawInline, RawKeyLastUsed } from "./raw.ts";

/** The sweep as it lies in the file, as far as changes touch it. */
interface Details {
  UserDetailList?: DetailEntry[];
  GroupDetailList?: DetailEntry[];
  RoleDetailList?: DetailEntry[];
}

/** A user, group or role that can be changed in place. */
interface DetailEntry {
  UserName?: string;
  GroupName?: string;
  RoleName?: string;
  GroupList?: string[];
  AttachedManagedPolicies?: RawAttachment[];
  UserPolicyList?: RawInline[];
  GroupPolicyList?: RawInline[];
  RolePolicyList?: RawInline[];
}

const SECTION = { user: "UserDetailList", group: "GroupDetailList", role: "RoleDetailList" } as const;
const NAME = { user: "UserName", group: "GroupName", role: "RoleName" } as const;
const INLINE = { user: "UserPolicyList", group: "GroupPolicyList", role: "RolePolicyList" } as const;

const DONE: CallOutcome = { state: "done" };
const ABSENT: CallOutcome = { state: "absent" };

type Changes = Omit<AwsClient, "tenant" | "details" | "read">;

/** The lookups and changes over the files of a folder. Anything but a working copy refuses to change. */
export function workingCopyChanges(folder: string, changeable: boolean): Changes {
  const detailsFile = join(folder, "account-authorization-details.json");
  const load = async <T>(file: string): Promise<T | undefined> => {
    try {
      return parseJson(await readFile(file, "utf8"), file) as T;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  };
  const change = async <T>(file: string, work: (value: T) => boolean): Promise<CallOutcome> => {
    if (!changeable) return { state: "refused", why: "a recording is never changed, only a working copy of it" };
    const value = await load<T>(file);
    if (value === undefined) return { state: "refused", why: "the recording does not hold the file" };
    if (!work(value)) return ABSENT;
    await writeWhole(file, `${JSON.stringify(value, null, 2)}\n`);
    return DONE;
  };
  const entryOf = (details: Details, holder: PolicyHolder): DetailEntry | undefined => details[SECTION[holder.kind]]?.find((entry) => entry[NAME[holder.kind]] === holder.name);
  const look = async <T>(holder: PolicyHolder, find: (entry: DetailEntry) => T | undefined): Promise<Lookup<T>> => {
    const details = await load<Details>(detailsFile);
    if (details === undefined) return { state: "unreadable", why: "the recording does not hold the sweep" };
    const entry = entryOf(details, holder);
    const value = entry === undefined ? undefined : find(entry);
    return value === undefined ? { state: "absent" } : { state: "found", value };
  };
  const changeEntry = (holder: PolicyHolder, work: (entry: DetailEntry) => boolean): Promise<CallOutcome> =>
    change<Details>(detailsFile, (details) => {
      const entry = entryOf(details, holder);
      return entry !== undefined && work(entry);
    });
  const keysFile = join(folder, "access-keys.json");
  const keyOf = (keys: Record<string, RawAccessKey[]>, user: string, id: string): RawAccessKey | undefined => keys[user]?.find((key) => key.AccessKeyId === id);
  const reportFile = join(folder, "credential-report.csv");
  const changeReport = (user: string, columns: Readonly<Record<string, string>>): Promise<void> => setReportCells(reportFile, user, columns);
  const profilesFile = join(folder, "login-profiles.json");

  return {
    async accessKey(userName, accessKeyId) {
      const keys = await load<Record<string, RawAccessKey[]>>(keysFile);
      if (keys === undefined) return { state: "unreadable", why: "the recording does not hold access-keys.json" };
      const key = keyOf(keys, userName, accessKeyId);
      if (key === undefined) return { state: "absent" };
      const used = await load<Record<string, RawKeyLastUsed>>(join(folder, "access-key-last-used.json"));
      const lastUsed = used?.[accessKeyId];
      return {
        state: "found",
        value: {
          status: key.Status === "Active" ? "Active" : "Inactive",
          lastUsed: lastUsed === undefined ? { state: "unreadable", why: "the recording does not hold its last use" } : { state: "found", value: lastUsed },
        },
      };
    },
    setAccessKeyStatus: (userName, accessKeyId, status) =>
      change<Record<string, RawAccessKey[]>>(keysFile, (keys) => {
        const at = keys[userName]?.findIndex((key) => key.AccessKeyId === accessKeyId) ?? -1;
        const key = keys[userName]?.[at];
        if (key === undefined || keys[userName] === undefined) return false;
        keys[userName][at] = { ...key, Status: status };
        return true;
      }),
    deleteAccessKey: (userName, accessKeyId) =>
      change<Record<string, RawAccessKey[]>>(keysFile, (keys) => {
        if (keyOf(keys, userName, accessKeyId) === undefined) return false;
        keys[userName] = (keys[userName] ?? []).filter((key) => key.AccessKeyId !== accessKeyId);
        return true;
      }),
    hasAttachedPolicy: (holder, arn) => look(holder, (entry) => (entry.AttachedManagedPolicies?.some((policy) => policy.PolicyArn === arn) === true ? null : undefined)),
    attachPolicy: (holder, arn) =>
      changeEntry(holder, (entry) => {
        const attached = (entry.AttachedManagedPolicies ??= []);
        if (!attached.some((policy) => policy.PolicyArn === arn)) attached.push({ PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn });
        return true;
      }),
    detachPolicy: (holder, arn) =>
      changeEntry(holder, (entry) => {
        const left = entry.AttachedManagedPolicies?.filter((policy) => policy.PolicyArn !== arn);
        if (left === undefined || left.length === entry.AttachedManagedPolicies?.length) return false;
        entry.AttachedManagedPolicies = left;
        return true;
      }),
    inlinePolicy: (holder, name) => look<RawDocument>(holder, (entry) => entry[INLINE[holder.kind]]?.find((policy) => policy.PolicyName === name)?.PolicyDocument),
    putInlinePolicy: (holder, name, document) =>
      changeEntry(holder, (entry) => {
        const others = (entry[INLINE[holder.kind]] ?? []).filter((policy) => policy.PolicyName !== name);
        entry[INLINE[holder.kind]] = [...others, { PolicyName: name, PolicyDocument: JSON.parse(document) as RawDocument }];
        return true;
      }),
    deleteInlinePolicy: (holder, name) =>
      changeEntry(holder, (entry) => {
        const before = entry[INLINE[holder.kind]] ?? [];
        const left = before.filter((policy) => policy.PolicyName !== name);
        entry[INLINE[holder.kind]] = left;
        return left.length < before.length;
      }),
    isInGroup: (userName, groupName) => look({ kind: "user", name: userName }, (entry) => (entry.GroupList?.includes(groupName) === true ? null : undefined)),
    addToGroup: (userName, groupName) =>
      changeEntry({ kind: "user", name: userName }, (entry) => {
        if (entry.GroupList?.includes(groupName) !== true) entry.GroupList = [...(entry.GroupList ?? []), groupName];
        return true;
      }),
    removeFromGroup: (userName, groupName) =>
      changeEntry({ kind: "user", name: userName }, (entry) => {
        if (entry.GroupList?.includes(groupName) !== true) return false;
        entry.GroupList = entry.GroupList.filter((name) => name !== groupName);
        return true;
      }),
    async loginProfile(userName) {
      const profiles = await load<Record<string, unknown>>(profilesFile);
      if (profiles === undefined) return { state: "unreadable", why: "the recording does not hold login-profiles.json" };
      return profiles[userName] === null || profiles[userName] === undefined ? { state: "absent" } : { state: "found", value: null };
    },
    async deleteLoginProfile(userName) {
      const outcome = await change<Record<string, unknown>>(profilesFile, (profiles) => {
        if (profiles[userName] === null || profiles[userName] === undefined) return false;
        profiles[userName] = null;
        return true;
      });
      if (outcome.state === "done") await changeReport(userName, { password_enabled: "false" });
      return outcome;
    },
    async restoreLoginProfile(userName) {
      const outcome = await change<Record<string, unknown>>(profilesFile, (profiles) => {
        profiles[userName] ??= { UserName: userName };
        return true;
      });
      if (outcome.state === "done") await changeReport(userName, { password_enabled: "true" });
      return outcome;
    },
  };
}

/** The report would still show what was removed: it is a file of its own on AWS, but a working copy must agree with itself. */
async function setReportCells(file: string, user: string, columns: Readonly<Record<string, string>>): Promise<void> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw new AuditError("input-file", "file-open", "the file cannot be read", { place: { file }, cause: error });
  }
  const [header = "", ...lines] = text.split("\n");
  const names = header.trim().split(",");
  const changed = lines.map((line) => {
    const cells = line.trimEnd().split(",");
    if (cells[0] !== user) return line;
    return cells.map((cell, i) => columns[names[i] ?? ""] ?? cell).join(",");
  });
  await writeWhole(file, [header, ...changed].join("\n"));
}
