import { idleSingleSignOnAuthorization } from "../../../src/analyse/rules/idle-single-sign-on-authorization.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import { checkRule, daysAgo, type Given } from "../given.ts";

const authorized = (g: Given, lastUsedAt: Observed<string>, createdAt = daysAgo(400)): void =>
  void g.credential("single-sign-on-authorization", "…1234", g.member("robin-sample").id, {
    lastUsedAt,
    createdAt: known(createdAt),
  });

checkRule(idleSingleSignOnAuthorization, [
  {
    name: "one idle for 90 days is found",
    given: (g) => authorized(g, known(daysAgo(90))),
    finds: ["…1234"],
    says: "of `robin-sample` has not been used for 90 days",
  },
  {
    name: "one that was never used is as old as it is authorized",
    given: (g) => authorized(g, known("never"), daysAgo(91)),
    finds: ["…1234"],
    says: "never used in the 91 days",
  },
  {
    name: "one used 89 days ago, and a new one, are fine",
    given: (g) => {
      authorized(g, known(daysAgo(89)));
      g.credential("single-sign-on-authorization", "…5678", g.member("kim-sample").id, { lastUsedAt: known("never") });
    },
    finds: [],
    examined: 2,
  },
  {
    name: "an idle fine-grained token is another rule's",
    given: (g) =>
      void g.credential("fine-grained-token", "t", g.member("robin-sample").id, { lastUsedAt: known(daysAgo(200)) }),
    finds: [],
    examined: 0,
  },
  {
    name: "one whose use is not known is undecided",
    given: (g) => authorized(g, unknown("not shown")),
    finds: [],
    undecided: 1,
  },
]);
