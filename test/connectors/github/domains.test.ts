import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { collect, coverageOf, environmentWith, openFake, SAMPLE } from "./open-fake.ts";

const domain = (name: string, isVerified: boolean, isApproved = false): object => ({
  domain: name,
  isVerified,
  isApproved,
});

/** What a recording becomes in which GitHub gave these domains. */
async function recordedWith(nodes: readonly (object | null)[], totalCount = nodes.length) {
  const folder = await temporaryFolder();
  await cp(SAMPLE, folder, { recursive: true });
  const answer = { organization: { domains: { totalCount, nodes } } };
  const content = { requests: [{ route: "POST /graphql", parameters: {}, answer }] };
  await writeFile(join(folder, "github/acme-sample/domains.json"), JSON.stringify(content));
  const session = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
  return collect(session, "domains");
}

describe("domains of the organization", () => {
  test("are the verified and the approved ones, whatever their case", async () => {
    const records = await recordedWith([
      domain("Sample.example", true),
      domain("labs.example", false, true),
      domain("rumour.example", false),
      domain("acme.example", true, true),
    ]);
    expect(records.tenants[0]?.attributes).toMatchObject({
      verifiedDomains: "acme.example, sample.example",
      approvedDomains: "acme.example, labs.example",
    });
    expect(coverageOf(records, "verified-domain")).toMatchObject({ state: "complete", items: 4 });
  });

  test.each([
    ["a domain that is not shown", [domain("sample.example", true), null], 2],
    ["a list that is cut", [domain("sample.example", true)], 2],
  ] as const)("%s makes all of them unknown", async (_name, nodes, total) => {
    const records = await recordedWith(nodes, total);
    expect(records.tenants[0]?.attributes).toMatchObject({ verifiedDomains: null, approvedDomains: null });
    expect(coverageOf(records, "verified-domain")).toMatchObject({ state: "partial" });
  });

  test("that GitHub does not show to the token are denied, not none", async () => {
    const { session } = await openFake({ notOwner: true });
    const records = await collect(session, "domains");
    expect(coverageOf(records, "verified-domain")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("owners only"),
      items: 0,
    });
    expect(records.tenants[0]?.attributes["verifiedDomains"]).toBeUndefined();
  });
});
