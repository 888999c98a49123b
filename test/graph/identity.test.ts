import { describe, expect, test } from "vitest";
import { known } from "../../src/model/observed.ts";
import { Given } from "../analyse/given.ts";

describe("who is behind a principal", () => {
  test.each<[name: string, given: (g: Given) => string, expected: object]>([
    [
      "the map is certain",
      (g) => {
        g.person("p1");
        const u = g.user("u");
        g.mapped("p1", u);
        return u.id;
      },
      { state: "linked", identityId: "identity:p1", confidence: 1 },
    ],
    [
      "an Identity Center e-mail links",
      (g) => {
        g.person("p1");
        return g.user("u", { nativeType: "identity-center-user", email: known("p1@sample.example") }).id;
      },
      { state: "linked", confidence: 0.95 },
    ],
    [
      "a verified-domain e-mail links",
      (g) => {
        g.person("p1");
        return g.member("m", { email: known("p1@sample.example"), attributes: { emailVerified: true } }).id;
      },
      { state: "linked", confidence: 0.92 },
    ],
    [
      "a tag is probable, not certain",
      (g) => {
        g.person("p1");
        return g.user("u", { tags: known({ owner: "p1@sample.example" }) }).id;
      },
      { state: "probable", confidence: 0.85 },
    ],
    [
      "a profile e-mail is a suggestion: people choose it themselves",
      (g) => {
        g.person("p1");
        return g.member("m", { email: known("p1@sample.example") }).id;
      },
      { state: "suggested", confidence: 0.5 },
    ],
    [
      "a name like the person's makes a tag no stronger",
      (g) => {
        g.person("p1", { displayName: "Sample Person" });
        return g.user("sample.person", { tags: known({ email: "p1@sample.example" }) }).id;
      },
      { state: "probable", confidence: 0.85, evidence: ["tag email is in the roster"] },
    ],
    [
      "two tags say no more than one: the same hand wrote both",
      (g) => {
        g.person("p1");
        return g.user("u", { tags: known({ owner: "p1@sample.example", email: "p1@sample.example" }) }).id;
      },
      { state: "probable", confidence: 0.85, evidence: ["tag email is in the roster"] },
    ],
    [
      "an Identity Center user name that is an address links",
      (g) => {
        g.person("p1");
        return g.user("u", { nativeType: "identity-center-user", locator: "p1@sample.example" }).id;
      },
      { state: "linked", confidence: 0.95 },
    ],
    [
      "what the provider itself links is linked",
      (g) => {
        g.person("p1");
        const m = g.member("m");
        g.records.relations.push({
          id: "relation:1",
          kind: "linked-to",
          fromId: m.id,
          toId: "identity:p1",
          attributes: {},
        });
        return m.id;
      },
      { state: "linked", identityId: "identity:p1", confidence: 0.95 },
    ],
    [
      "nothing but the map is certain",
      (g) => {
        g.person("p1", { displayName: "Sample Person" });
        return g.user("Sample Person", {
          nativeType: "identity-center-user",
          email: known("p1@sample.example"),
          tags: known({ owner: "p1@sample.example" }),
        }).id;
      },
      { state: "linked", confidence: 0.99 },
    ],
    [
      "alike names are a suggestion",
      (g) => {
        g.person("p1", { displayName: "Sample Person" });
        return g.user("sample-person").id;
      },
      { state: "suggested", confidence: 0.4 },
    ],
    [
      "a name that two people have is none",
      (g) => {
        g.person("p1", { displayName: "Sample Person" });
        g.person("p2", { displayName: "sample person" });
        return g.user("sample-person").id;
      },
      { state: "unmatched" },
    ],
    [
      "an address that two people have is a conflict",
      (g) => {
        g.person("p1", { email: "both@sample.example" });
        g.person("p2", { email: "both@sample.example" });
        return g.user("u", { tags: known({ owner: "both@sample.example" }) }).id;
      },
      { state: "conflict", identityId: null },
    ],
    [
      "a map that names two people is a conflict, whatever else is known",
      (g) => {
        g.person("p1");
        g.person("p2");
        const u = g.user("u", { tags: known({ owner: "p1@sample.example" }) });
        g.mapped("p1", u);
        g.mapped("p2", u);
        return u.id;
      },
      { state: "conflict", identityId: null },
    ],
    [
      "a weak hint at somebody else is no conflict",
      (g) => {
        g.person("p1");
        g.person("p2", { displayName: "builder" });
        return g.user("builder", { tags: known({ owner: "p1@sample.example" }) }).id;
      },
      { state: "probable", identityId: "identity:p1", confidence: 0.85 },
    ],
    [
      "a role is whose the map says",
      (g) => {
        g.person("p1");
        const r = g.role("r");
        g.mapped("p1", r);
        return r.id;
      },
      { state: "linked", identityId: "identity:p1" },
    ],
    [
      "case does not matter",
      (g) => {
        g.person("p1");
        return g.user("u", { tags: known({ Owner: "P1@Sample.Example" }) }).id;
      },
      { state: "probable" },
    ],
    [
      "plus-tags come off inside the company's own domains",
      (g) => {
        g.person("p1");
        return g.user("u", { tags: known({ owner: "p1+aws@sample.example" }) }).id;
      },
      { state: "probable" },
    ],
    [
      "and only there",
      (g) => {
        g.person("p1");
        g.person("x", { employment: "external", email: "x@partner.example" });
        return g.user("u", { tags: known({ owner: "x+aws@partner.example" }) }).id;
      },
      { state: "unmatched" },
    ],
    [
      "two people are a conflict, and nobody is linked",
      (g) => {
        g.person("p1");
        g.person("p2");
        return g.user("u", { tags: known({ owner: "p1@sample.example", email: "p2@sample.example" }) }).id;
      },
      { state: "conflict", identityId: null },
    ],
    [
      "the map may say no",
      (g) => {
        g.person("p1");
        const u = g.user("u", { tags: known({ owner: "p1@sample.example" }) });
        g.mapped("p1", u, "not_same");
        return u.id;
      },
      { state: "unmatched" },
    ],
    [
      "a service is a service",
      (g) => {
        g.person("p1");
        const u = g.user("u");
        g.mapped("p1", u, "service");
        return u.id;
      },
      { state: "service", identityId: "identity:p1" },
    ],
    [
      "a role is nobody",
      (g) => {
        g.person("p1", { displayName: "builder" });
        return g.role("builder").id;
      },
      { state: "unmatched" },
    ],
    ["nothing at all", (g) => g.user("u").id, { state: "unmatched", confidence: 0 }],
  ])("%s", (_name, make, expected) => {
    const given = new Given();
    const id = make(given);
    expect(given.graph().whoIs(id)).toMatchObject(expected);
  });

  test("the evidence names the line of the map", () => {
    const given = new Given();
    given.person("p1");
    const user = given.user("u");
    given.mapped("p1", user);
    expect(given.graph().whoIs(user.id).evidence).toEqual(["identity map, line 2"]);
    expect(given.graph().principalsOf("identity:p1")).toEqual([user.id]);
  });
});
