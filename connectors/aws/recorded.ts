import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { AuditError } from "../../src/model/audit-error.ts";
import type { JsonValue } from "../../src/model/json.ts";
import { readCsv } from "../../src/text/csv.ts";
import { readJsonFile } from "../shared/read-json-file.ts";
import type { StepState } from "../shared/recording.ts";
import { streamLists } from "../shared/stream-details.ts";
import type { Answer, AwsClient } from "./client.ts";
import { DETAIL_SECTIONS, type RawDetail, type RawStep, type RawSteps } from "./raw.ts";
import { workingCopyChanges } from "./working-copy.ts";

/** The envelope of the call that a file may still carry: taken off. */
const ENVELOPES: Partial<Record<RawStep, readonly string[]>> = {
  "access-keys": ["AccessKeyMetadata"],
  "access-key-last-used": ["AccessKeyLastUsed"],
  "login-profiles": ["LoginProfile"],
  "mfa-devices": ["MFADevices"],
  "ssh-public-keys": ["SSHPublicKeys"],
  "service-specific-credentials": ["ServiceSpecificCredentials"],
  "signing-certificates": ["Certificates"],
};
const WHOLE_ENVELOPES: Partial<Record<RawStep, string>> = {
  "server-certificates": "ServerCertificateMetadataList",
  "account-summary": "SummaryMap",
  "password-policy": "PasswordPolicy",
};

/** What other AWS commands print, so that a wrong file is called by its name. */
const OTHER_COMMANDS: Readonly<Record<string, string>> = {
  Users: "aws iam list-users",
  Roles: "aws iam list-roles",
  Groups: "aws iam list-groups",
  AccessKeyMetadata: "aws iam list-access-keys",
  SummaryMap: "aws iam get-account-summary",
  PasswordPolicy: "aws iam get-account-password-policy",
  User: "aws iam get-user",
  Role: "aws iam get-role",
  PolicyVersion: "aws iam get-policy-version",
  Content: "aws iam get-credential-report",
  Accounts: "aws organizations list-accounts",
};

/** Reads the sweep from a file, entry by entry. Throws `input-file` with what was expected when it is something else. */
export async function readDetailsFile(file: string, sink: (detail: RawDetail) => void): Promise<Answer<null>> {
  const document = await streamLists(file, DETAIL_SECTIONS, (section, entry) => sink({ section, entry } as RawDetail));
  const { members, scalars } = document;
  if (!members.some((member) => (DETAIL_SECTIONS as readonly string[]).includes(member))) {
    const other = members.map((member) => (member === "Policies" ? undefined : OTHER_COMMANDS[member])).find((command) => command !== undefined);
    throw new AuditError("input-file", "not-the-sweep", other === undefined ? "this is not what `aws iam get-account-authorization-details` prints" : `this is what \`${other}\` prints`, {
      place: { file, pointer: "" },
      hint: "make it with `aws iam get-account-authorization-details > details.json`",
    });
  }
  // `aws iam list-policies` prints a `Policies` list too, but nothing else of the sweep.
  if (!members.includes("UserDetailList") && !members.includes("RoleDetailList")) {
    throw new AuditError("input-file", "not-the-sweep", "this holds policies but no users and roles: is it what `aws iam list-policies` prints?", {
      place: { file, pointer: "" },
      hint: "make it with `aws iam get-account-authorization-details > details.json`",
    });
  }
  if (scalars["IsTruncated"] === true && scalars["Marker"] !== undefined && scalars["Marker"] !== null) {
    return { state: "partial", value: null, reason: "the file holds the first pages only (IsTruncated is true)" };
  }
  const absent = DETAIL_SECTIONS.filter((section) => !members.includes(section));
  return absent.length === 0 ? { state: "complete", value: null } : { state: "partial", value: null, reason: `the file holds no ${absent.join(", ")}: a filter left them out` };
}

/** Which steps of a recording the manifest says what about. */
type StateOf = (step: string) => StepState | undefined;

/** The promise to one tenant, kept by the files of a folder. Changes are written to the same files: only ever to a working copy. */
export function recordedClient(tenant: string, folder: string, stateOf: StateOf, changeable: boolean): AwsClient {
  return {
    tenant,
    details: (sink) => (stateOf("account-authorization-details")?.state === "denied" ? Promise.resolve(refused(stateOf("account-authorization-details"))) : readIfThere(join(folder, "account-authorization-details.json"), (file) => readDetailsFile(file, sink))),
    async read(step) {
      const state = stateOf(step);
      if (state?.state === "denied" || state?.state === "skipped") return refused(state);
      const answer = await readStep(step, folder);
      return state?.state === "partial" && answer.state === "complete" ? { ...answer, state: "partial", reason: state.reason ?? "the recording says so" } : answer;
    },
    ...workingCopyChanges(folder, changeable),
  };
}

/** A single file of the sweep: there is nothing else to read. */
export function singleFileClient(tenant: string, entries: readonly RawDetail[], sweep: Answer<null>): AwsClient {
  return {
    tenant,
    details(sink) {
      for (const entry of entries) sink(entry);
      return Promise.resolve(sweep);
    },
    read: (step) => Promise.resolve({ state: "skipped", reason: `only the sweep was given, no ${fileOf(step)}` }),
    ...workingCopyChanges("", false),
  };
}

const refused = (state: StepState | undefined): { state: "denied" | "skipped"; reason: string } => ({
  state: state?.state === "denied" ? "denied" : "skipped",
  reason: state?.reason ?? "the recording says so",
});

const fileOf = (step: RawStep): string => (step === "credential-report" ? "credential-report.csv" : `${step}.json`);

async function readStep<S extends RawStep>(step: S, folder: string): Promise<Answer<RawSteps[S]>> {
  return readIfThere(join(folder, fileOf(step)), async (file) => {
    const value = step === "credential-report" ? await readReport(file) : unwrapped(step, await readJsonFile(file), file);
    return { state: "complete", value: value as RawSteps[S] };
  });
}

/** A missing file is `skipped`, never an empty answer. */
async function readIfThere<T>(file: string, read: (file: string) => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await read(file);
  } catch (error) {
    if (error instanceof AuditError && error.code === "file-open" && (error.cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT") {
      return { state: "skipped", reason: `${basename(file)} was not given` };
    }
    throw error;
  }
}

async function readReport(file: string): Promise<Record<string, string>[]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new AuditError("input-file", "file-open", "the file cannot be read", { place: { file }, cause: error });
  });
  // The command line prints the report base64-encoded inside JSON; somebody may have saved that.
  const text = bytes.toString("utf8").trimStart();
  const content = text.startsWith("{") ? (JSON.parse(text) as { Content?: string }).Content : undefined;
  const table = readCsv(content === undefined ? bytes : Buffer.from(content, "base64"), file);
  if (!table.header.includes("user") || !table.header.includes("arn")) {
    throw new AuditError("input-file", "not-the-report", "this is not a credential report: the columns `user` and `arn` are missing", {
      place: { file, line: 1 },
      hint: "make it with `aws iam get-credential-report --query Content --output text | base64 -d > credential-report.csv`",
    });
  }
  return table.rows.map(({ cells }) => Object.fromEntries(table.header.map((column, i) => [column, cells[i] ?? ""])));
}

function unwrapped(step: RawStep, value: JsonValue, file: string): unknown {
  const whole = WHOLE_ENVELOPES[step];
  if (whole !== undefined && isRecord(value) && whole in value) return value[whole];
  if (step === "server-certificates") return value;
  if (step === "password-policy" && value === null) return null;
  if (!isRecord(value)) {
    throw new AuditError("input-file", "json-shape", "an object was expected here", { place: { file, pointer: "" }, hint: "connectors/aws/README.md shows what the file holds" });
  }
  const envelopes = ENVELOPES[step];
  if (envelopes === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => {
      const envelope = envelopes.find((field) => isRecord(entry) && field in entry);
      return [name, envelope === undefined || !isRecord(entry) ? entry : entry[envelope]];
    }),
  );
}

const isRecord = (value: unknown): value is Record<string, JsonValue> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Folder of a tenant's answers inside a recording. */
export function tenantFolder(recording: string, tenant: string): string {
  return join(recording, "aws", tenant);
}

