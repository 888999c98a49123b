import { adminInEffect } from "../../../src/analyse/rules/admin-in-effect.ts";
import { allow, checkRule, deny, document } from "../given.ts";

const PEOPLE = ["iam:*User*", "iam:*Group*"];
const ALL_BUT_PEOPLE = document({ Effect: "Allow", NotAction: PEOPLE, Resource: "*" });
const ONLY_PEOPLE = document(allow(PEOPLE));
const MFA = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

checkRule(adminInEffect, [
  {
    name: "two policies that together are everything are found by name",
    given: (g) => {
      const ana = g.user("ana");
      g.attach(ana, "builders", ALL_BUT_PEOPLE);
      g.attach(ana, "desk", ONLY_PEOPLE);
    },
    finds: ["ana"],
    says: "`ana` is administrator in effect: the policies `builders` and `desk` together allow everything on everything",
  },
  {
    name: "one of them through a group counts as well",
    given: (g) => {
      const [ana, group] = [g.user("ana"), g.group("builders")];
      g.attach(group, "build", ALL_BUT_PEOPLE);
      g.join(ana, group);
      g.inline(ana, "desk", ONLY_PEOPLE);
    },
    finds: ["ana"],
  },
  {
    name: "two statements of one policy are found as that",
    given: (g) =>
      void g.attach(
        g.user("ana"),
        "split",
        document({ Effect: "Allow", NotAction: PEOPLE, Resource: "*" }, allow(PEOPLE)),
      ),
    finds: ["ana"],
    says: "the statements of the policy `split` together allow everything",
  },
  {
    name: "each alone is not",
    given: (g) => {
      g.attach(g.user("ana"), "builders", ALL_BUT_PEOPLE);
      g.attach(g.user("kim"), "desk", ONLY_PEOPLE);
    },
    finds: [],
    examined: 2,
  },
  {
    name: "an administrator by one grant is told by the rules about administrators",
    given: (g) => {
      const ana = g.user("ana");
      g.attach(ana, "everything", document(allow("*")));
      g.attach(ana, "desk", ONLY_PEOPLE);
    },
    finds: [],
  },
  {
    name: "together under a condition names it",
    given: (g) => {
      const ana = g.user("ana");
      g.attach(ana, "builders", document({ Effect: "Allow", NotAction: PEOPLE, Resource: "*", ...MFA }));
      g.attach(ana, "desk", document(allow(PEOPLE, MFA)));
    },
    finds: ["ana"],
    says: "under a condition on `aws:MultiFactorAuthPresent`",
  },
  {
    name: "a boundary or a denial of IAM takes it away",
    given: (g) => {
      for (const name of ["ana", "kim"]) {
        const user = g.user(name);
        g.attach(user, "builders", ALL_BUT_PEOPLE);
        g.attach(user, "desk", ONLY_PEOPLE);
        if (name === "ana") g.bounded(user, document(allow("s3:*")));
        else g.inline(user, "not", document(deny("iam:*")));
      }
    },
    finds: [],
  },
  {
    name: "a policy that was not read and may deny leaves it undecided",
    given: (g) => {
      const ana = g.user("ana");
      g.attach(ana, "builders", ALL_BUT_PEOPLE);
      g.attach(ana, "desk", ONLY_PEOPLE);
      g.attach(ana, "not-read", null);
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "what AWS itself governs is left alone",
    given: (g) => {
      const role = g.role("AWSReservedSSO_x", { attributes: { reserved: true } });
      g.attach(role, "builders", ALL_BUT_PEOPLE);
      g.attach(role, "desk", ONLY_PEOPLE);
    },
    finds: [],
    examined: 0,
  },
]);
