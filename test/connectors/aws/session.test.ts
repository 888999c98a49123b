import { describe, expect, test } from "vitest";
import type { Answer, AwsClient, SweepContext } from "../../../connectors/aws/client.ts";
import { DetailsConverter } from "../../../connectors/aws/convert/account-authorization-details.ts";
import { singleFileClient } from "../../../connectors/aws/recorded.ts";
import { openSession, type SessionTenant } from "../../../connectors/aws/session.ts";
import { TenantContext } from "../../../connectors/aws/tenant-context.ts";
import { readAll } from "../../contracts/connector-contract.ts";
import { environment, OTHER, sweep, TENANT } from "./sample-recording.ts";

/** AWS as a script, with what each step was asked for. */
function tenant(
  digits: string,
  details: Answer<null>,
  answers: Readonly<Record<string, Answer<unknown>>>,
  left: Readonly<Record<string, string>> = {},
) {
  const asked = new Map<string, SweepContext>();
  const context = new TenantContext(digits, "2026-11-25T00:00:00Z");
  const client: AwsClient = {
    ...singleFileClient(digits),
    details(sink) {
      if (details.state === "complete" || details.state === "partial") {
        for (const entry of sweep.UserDetailList) sink({ section: "UserDetailList", entry });
        for (const entry of sweep.GroupDetailList) sink({ section: "GroupDetailList", entry });
      }
      return Promise.resolve(details);
    },
    read(step, about) {
      asked.set(step, about);
      return Promise.resolve(
        (answers[step] ?? { state: "complete", value: step === "web-identity-sessions" ? [] : {} }) as Answer<never>,
      );
    },
  };
  const part: SessionTenant = {
    client,
    context,
    converter: new DetailsConverter(context),
    swept: null,
    readFile: null,
    leftOut: (step) => left[step],
  };
  return { part, asked };
}

function live(...tenants: readonly SessionTenant[]) {
  return openSession({
    mode: "live",
    tenants,
    recordedAt: null,
    environment,
    forecast: () => Promise.resolve({ calls: 0, seconds: 0, basis: "" }),
    self: () => Promise.resolve([]),
    check: () => Promise.resolve([]),
    close: () => Promise.resolve(),
    calls: () => 0,
  });
}

const COMPLETE: Answer<null> = { state: "complete", value: null };
const REPORT: Answer<unknown> = { state: "complete", value: [] };
const LISTS = {
  "credential-report": REPORT,
  "server-certificates": { state: "complete", value: [] },
  "account-summary": { state: "complete", value: {} },
  resources: REPORT,
  "resource-policies": REPORT,
} as const;

describe("a live session", () => {
  test("asks for the users, roles and keys that the sweep and the keys named", async () => {
    const { part, asked } = tenant(TENANT, COMPLETE, {
      ...LISTS,
      "access-keys": { state: "complete", value: { "robin.example": [{ AccessKeyId: "AKIAX" }] } },
    });
    await readAll(live(part));
    expect(asked.get("mfa-devices")?.userNames).toEqual(["robin.example", "sam.example"]);
    expect(asked.get("access-key-last-used")?.accessKeyIds).toEqual(["AKIAX"]);
    expect(asked.get("service-last-accessed")?.principalArns).toEqual([
      `arn:aws:iam::${TENANT}:user/robin.example`,
      `arn:aws:iam::${TENANT}:user/sam.example`,
    ]);
  });

  test("whose sweep is refused asks nobody's keys: nothing found would look like nothing there", async () => {
    const { part, asked } = tenant(TENANT, { state: "denied", reason: "AccessDenied" }, LISTS);
    const { coverage, principals } = await readAll(live(part));
    expect([...asked.keys()]).not.toContain("access-keys");
    expect(asked.has("password-policy")).toBe(true);
    const rows = coverage.map(({ kind, state, reason }) => `${kind}: ${state} (${reason})`);
    expect(rows).toContain("principal: denied (AccessDenied)");
    expect(rows).toContain("access-key: skipped (the users and roles are not known: AccessDenied)");
    expect(principals.filter((one) => one.kind === "user")).toEqual([]);
  });

  test("whose sweep was cut short is partial in what hangs on it", async () => {
    const { part } = tenant(TENANT, { state: "partial", value: null, reason: "500 after page 3" }, LISTS);
    const { coverage } = await readAll(live(part));
    expect(coverage.find((row) => row.kind === "access-key")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("500 after page 3"),
    });
    expect(coverage.find((row) => row.kind === "password-policy")).toMatchObject({ state: "complete" });
  });

  test("says why a step is left out, and does not ask for it", async () => {
    const { part, asked } = tenant(TENANT, COMPLETE, LISTS, { "service-last-accessed": "switched off" });
    const { coverage } = await readAll(live(part));
    expect(asked.has("service-last-accessed")).toBe(false);
    expect(coverage.find((row) => row.kind === "service-last-accessed")).toMatchObject({
      state: "skipped",
      reason: "switched off",
    });
  });

  test("takes one tenant's refusal for what it is while the others go on", async () => {
    const refused = tenant(TENANT, { state: "denied", reason: "AssumeRole was refused" }, LISTS);
    const fine = tenant(OTHER, COMPLETE, LISTS);
    const { coverage } = await readAll(live(refused.part, fine.part));
    expect(coverage.filter((row) => row.kind === "principal").map(({ tenantId, state }) => [tenantId, state])).toEqual([
      [`aws:${TENANT}`, "denied"],
      [`aws:${OTHER}`, "complete"],
    ]);
  });

  test("does not offer operations that are only rehearsed", () => {
    const session = live(tenant(TENANT, COMPLETE, LISTS).part);
    expect(session.operation("aws/deactivate-access-key")).toBeDefined();
    expect(session.operation("aws/delete-access-key")).toBeUndefined();
    expect(session.operation("aws/delete-login-profile")).toBeUndefined();
  });
});
