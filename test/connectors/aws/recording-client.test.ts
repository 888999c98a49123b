import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RecordingWriter } from "../../../connectors/shared/recording.ts";
import type { Answer, AwsClient, SweepContext } from "../../../connectors/aws/client.ts";
import type { RawDetail } from "../../../connectors/aws/raw.ts";
import { singleFileClient } from "../../../connectors/aws/recorded.ts";
import { recordingClient } from "../../../connectors/aws/recording-client.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { readAll } from "../../contracts/connector-contract.ts";
import { allow, openRecorded, sweep, TENANT } from "./sample-recording.ts";

const CONTEXT: SweepContext = { userNames: [], principalArns: [], accessKeyIds: [] };

/** AWS as a script: answers by step, and which steps it was asked for. */
function scripted(answers: Readonly<Record<string, Answer<unknown>>>, entries: readonly RawDetail[] = []) {
  const asked: string[] = [];
  const client: AwsClient = {
    ...singleFileClient(TENANT),
    details(sink) {
      asked.push("sweep");
      for (const entry of entries) sink(entry);
      return Promise.resolve((answers["sweep"] ?? { state: "complete", value: null }) as Answer<null>);
    },
    read(step) {
      asked.push(step);
      return Promise.resolve((answers[step] ?? { state: "denied", reason: "AccessDenied" }) as Answer<never>);
    },
  };
  return { client, asked };
}

/** The sweep as the API answers it: pages mix the lists, documents are percent-encoded, dates are dates. */
const entries: readonly RawDetail[] = [
  {
    section: "RoleDetailList",
    entry: {
      ...sweep.RoleDetailList[0],
      AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(allow("sts:AssumeRole"))),
    },
  },
  {
    section: "UserDetailList",
    entry: { ...sweep.UserDetailList[0], CreateDate: new Date("2024-01-10T08:00:00Z") } as RawDetail["entry"],
  },
  { section: "Policies", entry: sweep.Policies[0] ?? {} },
  { section: "UserDetailList", entry: sweep.UserDetailList[1] ?? {} },
] as readonly RawDetail[];

async function readOnce(client: AwsClient) {
  const seen: unknown[] = [];
  const answer = await client.details((detail) => seen.push(detail));
  const keys = await client.read("access-keys", CONTEXT);
  const report = await client.read("credential-report", CONTEXT);
  return { answer, seen, keys, report };
}

describe("what AWS answers is kept", () => {
  const keys: Answer<unknown> = {
    state: "complete",
    value: {
      "robin.example": [
        {
          AccessKeyId: "AKIAX",
          Status: "Active",
          CreateDate: new Date("2024-01-10T08:00:00Z"),
          SecretAccessKey: "canary-secret",
        },
      ],
    },
  };
  const report: Answer<unknown> = {
    state: "complete",
    value: [{ user: "<root_account>", arn: "x", mfa_active: "true" }],
  };

  test("as AWS itself prints it, readable as a recording, without secrets", async () => {
    const folder = await temporaryFolder();
    const { client } = scripted({ "access-keys": keys, "credential-report": report }, entries);
    await readOnce(recordingClient(client, await RecordingWriter.open(folder, "2026-11-25T00:00:00Z")));
    const written = JSON.parse(
      await readFile(join(folder, "aws", TENANT, "account-authorization-details.json"), "utf8"),
    ) as Record<string, { CreateDate: string; AssumeRolePolicyDocument: unknown }[]>;
    expect(Object.entries(written).map(([list, all]) => [list, all.length])).toEqual([
      ["UserDetailList", 2],
      ["GroupDetailList", 0],
      ["RoleDetailList", 1],
      ["Policies", 1],
    ]);
    expect(written["UserDetailList"]?.[0]?.CreateDate).toBe("2024-01-10T08:00:00.000Z");
    expect(written["RoleDetailList"]?.[0]?.AssumeRolePolicyDocument).toEqual(allow("sts:AssumeRole"));
    const names = (await readdir(folder, { recursive: true })).sort();
    expect(names).toEqual([
      "aws",
      `aws/${TENANT}`,
      `aws/${TENANT}/access-keys.json`,
      `aws/${TENANT}/account-authorization-details.json`,
      `aws/${TENANT}/credential-report.csv`,
      "recording.json",
    ]);
    const everything = (
      await Promise.all(names.filter((name) => name.includes(".")).map((name) => readFile(join(folder, name), "utf8")))
    ).join("\n");
    expect(everything).not.toContain("canary-secret");
    const records = await readAll(await openRecorded(folder));
    expect(records.credentials.map((one) => one.id)).toEqual([`aws:${TENANT}:AKIAX`]);
    expect(records.principals.find((one) => one.kind === "root")?.secondFactor).toEqual({ known: true, value: true });
  });

  test("and is not asked for again: an interrupted run goes on where it was", async () => {
    const folder = await temporaryFolder();
    const first = scripted({ "access-keys": keys }, entries);
    const before = await readOnce(
      recordingClient(first.client, await RecordingWriter.open(folder, "2026-11-25T00:00:00Z")),
    );
    expect(first.asked).toEqual(["sweep", "access-keys", "credential-report"]);
    const second = scripted({ "access-keys": keys, "credential-report": report }, entries);
    const after = await readOnce(
      recordingClient(second.client, await RecordingWriter.open(folder, "2026-11-25T12:00:00Z")),
    );
    // What was refused is asked again, what was complete is not.
    expect(second.asked).toEqual(["credential-report"]);
    expect(after.seen.length).toBe(before.seen.length);
    expect(after.report.state).toBe("complete");
  });

  test("with its refusals: what was denied is denied when read again", async () => {
    const folder = await temporaryFolder();
    const { client } = scripted({
      sweep: { state: "denied", reason: "AccessDenied: iam:GetAccountAuthorizationDetails" },
    });
    await readOnce(recordingClient(client, await RecordingWriter.open(folder, "2026-11-25T00:00:00Z")));
    await expect(readFile(join(folder, "aws", TENANT, "account-authorization-details.json"))).rejects.toThrow("ENOENT");
    const { steps } = JSON.parse(await readFile(join(folder, "recording.json"), "utf8")) as {
      steps: Record<string, unknown>;
    };
    expect(steps).toEqual({
      [`aws/${TENANT}/account-authorization-details`]: {
        state: "denied",
        reason: "AccessDenied: iam:GetAccountAuthorizationDetails",
      },
      [`aws/${TENANT}/access-keys`]: { state: "denied", reason: "AccessDenied" },
      [`aws/${TENANT}/credential-report`]: { state: "denied", reason: "AccessDenied" },
    });
  });

  test("whole or not at all: a sweep that breaks off leaves no file and no state", async () => {
    const folder = await temporaryFolder();
    const { client } = scripted({}, entries);
    const broken: AwsClient = {
      ...client,
      details: (sink) => (sink(entries[0] as RawDetail), Promise.reject(new Error("the line went dead"))),
    };
    await expect(
      recordingClient(broken, await RecordingWriter.open(folder, "2026-11-25T00:00:00Z")).details(() => undefined),
    ).rejects.toThrow("the line went dead");
    expect((await readdir(folder, { recursive: true })).filter((name) => name.includes("."))).toEqual([]);
  });

  test("and asked for again when somebody deleted its file", async () => {
    const folder = await temporaryFolder();
    const writer = await RecordingWriter.open(folder, "2026-11-25T00:00:00Z");
    await writer.write(`aws/${TENANT}/access-keys`, "x", null, { state: "complete" });
    const { client, asked } = scripted({ "access-keys": keys });
    expect((await recordingClient(client, writer).read("access-keys", CONTEXT)).state).toBe("complete");
    expect(asked).toEqual(["access-keys"]);
  });
});
