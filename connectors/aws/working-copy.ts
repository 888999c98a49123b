/**
 * Lookups and changes over the files of a tenant's folder. A change goes into every file that shows the thing, so that reading
 * the folder again shows the tenant as AWS would after the same call. One file, because all changes know the same layout.
 */
import { join } from "node:path";
import { readCsv, writeCsv } from "../../src/text/csv.ts";
import { readTextFile } from "../shared/read-json-file.ts";
import { writeWhole } from "../shared/recording.ts";
import type { AwsClient, CallOutcome, Lookup, PolicyHolder } from "./client.ts";
import { toInstant } from "../../src/model/instant.ts";
import type { RawAccessKey, RawAttachment, RawDocument, RawInline, RawKeyLastUsed, RawLoginProfile } from "./raw.ts";
import { RecordingFiles } from "./recording-files.ts";

/** A user, group or role of the sweep, as far as changes touch it. */
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

type Details = Partial<Record<"UserDetailList" | "GroupDetailList" | "RoleDetailList", DetailEntry[]>> & {
  Policies?: { readonly Arn?: string; AttachmentCount?: number }[];
};
type Keys = Record<string, RawAccessKey[]>;
type Profiles = Record<string, RawLoginProfile | null>;

const SECTION = { user: "UserDetailList", group: "GroupDetailList", role: "RoleDetailList" } as const;
const NAME = { user: "UserName", group: "GroupName", role: "RoleName" } as const;
const INLINE = { user: "UserPolicyList", group: "GroupPolicyList", role: "RolePolicyList" } as const;

const SWEEP = "account-authorization-details.json";
const KEYS = "access-keys.json";
const LAST_USED = "access-key-last-used.json";
const PROFILES = "login-profiles.json";
const REPORT = "credential-report.csv";

/** The lookups and changes of the promise; anything but a working copy refuses to change. `folder` null: nothing to look at. */
export function workingCopyChanges(
  folder: string | null,
  workingCopy: boolean,
): Omit<AwsClient, "tenant" | "details" | "read"> {
  const files = new RecordingFiles(folder, workingCopy);
  const entryOf = (details: Details, { kind, name }: PolicyHolder) =>
    details[SECTION[kind]]?.find((entry) => entry[NAME[kind]] === name);
  const look = async <T>(holder: PolicyHolder, find: (entry: DetailEntry) => T | undefined): Promise<Lookup<T>> => {
    const details = await files.read<Details>(SWEEP);
    if (details === undefined) return { state: "unreadable", why: `${SWEEP} was not given` };
    const entry = entryOf(details, holder);
    const value = entry === undefined ? undefined : find(entry);
    return value === undefined ? { state: "absent" } : { state: "found", value };
  };
  const changeEntry = (
    holder: PolicyHolder,
    work: (entry: DetailEntry, details: Details) => boolean,
  ): Promise<CallOutcome> =>
    files.change<Details>(SWEEP, (details) => {
      const entry = entryOf(details, holder);
      return entry !== undefined && work(entry, details);
    });
  const changeReport = (user: string, change: (row: Record<string, string>) => void): Promise<void> =>
    folder === null ? Promise.resolve() : changeReportRow(join(folder, REPORT), user, change);

  return {
    async accessKey(userName, accessKeyId) {
      const keys = await files.read<Keys>(KEYS);
      if (keys === undefined) return { state: "unreadable", why: `${KEYS} was not given` };
      const key = keyIn(keys, userName, accessKeyId);
      if (key === undefined) return { state: "absent" };
      const used = (await files.read<Record<string, RawKeyLastUsed>>(LAST_USED))?.[accessKeyId];
      const lastUsed: Lookup<RawKeyLastUsed> =
        used === undefined
          ? { state: "unreadable", why: `${LAST_USED} does not name the key` }
          : { state: "found", value: used };
      return { state: "found", value: { status: key.Status === "Active" ? "Active" : "Inactive", lastUsed } };
    },
    async setAccessKeyStatus(userName, accessKeyId, status) {
      let changed: RawAccessKey | undefined;
      const outcome = await files.change<Keys>(KEYS, (keys) => {
        changed = keyIn(keys, userName, accessKeyId);
        if (changed === undefined) return false;
        Object.assign(changed, { Status: status });
        return true;
      });
      if (outcome.state === "done")
        await changeReport(userName, (row) => setKeyCells(row, changed, { active: String(status === "Active") }));
      return outcome;
    },
    async deleteAccessKey(userName, accessKeyId) {
      let gone: RawAccessKey | undefined;
      const outcome = await files.change<Keys>(KEYS, (keys) => {
        gone = keyIn(keys, userName, accessKeyId);
        keys[userName] = (keys[userName] ?? []).filter((key) => key.AccessKeyId !== accessKeyId);
        return gone !== undefined;
      });
      if (outcome.state !== "done") return outcome;
      await files.change<Record<string, RawKeyLastUsed>>(LAST_USED, (used) => delete used[accessKeyId]);
      await changeReport(userName, (row) =>
        setKeyCells(row, gone, {
          active: "false",
          last_rotated: "N/A",
          last_used_date: "N/A",
          last_used_region: "N/A",
          last_used_service: "N/A",
        }),
      );
      return outcome;
    },
    hasAttachedPolicy: (holder, arn) => look(holder, (entry) => (isAttached(entry, arn) ? null : undefined)),
    attachPolicy: (holder, arn) =>
      changeEntry(holder, (entry, details) => {
        if (isAttached(entry, arn)) return true;
        (entry.AttachedManagedPolicies ??= []).push({
          PolicyName: arn.slice(arn.lastIndexOf("/") + 1),
          PolicyArn: arn,
        });
        count(details, arn, 1);
        return true;
      }),
    detachPolicy: (holder, arn) =>
      changeEntry(holder, (entry, details) => {
        if (!isAttached(entry, arn)) return false;
        entry.AttachedManagedPolicies =
          entry.AttachedManagedPolicies?.filter((policy) => policy.PolicyArn !== arn) ?? [];
        count(details, arn, -1);
        return true;
      }),
    inlinePolicy: (holder, name) =>
      look<RawDocument>(
        holder,
        (entry) => entry[INLINE[holder.kind]]?.find((policy) => policy.PolicyName === name)?.PolicyDocument,
      ),
    putInlinePolicy: (holder, name, document) =>
      changeEntry(holder, (entry) => {
        const others = (entry[INLINE[holder.kind]] ?? []).filter((policy) => policy.PolicyName !== name);
        entry[INLINE[holder.kind]] = [...others, { PolicyName: name, PolicyDocument: parsedOrText(document) }];
        return true;
      }),
    deleteInlinePolicy: (holder, name) =>
      changeEntry(holder, (entry) => {
        const before = entry[INLINE[holder.kind]] ?? [];
        entry[INLINE[holder.kind]] = before.filter((policy) => policy.PolicyName !== name);
        return before.some((policy) => policy.PolicyName === name);
      }),
    isInGroup: (userName, groupName) =>
      look({ kind: "user", name: userName }, (entry) =>
        entry.GroupList?.includes(groupName) === true ? null : undefined,
      ),
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
      const profiles = await files.read<Profiles>(PROFILES);
      if (profiles === undefined) return { state: "unreadable", why: `${PROFILES} was not given` };
      const profile = profiles[userName];
      return profile === null || profile === undefined ? { state: "absent" } : { state: "found", value: profile };
    },
    async deleteLoginProfile(userName) {
      const outcome = await files.change<Profiles>(PROFILES, (profiles) => {
        if (profiles[userName] === null || profiles[userName] === undefined) return false;
        profiles[userName] = null;
        return true;
      });
      if (outcome.state === "done") await changeReport(userName, (row) => void (row["password_enabled"] = "false"));
      return outcome;
    },
    async restoreLoginProfile(userName, profile) {
      const outcome = await files.change<Profiles>(PROFILES, (profiles) => {
        profiles[userName] ??= profile;
        return true;
      });
      if (outcome.state === "done") await changeReport(userName, (row) => void (row["password_enabled"] = "true"));
      return outcome;
    },
  };
}

/** One key of one user, and no other. */
function keyIn(keys: Keys, userName: string, accessKeyId: string): RawAccessKey | undefined {
  return keys[userName]?.find((key) => key.AccessKeyId === accessKeyId);
}

const isAttached = (entry: DetailEntry, arn: string): boolean =>
  entry.AttachedManagedPolicies?.some((policy) => policy.PolicyArn === arn) === true;

function count(details: Details, arn: string, by: 1 | -1): void {
  const policy = details.Policies?.find((one) => one.Arn === arn);
  if (policy?.AttachmentCount !== undefined) policy.AttachmentCount += by;
}

function parsedOrText(document: string): RawDocument {
  try {
    return JSON.parse(document) as RawDocument;
  } catch {
    return document;
  }
}

/** The report knows keys by their place only: the one that was made at the same moment is the same key. */
function setKeyCells(
  row: Record<string, string>,
  key: RawAccessKey | undefined,
  cells: Readonly<Record<string, string>>,
): void {
  const created = key?.CreateDate === undefined ? undefined : toInstant(key.CreateDate);
  const place = ["1", "2"].find(
    (n) => created !== undefined && toInstant(row[`access_key_${n}_last_rotated`] ?? "") === created,
  );
  if (place === undefined) return;
  for (const [name, value] of Object.entries(cells)) row[`access_key_${place}_${name}`] = value;
}

/** Changes one user's row of the credential report, where there is a report. */
async function changeReportRow(
  file: string,
  user: string,
  change: (row: Record<string, string>) => void,
): Promise<void> {
  const text = await readTextFile(file).catch(() => undefined);
  if (text === undefined || text.trimStart().startsWith("{")) return;
  const { header, rows } = readCsv(text, file);
  const changed = rows.map(({ cells }) => {
    const row = Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ""]));
    if (row["user"] === user) change(row);
    return header.map((column) => row[column] ?? "");
  });
  await writeWhole(file, writeCsv(header, changed));
}
