import { beforeAll, describe, expect, test } from "vitest";
import { accessDocument } from "../../src/app/effective-access.ts";
import { Can } from "../../src/app/can.ts";
import { pathsDocument } from "../../src/app/paths.ts";
import type { Questioned } from "../../src/app/questions.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { bridgeWorld, organization, subjects } from "../graph/bridge/bridge-world.ts";
import { TENANT } from "../graph/escalation/small-world.ts";
import { T } from "../graph/github/organization-of.ts";

let questioned: Questioned;
beforeAll(async () => {
  const all = organization("infra", "site");
  const [infra, site] = [`${T}:R_infra`, `${T}:R_site`];
  const ada = all.member("ada");
  all.on(infra, ada, "write");
  all.on(infra, all.member("rae"), "read");
  all.on(infra, all.member("twin"), "write");
  const [outer, inner] = [all.team("crew"), all.team("inner-crew", `${T}:crew`)];
  all.on(infra, outer, "read");
  all.join(ada, inner);
  const bot = all.app("deployer", { permissions: "contents:write, workflows:write", repositorySelection: "all" });
  all.records.principals.push({ ...all.records.principals.find(({ id }) => id === bot)!, id: `${bot}-2` });
  all.app("shipper", { permissions: "contents:write, workflows:write", repositorySelection: "all" });
  for (const [title, repository] of [
    ["release key", infra],
    ["shared", infra],
    ["shared", site],
  ] as const) {
    const key = all.credential("deploy-key", `${title} ${repository.slice(-4)}`, repository, {
      displayHint: title,
      attributes: { readOnly: false },
    });
    all.grant("key", key, {
      id: `${repository}#repository-role/write`,
      kind: "repository-role",
      targetId: repository,
      resourceId: repository,
    });
  }
  const { engine } = await bridgeWorld(all, {
    users: { twin: {}, ben: {} },
    roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:*") } },
  });
  questioned = { graph: engine.graph, table: engine.table, where: "in the test" };
});

/** What a question comes to: its answer, or what is said to the person who asked it. */
function said(ask: () => unknown): string {
  try {
    ask();
    return "";
  } catch (error) {
    if (error instanceof AuditError) return `${error.message} (${error.hint})`;
    throw error;
  }
}

describe("paths of somebody on GitHub", () => {
  test.each([
    ["a login", "ada", `${T}:ada`],
    ["a login in another case", "ADA", `${T}:ada`],
    ["an id", `${T}:ada`, `${T}:ada`],
    ["the slug of an app", "shipper", `${T}:shipper`],
    ["the title of a deploy key", "release key", `${T}:release key nfra`],
    ["the id of one of two keys of one title", `${T}:shared nfra`, `${T}:shared nfra`],
  ])("begin at %s", (_name, principal, principalId) => {
    const { paths, examined } = pathsDocument(questioned, { principal });
    expect(paths.map((path) => [path.principalId, path.target])).toContainEqual([principalId, "admin"]);
    expect(new Set(paths.map((path) => path.principalId)).size).toBe(1);
    expect(examined).toBe(1);
  });

  test("are none where no role lets in what it can push, and that is an answer", () => {
    for (const principal of ["rae", `${T}:shared site`])
      expect(pathsDocument(questioned, { principal })).toMatchObject({ paths: [], examined: 1 });
  });

  test.each([
    ["shared", `\`shared\` fits 2 principals: ${T}:shared nfra, ${T}:shared site (give one of these)`],
    ["deployer", `\`deployer\` fits 2 principals: ${T}:deployer, ${T}:deployer-2 (give one of these)`],
    ["crew", "`crew` is a team: its members act, it does not (ask about a member, for example `ada`)"],
    ["shiper", "there is no principal `shiper` in the test (did you mean `shipper`?)"],
  ])("of `%s` cannot be told", (principal, says) => {
    expect(said(() => pathsDocument(questioned, { principal }))).toBe(says);
  });

  test("whose name somebody in AWS has as well are asked for by id", () => {
    const says = said(() => pathsDocument(questioned, { principal: "twin" }));
    expect(says).toMatch(/^`twin` fits 2 principals: aws:\S+, github:O_1:twin \(give one of these\)$/);
    const [, aws = ""] = /: (aws:\S+),/.exec(says) ?? [];
    expect(aws).toContain(TENANT);
    expect(pathsDocument(questioned, { principal: aws }).paths).toEqual([]);
    expect(pathsDocument(questioned, { principal: `${T}:twin` }).paths).not.toEqual([]);
  });

  test("do not end at somebody on GitHub", () => {
    expect(said(() => pathsDocument(questioned, { to: "ada" }))).toContain("nobody becomes `ada`");
  });
});

describe("what AWS lets somebody on GitHub do", () => {
  const ASKED = "ask `leastwise paths --principal";
  test.each([
    ["ada", `\`ada\` acts on GitHub, not in AWS (${ASKED} ada\``],
    ["shipper", `\`shipper\` acts on GitHub, not in AWS (${ASKED} shipper\``],
    ["release key", `\`release key\` acts on GitHub, not in AWS (${ASKED} ${T}:release key nfra\``],
    ["crew", "`crew` is a team"],
  ])("is not asked of `can` and `access`: %s", (principal, says) => {
    const question = { principal, action: "s3:GetObject", context: null, unknownContext: true } as const;
    expect(said(() => new Can(questioned).answer(question))).toContain(says);
    expect(said(() => accessDocument(questioned, { principal, windowDays: 90 }))).toContain(says);
  });

  test("is told of the principal in AWS where both have the name", () => {
    const question = { principal: "twin", action: "s3:GetObject", context: null, unknownContext: true } as const;
    expect(new Can(questioned).answer(question).principalId).toMatch(/^aws:/);
  });
});
