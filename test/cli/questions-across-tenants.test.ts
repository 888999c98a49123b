/** The organization limits a resource by the tenant it lies in, whoever asks from another one. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { whoCanForm } from "../../src/model/forms/questions.ts";
import { whyDeniedForm } from "../../src/model/forms/why-denied.ts";
import { HandClock } from "../app/fake-provider.ts";
import { allow, arn, document, OTHER, TENANT, writeRecording } from "../graph/escalation/small-world.ts";
import { runCli, testWorld } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const QUEUE = `arn:aws:sqs:eu-west-1:${OTHER}:orders`;
const PLAIN = { scps: [], accessBlocks: { account: null } } as const;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  const users = { ana: { may: [allow("sqs:*")] }, ben: { may: [allow("sqs:*")] } };
  const letsIn = { Effect: "Allow", Principal: { AWS: TENANT }, Action: "sqs:*", Resource: QUEUE };
  await writeRecording(folder, {
    [TENANT]: { ...PLAIN, users, resourcePolicies: {} },
    [OTHER]: { ...PLAIN, resourcePolicies: { [QUEUE]: document(letsIn) } },
  });
  const full = { id: "p-full", name: "FullAWSAccess", document: document(allow("*")) };
  const onlyAna = document({
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: "*",
    Condition: { ArnNotEquals: { "aws:PrincipalArn": arn("user/ana") } },
  });
  const target = (id: string, rcps: readonly object[]) => ({
    id,
    parentId: "r-1",
    kind: "tenant",
    tenant: id,
    scps: [full],
    rcps,
  });
  const targets = [
    { id: "r-1", parentId: null, kind: "root", scps: [full], rcps: [] },
    target(TENANT, []),
    target(OTHER, [{ id: "p-ana", name: "only-ana", document: onlyAna }]),
  ];
  for (const tenant of [TENANT, OTHER])
    await writeFile(
      join(folder, "aws", tenant, "organization.json"),
      JSON.stringify({ managementTenant: "999988887777", targets }),
    );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a resource control policy of the resource's tenant tells apart who has the same policies", async () => {
  const { out } = await runCli(["who-can", "sqs:SendMessage", QUEUE, "--all", "--json", "--from", folder], world);
  const answers = whoCanForm.parse(JSON.parse(out)).principals.map(({ principal, answer }) => [principal, answer]);
  expect(answers).toContainEqual([arn("user/ana"), "yes"]);
  expect(answers).toContainEqual([arn("user/ben"), "no"]);
});

test("the refusal by a resource control policy of the resource's tenant is found", async () => {
  const file = join(folder, "refusal.txt");
  const said = `User: ${arn("user/ben")} is not authorized to perform: sqs:SendMessage on resource: ${QUEUE}`;
  await writeFile(file, `An error occurred (AccessDenied) when calling the SendMessage operation: ${said}`);
  const { out } = await runCli(["why-denied", file, "--json", "--from", folder], world);
  const [answer] = whyDeniedForm.parse(JSON.parse(out)).answers;
  expect(answer?.deniedBy).toMatchObject({ layer: "rcp", explicit: true, certainty: "computed" });
});
