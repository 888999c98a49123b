import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readDetailsFile } from "../../../connectors/aws/details-file.ts";
import { recording, role, sweep, TENANT, user } from "./sample-recording.ts";

async function read(content: unknown, tenant?: string) {
  const seen: [string, string][] = [];
  const file = join(await recording({ "details.json": content }), "details.json");
  const answer = await readDetailsFile(file, ({ section }, owner) => seen.push([section, owner]), tenant);
  return { answer, seen };
}

const only = (users: readonly unknown[]) => ({ ...sweep, UserDetailList: users });

describe("the file of the sweep", () => {
  test("every entry comes with the tenant of its ARN", async () => {
    const { answer, seen } = await read({
      ...sweep,
      RoleDetailList: [...sweep.RoleDetailList, role("there", "AROATHERE", {}, "444455556666")],
    });
    expect(answer).toEqual({ state: "complete", value: null });
    expect(seen.filter(([section]) => section === "RoleDetailList")).toEqual([
      ["RoleDetailList", TENANT],
      ["RoleDetailList", "444455556666"],
    ]);
    expect(seen.filter(([section]) => section === "Policies").map(([, owner]) => owner)).toEqual([TENANT, "aws"]);
  });

  test.each([
    [
      "a page that says there are more",
      { ...sweep, IsTruncated: true, Marker: "more" },
      "the file holds the first pages only",
    ],
    ["what `--max-items` cut off", { ...sweep, NextToken: "more" }, "the file holds the first pages only"],
    [
      "what a filter left out",
      { UserDetailList: sweep.UserDetailList, GroupDetailList: [], Policies: [] },
      "the file holds no RoleDetailList: a filter left them out",
    ],
  ])("%s is partial", async (_name, content, reason) => {
    expect((await read(content)).answer).toEqual({ state: "partial", value: null, reason });
  });

  test("all pages, one after the other, are complete when the last one says so", async () => {
    const pages = [
      {
        UserDetailList: sweep.UserDetailList,
        GroupDetailList: [],
        RoleDetailList: [],
        Policies: [],
        IsTruncated: true,
        Marker: "2",
      },
      {
        UserDetailList: [],
        GroupDetailList: sweep.GroupDetailList,
        RoleDetailList: sweep.RoleDetailList,
        Policies: sweep.Policies,
        IsTruncated: false,
      },
    ];
    const { answer, seen } = await read(pages.map((page) => JSON.stringify(page)).join("\n"));
    expect(answer.state).toBe("complete");
    expect(seen.length).toBe(6);
  });

  test.each([
    ["aws iam list-users", { Users: [{ UserName: "robin.example" }] }],
    ["aws iam list-roles", { Roles: [] }],
    ["aws iam list-policies", { Policies: [{ Arn: `arn:aws:iam::${TENANT}:policy/x` }], IsTruncated: false }],
    ["aws iam list-access-keys", { AccessKeyMetadata: [] }],
    ["aws iam get-account-summary", { SummaryMap: { Users: 2 } }],
    ["aws iam get-credential-report", { Content: "dXNlcg==", ReportFormat: "text/csv" }],
    ["aws sts get-caller-identity", { UserId: "x", Account: TENANT, Arn: "arn:aws:iam::1:user/x" }],
    ["a policy document", { Version: "2012-10-17", Statement: [] }],
    ["something else", { hello: "world" }],
    ["something else", {}],
  ])("%s is called by its name", async (name, content) => {
    await expect(read(content)).rejects.toMatchObject({
      kind: "input-file",
      code: "not-the-sweep",
      message: expect.stringContaining(name),
      hint: expect.stringContaining("aws iam get-account-authorization-details"),
    });
  });

  test.each([
    ["[]", "an empty list", 1],
    ['["x"]', "text", 2],
    ["[[]]", "a list in a list", 2],
    ["7", "a number", 1],
    ["user,arn", "not one", 1],
  ])("%s is not called empty: what was expected is said, and what is there", async (content, found, column) => {
    await expect(read(content)).rejects.toMatchObject({
      kind: "input-file",
      code: "json-shape",
      message: `a JSON object was expected, this is ${found}`,
      place: { line: 1, column },
    });
  });

  test.each([
    [
      "the same entry twice",
      only([user("robin.example", "AIDAROBIN"), user("robin.example", "AIDAROBIN")]),
      "duplicate",
      "/UserDetailList/1",
    ],
    [
      "two users with one id",
      only([user("robin.example", "AIDAROBIN"), user("sam.example", "AIDAROBIN")]),
      "duplicate",
      "/UserDetailList/1",
    ],
    ["an entry without ARN", only([{ UserName: "robin.example" }]), "no-arn", "/UserDetailList/0"],
    [
      "an ARN of another service",
      only([user("robin.example", "AIDAROBIN", { Arn: "arn:aws:s3:::reports" })]),
      "no-arn",
      "/UserDetailList/0",
    ],
    [
      "an entry that is no object",
      only([user("robin.example", "AIDAROBIN"), "sam.example"]),
      "json-shape",
      "/UserDetailList/1",
    ],
    [
      "a name that is no text",
      only([user("robin.example", "AIDAROBIN", { UserName: 7 })]),
      "json-shape",
      "/UserDetailList/0",
    ],
    [
      "policies that are no list",
      only([user("robin.example", "AIDAROBIN", { UserPolicyList: {} })]),
      "json-shape",
      "/UserDetailList/0",
    ],
    [
      "groups that are no names",
      only([user("robin.example", "AIDAROBIN", { GroupList: [{}] })]),
      "json-shape",
      "/UserDetailList/0",
    ],
    [
      "a boundary that is no object",
      only([user("robin.example", "AIDAROBIN", { PermissionsBoundary: "x" })]),
      "json-shape",
      "/UserDetailList/0",
    ],
  ])("%s is named with line and JSON pointer", async (_name, content, code, pointer) => {
    await expect(read(content)).rejects.toMatchObject({
      kind: "input-file",
      code,
      place: { pointer, line: expect.any(Number) },
      hint: expect.any(String),
    });
  });

  test("an entry of another tenant than its folder's is a mistake", async () => {
    await expect(read(sweep, "999988887777")).rejects.toMatchObject({
      code: "other-tenant",
      message: expect.stringContaining("999988887777"),
    });
  });

  test("members that are null are members that are not there", async () => {
    const { answer } = await read(
      only([user("robin.example", "AIDAROBIN", { UserPolicyList: null, PermissionsBoundary: null })]),
    );
    expect(answer.state).toBe("complete");
  });

  test("a compressed file is not mistaken for a broken sweep", async () => {
    await expect(read(gzipSync(JSON.stringify(sweep)))).rejects.toMatchObject({ code: "json-shape" });
  });
});
