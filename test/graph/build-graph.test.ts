import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildCsr } from "../../src/graph/csr.ts";
import { reach } from "../../src/graph/closure.ts";
import { grantId } from "../../src/text/stable-id.ts";
import { allow, document, Given } from "../analyse/given.ts";

describe("membership", () => {
  test("what a group holds is held by its members, with the way and the grants that justify it", () => {
    const given = new Given();
    const [user, group] = [given.user("u"), given.group("g")];
    const membership = given.join(user, group);
    const attachment = given.attach(group, "Read", document(allow("s3:Get*")));
    const held = given.graph().holdingsOf(user.id).find(({ entitlementId }) => entitlementId.endsWith("Read#policy"));
    expect(held).toEqual({
      id: grantId("attachment", user.id, attachment.entitlementId, [group.id]),
      principalId: user.id,
      entitlementId: attachment.entitlementId,
      via: [group.id],
      grants: [membership.id, attachment.id],
    });
  });

  test("the steps of a holding read like a sentence", () => {
    const given = new Given();
    const [user, group] = [given.user("u"), given.group("g")];
    given.join(user, group);
    given.attach(group, "Read", document(allow("s3:Get*")));
    const graph = given.graph();
    const held = graph.holdingsOf(user.id).find(({ via }) => via.length > 0);
    expect(held === undefined ? [] : graph.hops(held).map(({ technique, to }) => [technique.name, to])).toEqual([
      ["is a member of", group.locator],
      ["is granted", "policy Read"],
    ]);
  });

  test("a child team has what its parents have, also where somebody made a circle of them", () => {
    const given = new Given();
    const member = given.member("m");
    const teams = ["child", "parent", "grandparent"].map((name) => {
      const id = `github:O_1:T_${name}`;
      given.records.principals.push({ ...member, id, kind: "team", nativeType: "team", nativeId: name, locator: name, displayName: name });
      given.entitlement({ id: `${id}#membership`, system: "github", tenantId: "github:O_1", kind: "membership", displayName: `team ${name}`, targetId: id });
      return id;
    });
    const parentOf = (from: string, to: string) => given.records.relations.push({ id: `relation:${from}>${to}`, kind: "parent-of", fromId: from, toId: to, attributes: {} });
    const [child = "", parent = "", grandparent = ""] = teams;
    parentOf(parent, child);
    parentOf(grandparent, parent);
    parentOf(child, grandparent);
    given.grant("membership", member.id, `${child}#membership`);
    given.onRepository("team-grant", grandparent, given.repository("web"), "write");
    const graph = given.graph();
    expect(graph.groupsOf(member.id).map(({ groupId }) => groupId)).toEqual([child, parent, grandparent]);
    expect(graph.membersOf(grandparent)).toContain(member.id);
    const held = graph.holdingsOf(member.id).find(({ entitlementId }) => entitlementId.includes("repository-role"));
    expect(held?.via).toEqual([child, parent, grandparent]);
    expect(held?.grants.length).toBe(2);
  });

  test("who holds an entitlement: the direct holder and everybody behind it", () => {
    const given = new Given();
    const [user, other, group] = [given.user("u"), given.user("v"), given.group("g")];
    given.join(user, group);
    const attachment = given.attach(group, "Read", document(allow("s3:Get*")));
    given.attach(other, "Read", document(allow("s3:Get*")));
    expect(given.graph().holdersOf(attachment.entitlementId).map(({ principalId }) => principalId).sort()).toEqual([group.id, other.id, user.id].sort());
  });

  test("the closure equals a naive walk, circles included, and every way is one that exists", () => {
    const edge = fc.tuple(fc.nat(11), fc.nat(11));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 40 }), fc.nat(11), (edges, start) => {
        const csr = buildCsr(12, edges.map(([from, to], label) => [from, to, label] as const));
        const naive = new Set<number>();
        const visit = (node: number): void => {
          for (const [from, to] of edges) {
            if (from !== node || to === start || naive.has(to)) continue;
            naive.add(to);
            visit(to);
          }
        };
        visit(start);
        const reached = reach(csr, start);
        expect(new Set(reached.map(({ node }) => node))).toEqual(naive);
        for (const { via, labels } of reached) {
          let at = start;
          via.forEach((node, i) => {
            expect(edges[labels[i] ?? -1]).toEqual([at, node]);
            at = node;
          });
        }
      }),
    );
  });

  test("nesting of ten thousand levels does not overflow", () => {
    const edges = Array.from({ length: 10_000 }, (_, i) => [i, i + 1, i] as const);
    expect(reach(buildCsr(10_001, edges), 0).length).toBe(10_000);
  });
});

describe("administration through other layers", () => {
  const withScp = (text: string | null): Given => {
    const given = new Given();
    given.attach(given.user("u"), "Admin", document(allow("*")));
    given.policy("aws:111122223333:p-1", text, { kind: "scp" });
    given.records.guardrails.push({ id: "guardrail:1", tenantId: "aws:999900001111", kind: "scp", policyId: "aws:111122223333:p-1", targetId: "aws:111122223333", targetKind: "tenant" });
    return given;
  };
  const stateOf = (given: Given): string | undefined => given.graph().adminGrants("aws:111122223333:u")[0]?.state;

  test("an SCP that denies IAM ends it", () => expect(stateOf(withScp(document(allow("*"), { Effect: "Deny", Action: "iam:*", Resource: "*" })))).toBeUndefined());
  test("an SCP level that allows less ends it", () => expect(stateOf(withScp(document(allow("s3:*"))))).toBeUndefined());
  test("an SCP that allows everything leaves it", () => expect(stateOf(withScp(document(allow("*"))))).toBe("yes"));
  test("an SCP that could not be read leaves it unknown, not clean", () => expect(stateOf(withScp(null))).toBe("unknown"));
  test("an SCP does not limit the management tenant", () => {
    const given = withScp(document(allow("*"), { Effect: "Deny", Action: "iam:*", Resource: "*" }));
    given.records.tenants[0] = { ...given.records.tenants[0], managementTenantId: "aws:111122223333" } as (typeof given.records.tenants)[number];
    expect(stateOf(given)).toBe("yes");
  });
});

describe("looking things up", () => {
  test("people find a principal by ARN, login, id and name, and a key by its id", () => {
    const given = new Given();
    const user = given.user("u");
    const key = given.credential("access-key", "AKIASAMPLE", user.id);
    const graph = given.graph();
    for (const text of [user.id, user.locator, "u"]) expect(graph.find(text)).toEqual([user]);
    expect(graph.find("AKIASAMPLE")).toEqual([key]);
    expect(graph.find("nobody")).toEqual([]);
  });

  test("the best answer counts where several steps tell one kind", () => {
    const given = new Given();
    const snapshot = given.snapshot();
    const coverage = [{ tenantId: "aws:111122223333", kind: "console-password" as const, step: "login-profiles", state: "skipped" as const, reason: "not given", items: 0 }, ...snapshot.coverage];
    given.snapshot = () => ({ ...snapshot, coverage });
    expect(given.graph().coverage("aws:111122223333", "console-password")?.state).toBe("complete");
  });

  test("the most specific owner answers, and a credential inherits its holder's", () => {
    const given = new Given();
    const user = given.user("ci-web");
    const key = given.credential("access-key", "k", user.id);
    given.owned("aws", "*", "anybody");
    given.owned("aws", "ci-*", "builders");
    expect(given.graph().ownersOf(user).technical).toBe("builders");
    expect(given.graph().ownersOf(key).technical).toBe("anybody");
  });
});
