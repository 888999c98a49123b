import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildGraph } from "../../src/graph/build-graph.ts";
import { reach, waysByFirstStep, waysFrom } from "../../src/graph/closure.ts";
import { buildCsr, EdgeList } from "../../src/graph/csr.ts";
import { known } from "../../src/model/observed.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { grantId } from "../../src/text/stable-id.ts";
import { allow, daysAgo, document, Given } from "../analyse/given.ts";

describe("membership", () => {
  test("what a group holds is held by its members, with the way and the grants that justify it", () => {
    const given = new Given();
    const [user, group] = [given.user("u"), given.group("g")];
    const membership = given.join(user, group);
    const attachment = given.attach(group, "Read", document(allow("s3:Get*")));
    const held = given
      .graph()
      .holdingsOf(user.id)
      .find(({ entitlementId }) => entitlementId.endsWith("Read#policy"));
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
      given.records.principals.push({
        ...member,
        id,
        kind: "team",
        nativeType: "team",
        nativeId: name,
        locator: name,
        displayName: name,
      });
      given.entitlement({
        id: `${id}#membership`,
        system: "github",
        tenantId: "github:O_1",
        kind: "membership",
        displayName: `team ${name}`,
        targetId: id,
      });
      return id;
    });
    const parentOf = (from: string, to: string) =>
      given.records.relations.push({
        id: `relation:${from}>${to}`,
        kind: "parent-of",
        fromId: from,
        toId: to,
        attributes: {},
      });
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
    expect(
      given
        .graph()
        .holdersOf(attachment.entitlementId)
        .map(({ principalId }) => principalId)
        .sort(),
    ).toEqual([group.id, other.id, user.id].sort());
  });

  test("whoever comes to a group over two others keeps both ways: leaving one of them is not enough", () => {
    const given = new Given();
    const [user, left, right, shared] = [
      given.user("u"),
      given.group("left"),
      given.group("right"),
      given.group("shared"),
    ];
    for (const group of [left, right]) {
      given.join(user, group);
      given.join(group, shared);
    }
    const attachment = given.attach(shared, "Read", document(allow("s3:Get*")));
    const graph = given.graph();
    const held = graph.holdingsOf(user.id).filter(({ entitlementId }) => entitlementId === attachment.entitlementId);
    expect(held.map(({ via }) => via).sort()).toEqual([
      [left.id, shared.id],
      [right.id, shared.id],
    ]);
    expect(graph.groupsOf(user.id).filter(({ groupId }) => groupId === shared.id).length).toBe(1);
    expect(
      graph
        .holdersOf(attachment.entitlementId)
        .filter(({ principalId }) => principalId === user.id)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(held.map(({ id }) => id).sort());
  });

  test("nesting of ten thousand levels does not overflow", () => {
    const edges = Array.from({ length: 10_000 }, (_, i) => [i, i + 1] as const);
    expect(reach(rows(10_001, edges), 0).length).toBe(10_000);
  });
});

/** Any graph of twelve nodes, circles and edges to oneself included. */
const anyEdges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 });

function rows(nodes: number, edges: readonly (readonly [number, number])[]) {
  const list = new EdgeList(edges.length);
  edges.forEach(([from, to], label) => list.add(from, to, label));
  return buildCsr(nodes, list.edges());
}

/** Everything a naive walk comes to, the start left out. */
function naiveWalk(edges: readonly (readonly [number, number])[], start: number, not = start): Set<number> {
  const found = new Set<number>();
  const visit = (node: number): void => {
    for (const [from, to] of edges) {
      if (from !== node || to === start || to === not || found.has(to)) continue;
      found.add(to);
      visit(to);
    }
  };
  visit(start);
  return found;
}

describe("whatever the nesting", () => {
  test("the closure equals a naive walk, circles included", () => {
    fc.assert(
      fc.property(anyEdges, fc.nat(11), (edges, start) => {
        expect(new Set(reach(rows(12, edges), start))).toEqual(naiveWalk(edges, start));
        expect(new Set(waysFrom(rows(12, edges), start).map(({ node }) => node))).toEqual(naiveWalk(edges, start));
      }),
    );
  });

  test("every way is one that exists and comes to no place twice", () => {
    fc.assert(
      fc.property(anyEdges, fc.nat(11), (edges, start) => {
        for (const { node, via, labels } of [
          ...waysFrom(rows(12, edges), start),
          ...waysByFirstStep(rows(12, edges), start),
        ]) {
          let at = start;
          via.forEach((next, i) => {
            expect(edges[labels[i] ?? -1]).toEqual([at, next]);
            at = next;
          });
          expect(at).toBe(node);
          expect(new Set([start, ...via]).size).toBe(via.length + 1);
        }
      }),
    );
  });

  test("every first step leads wherever a naive walk from it leads", () => {
    fc.assert(
      fc.property(anyEdges, fc.nat(11), (edges, start) => {
        const expected = [
          ...new Set(edges.flatMap(([from, to]) => (from === start && to !== start ? [to] : []))),
        ].flatMap((first) => [first, ...naiveWalk(edges, first, start)].map((node) => `${first} … ${node}`));
        const ways = waysByFirstStep(rows(12, edges), start);
        expect(ways.map(({ via, node }) => `${via[0] ?? ""} … ${node}`).sort()).toEqual(expected.sort());
      }),
    );
  });

  test("shuffling the input changes no answer", () => {
    const given = new Given();
    const [groups, users] = [
      ["g1", "g2", "g3"].map((name) => given.group(name)),
      ["u1", "u2", "u3"].map((name) =>
        given.user(name, { tags: known({ owner: "p1@sample.example", email: "p1@sample.example" }) }),
      ),
    ];
    given.person("p1");
    given.person("p2");
    users.forEach((user, i) => groups.slice(i).forEach((group) => given.join(user, group)));
    groups.forEach((group, i) => {
      given.join(group, groups[(i + 1) % groups.length] ?? group);
      given.attach(
        group,
        `P${i}`,
        document(
          allow(i === 1 ? "*" : "s3:Get*", i === 2 ? { Condition: { Bool: { "aws:SecureTransport": "true" } } } : {}),
        ),
      );
    });
    given.approved("aws", "u*", "policy *");
    given.approved("aws", "u1", "*");
    for (const name of ["u*", "u1", "*"]) given.owned("aws", name, name);
    const answers = (snapshot: Snapshot): unknown => {
      const graph = buildGraph(snapshot);
      return graph.snapshot.principals.map((principal) => {
        const held = graph.holdingsOf(principal.id);
        return [
          principal.id,
          graph.groupsOf(principal.id),
          held,
          held.map((one) => [graph.approvalsOf(one), graph.hops(one)]),
          graph.membersOf(principal.id),
          graph.adminGrants(principal.id),
          graph.whoIs(principal.id),
          graph.ownersOf(principal),
          graph.principalsOf("identity:p1"),
        ];
      });
    };
    const snapshot = given.snapshot();
    const expected = answers(snapshot);
    const shuffle = <T>(list: readonly T[]) =>
      fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
    fc.assert(
      fc.property(
        shuffle(snapshot.principals),
        shuffle(snapshot.grants),
        shuffle(snapshot.entitlements),
        shuffle(snapshot.policies),
        shuffle(snapshot.identities),
        shuffle(snapshot.owners),
        shuffle(snapshot.approvals),
        (principals, grants, entitlements, policies, identities, owners, approvals) => {
          expect(
            answers({ ...snapshot, principals, grants, entitlements, policies, identities, owners, approvals }),
          ).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
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
    const coverage = [
      {
        tenantId: "aws:111122223333",
        kind: "console-password" as const,
        step: "login-profiles",
        state: "skipped" as const,
        reason: "not given",
        items: 0,
      },
      ...snapshot.coverage,
    ];
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
    expect(given.graph().ownersOf(key).technical).toBe("builders");
  });

  test("a row of a credential's own counts before its holder's", () => {
    const given = new Given();
    const key = given.credential("access-key", "AKIASAMPLE", given.user("ci-web").id);
    given.owned("aws", "ci-*", "builders", "a-business");
    given.owned("aws", "AKIASAMPLE", "keepers");
    expect(given.graph().ownersOf(key)).toEqual({ technical: "keepers", business: "a-business" });
  });

  test("a tenant cell may be the digits, the name, the id or a star", () => {
    const given = new Given();
    const user = given.user("u");
    given.attach(user, "Read", document(allow("s3:Get*")));
    for (const [i, tenant] of [
      "111122223333",
      "sample-production",
      "aws:111122223333",
      "*",
      "444455556666",
    ].entries()) {
      given.approved("aws", "u", "policy Read", daysAgo(-i));
      given.records.approvals[i] = {
        ...given.records.approvals[i],
        tenant,
      } as (typeof given.records.approvals)[number];
    }
    const graph = given.graph();
    expect(
      graph
        .holdingsOf(user.id)
        .flatMap((holding) => graph.approvalsOf(holding))
        .map(({ tenant }) => tenant)
        .sort(),
    ).toEqual(["*", "111122223333", "aws:111122223333", "sample-production"]);
  });
});

describe("documents", () => {
  test("the same text is judged once, whoever holds it", () => {
    const given = new Given();
    for (const name of ["u", "v"]) given.inline(given.user(name), "read", document(allow("s3:Get*")));
    const graph = given.graph();
    const [first, second] = graph.snapshot.policies.map(({ id }) => graph.parsed(id));
    expect(first?.known).toBe(true);
    expect(first).toBe(second);
  });
});
