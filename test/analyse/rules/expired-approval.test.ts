import { expiredApproval } from "../../../src/analyse/rules/expired-approval.ts";
import { allow, checkRule, daysAgo, document, NOW } from "../given.ts";

checkRule(expiredApproval, [
  {
    name: "an approval that ran out is found",
    given: (g) => {
      g.attach(g.user("u"), "Read", document(allow("s3:Get*")));
      g.approved("aws", "u", "policy Read", daysAgo(1));
    },
    finds: ["u"],
    says: "ran out on 2026-11-19",
    suggests: "revoke",
  },
  {
    name: "a team that the identity provider fills is not to be changed here: its owner is asked",
    given: (g) => {
      const team = "github:O_1:release";
      g.entitlement({ id: `${team}#membership`, kind: "membership", displayName: "team release", targetId: team });
      g.grant("membership", g.member("robin-sample").id, `${team}#membership`, { governedElsewhere: true });
      g.approved("github", "robin-sample", "team release", daysAgo(1));
    },
    finds: ["robin-sample"],
    suggests: "ask-owner",
  },
  {
    name: "one that still holds is fine",
    given: (g) => {
      g.attach(g.user("u"), "Read", document(allow("s3:Get*")));
      g.approved("aws", "u", "policy Read", daysAgo(-30));
    },
    finds: [],
  },
  {
    name: "one of two that still holds is enough",
    given: (g) => {
      g.attach(g.user("u"), "Read", document(allow("s3:Get*")));
      g.approved("aws", "u", "policy Read", daysAgo(1));
      g.approved("aws", "u", "policy Read", null);
    },
    finds: [],
  },
  {
    name: "no approval at all is another rule's",
    given: (g) => void g.attach(g.user("u"), "Read", document(allow("s3:Get*"))),
    finds: [],
    examined: 0,
  },
  {
    name: "the day it runs out on is a day it holds",
    given: (g) => {
      g.attach(g.user("u"), "Admin", document(allow("*")));
      g.approved("aws", "u", "policy Admin", `${NOW.slice(0, 10)}T00:00:00Z`);
    },
    finds: [],
  },
]);
