import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aws } from "../../../connectors/aws/index.ts";
import { parseAwsSettings } from "../../../connectors/aws/settings.ts";
import { readAll } from "../../contracts/connector-contract.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import {
  inTenant,
  openRecorded,
  OTHER,
  recording,
  recordsOf,
  recordsOfFile,
  role,
  sweep,
  TENANT,
} from "./sample-recording.ts";

describe("what is recognised", () => {
  test.each([
    ["a file that starts like JSON", '\uFEFF \n{"UserDetailList": []}', true],
    ["a file of another kind", "person_id,name\n", false],
    ["an empty file", "", false],
  ])("%s", async (_name, content, expected) => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, content);
    expect(await aws.recognises(file)).toBe(expected);
  });

  test("a folder that holds answers of AWS, and no other", async () => {
    const folder = await temporaryFolder();
    expect(await aws.recognises(folder)).toBe(false);
    await mkdir(join(folder, "aws"));
    expect(await aws.recognises(folder)).toBe(true);
  });
});

describe("a single file of the sweep", () => {
  const two = {
    ...sweep,
    RoleDetailList: [
      ...sweep.RoleDetailList,
      role(
        "there",
        "AROATHERE",
        {
          AttachedManagedPolicies: [
            { PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
          ],
        },
        OTHER,
      ),
    ],
  };

  test("gives what the same file gives inside a recording", async () => {
    const alone = await recordsOfFile(sweep);
    const inside = await recordsOf({ [`aws/${TENANT}/account-authorization-details.json`]: sweep });
    expect({ ...alone, runs: [] }).toEqual({ ...inside, runs: [] });
  });

  test("of several tenants gives each its own, and each AWS's own policies", async () => {
    const records = await recordsOfFile(two);
    expect(records.tenants.map((one) => one.id)).toEqual([`aws:${TENANT}`, `aws:${OTHER}`]);
    expect(records.principals.find((one) => one.id === `aws:${OTHER}:AROATHERE`)).toMatchObject({
      tenantId: `aws:${OTHER}`,
    });
    expect(records.coverage.find((row) => row.tenantId === `aws:${OTHER}` && row.kind === "policy")).toMatchObject({
      state: "complete",
    });
  });

  test.each([
    ["holds nobody", { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }, "empty-sweep"],
    ["is empty", "", "file-empty"],
    ["is cut short", JSON.stringify(sweep).slice(0, 700), "json-cut"],
    ["is another command's output", { Users: [] }, "not-the-sweep"],
  ])("that %s is refused with a sentence", async (_name, content, code) => {
    await expect(recordsOfFile(content)).rejects.toMatchObject({ kind: "input-file", code, hint: expect.any(String) });
  });

  test("cannot be changed", async () => {
    const session = await openRecorded(join(await recording({ "details.json": sweep }), "details.json"), true);
    const part = { id: "x", kind: "user", nativeId: "x", locator: "x", displayName: "robin.example" };
    const target = {
      system: "aws",
      tenantId: `aws:${TENANT}`,
      tenantNativeId: TENANT,
      subjectKind: "grant" as const,
      subjectId: "x",
      principal: part,
      entitlement: { ...part, displayName: "builders" },
      resource: null,
      credential: null,
    };
    expect(await session.operation("aws/remove-from-group")?.revoke(target, {})).toMatchObject({ state: "refused" });
  });
});

describe("a recording", () => {
  test("stands for the moment it was made, without recording.json for none", async () => {
    expect(
      (
        await openRecorded(
          await recording({ ...inTenant(), "recording.json": { format: 1, recordedAt: "2026-10-01" } }),
        )
      ).recordedAt,
    ).toBe("2026-10-01T00:00:00Z");
    expect((await openRecorded(await recording(inTenant()))).recordedAt).toBeNull();
  });

  test("without a folder of a tenant is refused with a sentence", async () => {
    await expect(openRecorded(await recording({ "aws/acme/access-keys.json": {} }))).rejects.toMatchObject({
      kind: "input-file",
      code: "no-tenant",
    });
  });

  test("costs no call and acts as nobody", async () => {
    const session = await openRecorded(await recording(inTenant()));
    expect(await session.forecast()).toMatchObject({ calls: 0 });
    expect(await session.self()).toEqual([]);
    const { runs } = await readAll(session);
    expect(runs.length).toBe(session.steps.length);
    expect(runs.every((run) => run.mode === "recorded" && run.calls === 0)).toBe(true);
  });

  test("reads the sweeps of all tenants before anything else: other answers name what is in them", async () => {
    const { steps } = await openRecorded(await recording({ ...inTenant(), ...inTenant({}, OTHER) }));
    expect(steps.slice(0, 3).map((step) => step.key)).toEqual([
      `aws/${TENANT}/account-authorization-details`,
      `aws/${OTHER}/account-authorization-details`,
      `aws/${TENANT}/access-keys`,
    ]);
  });
});

describe("the manifest", () => {
  test("names every step and operation once, and what each needs", () => {
    const steps = aws.manifest.steps.map((step) => step.id);
    expect(new Set(steps).size).toBe(steps.length);
    const operations = aws.manifest.operations.map((operation) => operation.id);
    expect(new Set(operations).size).toBe(operations.length);
    for (const { permissions } of aws.manifest.operations) expect(permissions.length).toBeGreaterThan(1);
    const permissions = [...aws.manifest.steps, ...aws.manifest.operations].flatMap((one) => one.permissions);
    expect(permissions.filter((permission) => !/^[a-z0-9]+:[A-Z][A-Za-z]+$/.test(permission))).toEqual([]);
  });

  test("reads with permissions that cannot change anything", () => {
    const reading = aws.manifest.steps.flatMap((step) => step.permissions);
    expect(
      reading.filter(
        (permission) =>
          !/:(?:BatchGet|Get|List|Describe|Generate(?:CredentialReport|ServiceLastAccessedDetails)$)/.test(permission),
      ),
    ).toEqual([]);
  });
});

describe("the settings", () => {
  test("may be left out altogether", () => {
    expect(parseAwsSettings(null)).toMatchObject({ tenants: [{}], organization: false, identityCenter: false });
    expect(parseAwsSettings({})).toEqual(parseAwsSettings(undefined));
  });

  test.each([
    ["an unknown word", { tenantz: [] }, "tenantz"],
    ["a tenant that is not 12 digits", { tenants: [{ tenant: "123" }] }, "connectors.aws.tenants[0].tenant"],
    ["a role that is none", { tenants: [{ roleArn: "admin" }] }, "connectors.aws.tenants[0].roleArn"],
    ["an external id itself instead of the name of its secret", { tenants: [{ externalId: "x" }] }, "externalId"],
    ["no tenant at all", { tenants: [] }, "connectors.aws.tenants"],
    ["too many calls at once", { concurrency: 1000 }, "connectors.aws.concurrency"],
  ])("%s is refused with its place", (_name, settings, place) => {
    expect(() => parseAwsSettings(settings)).toThrow(
      expect.objectContaining({ kind: "settings", message: expect.stringContaining(place) }),
    );
  });
});
