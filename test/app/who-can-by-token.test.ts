import { beforeAll, describe, expect, test } from "vitest";
import type { Questioned } from "../../src/app/questions.ts";
import { whoCanDocument } from "../../src/app/who-can.ts";
import { bridgeWorld, HOST, organization, protect, subjects } from "../graph/bridge/bridge-world.ts";
import { arn, deny, trusting } from "../graph/escalation/small-world.ts";
import { T } from "../graph/github/organization-of.ts";

const CLUSTER = "oidc.eks.eu-central-1.amazonaws.com/id/SAMPLE";
const BY_TOKEN = "sts:AssumeRoleWithWebIdentity";

let questioned: Questioned;
beforeAll(async () => {
  const all = organization("infra");
  all.on(`${T}:R_infra`, all.member("ada"), "write");
  protect(all, "infra", ["main"], [{ kind: "update" }]);
  const ofCluster = trusting(
    { Federated: arn(`oidc-provider/${CLUSTER}`) },
    { StringEquals: { [`${CLUSTER}:sub`]: "system:serviceaccount:sample:shipping" } },
    BY_TOKEN,
  );
  const { engine } = await bridgeWorld(all, {
    roles: {
      open: { trust: subjects("repo:sample/infra:ref:refs/heads/*") },
      shut: { trust: subjects("repo:sample/infra:ref:refs/heads/main") },
      cluster: { trust: ofCluster },
      elsewhere: { trust: subjects("repo:another/infra:ref:refs/heads/main") },
      both: {
        trust: {
          Version: "2012-10-17",
          Statement: [subjects("repo:sample/infra:*"), ofCluster].flatMap(
            (document) => (document as { readonly Statement: readonly object[] }).Statement,
          ),
        },
      },
      refusing: {
        trust: {
          Version: "2012-10-17",
          Statement: [{ ...deny(BY_TOKEN, undefined), Principal: { Federated: arn(`oidc-provider/${HOST}`) } }].map(
            ({ Resource: _, ...statement }: Record<string, unknown>) => statement,
          ),
        },
      },
    },
  });
  questioned = { graph: engine.graph, table: engine.table, where: "in the test" };
});

const askedFor = (resource?: string, all = false) =>
  whoCanDocument(questioned, {
    action: BY_TOKEN,
    ...(resource === undefined ? {} : { resource }),
    context: null,
    unknownContext: true,
    all,
  });

const GITHUB = arn(`oidc-provider/${HOST}`);
const EKS = arn(`oidc-provider/${CLUSTER}`);

describe("who can become a role by a token", () => {
  test.each<[string, string | undefined, readonly string[]]>([
    ["a branch that somebody pushes", "open", ["yes ada"]],
    ["a branch that nobody pushes: nobody, the provider neither", "shut", []],
    ["tokens of a cluster: the provider stands for those GitHub does not know", "cluster", [`conditional ${EKS}`]],
    ["tokens of both", "both", ["yes ada", `conditional ${EKS}`]],
    ["a role that refuses GitHub's tokens", "refusing", []],
    ["a repository of an organization that was not read", "elsewhere", [`conditional ${GITHUB}`]],
    ["some role", undefined, ["yes ada", `conditional ${EKS}`, `conditional ${GITHUB}`]],
  ])("%s", (_name, role, expected) => {
    const { principals } = askedFor(role);
    expect(principals.map(({ answer, principal }) => `${answer} ${principal}`).sort()).toEqual([...expected].sort());
  });

  test("repositories that were not all read leave the provider: nobody would not be true", async () => {
    const all = organization("infra").cannotRead("repository", "partial", "cut short");
    all.on(`${T}:R_infra`, all.member("ada"), "read");
    const { engine } = await bridgeWorld(all, { roles: { open: { trust: subjects("repo:sample/gone:ref:*") } } });
    const { principals } = whoCanDocument(
      { graph: engine.graph, table: engine.table, where: "in the test" },
      { action: BY_TOKEN, context: null, unknownContext: true, all: false },
    );
    expect(principals.map(({ answer, principal }) => `${answer} ${principal}`)).toEqual([`conditional ${GITHUB}`]);
  });

  test("the provider of GitHub's tokens is not among those who cannot either, nor counted", () => {
    const { principals, examined } = askedFor("shut", true);
    expect(principals.map(({ principal }) => principal)).not.toContain(GITHUB);
    expect(principals.map(({ principal }) => principal)).toContain("ada");
    expect(examined).toBe(principals.length);
  });
});

describe("the role may be typed", () => {
  test.each(["open", "role/open", "/open", arn("role/open")])("as %s", (text) => {
    expect(askedFor(text).resource).toBe(arn("role/open"));
  });

  test.each([
    ["opem", "no role `opem` was collected in the test", "did you mean `open`? else give a name"],
    ["role/team/none", "no role `role/team/none` was collected in the test", "give a name, `role/path/name`, an ARN"],
  ])("%s is none", (text, message, hint) => {
    expect(() => askedFor(text)).toThrow(
      expect.objectContaining({ code: "no-role", message, hint: expect.stringContaining(hint) }) as Error,
    );
  });

  test("where no tenant of AWS was read it says so", () => {
    const graph = organization("infra").graph();
    const ask = () =>
      whoCanDocument(
        { ...questioned, graph },
        { action: BY_TOKEN, resource: "open", context: null, unknownContext: true, all: false },
      );
    expect(ask).toThrow(/no role `open` was collected in the test: it holds no tenant of AWS/);
  });
});
