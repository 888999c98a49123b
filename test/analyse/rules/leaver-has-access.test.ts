import { leaverHasAccess } from "../../../src/analyse/rules/leaver-has-access.ts";
import { known } from "../../../src/model/observed.ts";
import { allow, checkRule, daysAgo, document, NOW } from "../given.ts";

checkRule(leaverHasAccess, [
  {
    name: "somebody who left and still has a key is found",
    given: (g) => {
      g.person("p1", { employment: "left", endDate: daysAgo(30) });
      const u = g.user("u");
      g.mapped("p1", u);
      g.credential("access-key", "k", u.id);
    },
    finds: ["u"],
    says: "who left on 2026-10-21",
  },
  {
    name: "somebody who is here is fine",
    given: (g) => {
      g.person("p1");
      const u = g.user("u");
      g.mapped("p1", u);
      g.credential("access-key", "k", u.id);
    },
    finds: [],
  },
  {
    name: "an end date that has passed counts as left",
    given: (g) => {
      g.person("p1", { employment: "leaving", endDate: daysAgo(1) });
      const u = g.user("u");
      g.mapped("p1", u);
      g.credential("access-key", "k", u.id);
    },
    finds: ["u"],
  },
  {
    name: "a leaver whose user signs in with nothing any more is fine",
    given: (g) => {
      g.person("p1", { employment: "left" });
      const u = g.user("u");
      g.mapped("p1", u);
      g.credential("access-key", "k", u.id, { status: known("inactive") });
    },
    finds: [],
  },
  {
    name: "a leaver who is still a member of the organization is found",
    given: (g) => {
      g.person("p1", { employment: "left" });
      const m = g.member("m");
      g.mapped("p1", m);
      g.organizationRole(m, "member");
    },
    finds: ["m"],
  },
  {
    name: "a link that is not sure enough is undecided",
    given: (g) => {
      g.person("p1", { employment: "left" });
      const u = g.user("u", { tags: known({ owner: "p1@sample.example" }) });
      g.credential("access-key", "k", u.id);
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "somebody the map says is not the same is fine",
    given: (g) => {
      g.person("p1", { employment: "left" });
      const u = g.user("u", { tags: known({ owner: "p1@sample.example" }) });
      g.mapped("p1", u, "not_same");
      g.credential("access-key", "k", u.id);
    },
    finds: [],
  },
  {
    name: "whoever left and whose keys and passwords nobody read may still sign in: undecided",
    given: (g) => {
      g.cannotRead("access-key", "skipped").cannotRead("console-password", "skipped");
      g.person("gone", { employment: "left" });
      const u = g.user("u");
      g.mapped("gone", u);
      g.attach(u, "S3", document(allow("s3:*")));
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "two people behind one login, one of whom left, is undecided",
    given: (g) => {
      g.person("gone", { employment: "left" });
      g.person("here");
      const u = g.user("u");
      g.mapped("gone", u);
      g.mapped("here", u);
      g.credential("access-key", "k", u.id);
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "the last day of work is a day of work",
    given: (g) => {
      g.person("going", { endDate: NOW.slice(0, 10) });
      const u = g.user("u");
      g.mapped("going", u);
      g.credential("access-key", "k", u.id);
    },
    finds: [],
  },
  {
    name: "two people behind one login, both of whom work here, is no question about leavers",
    given: (g) => {
      g.person("one");
      g.person("two");
      const u = g.user("u");
      g.mapped("one", u);
      g.mapped("two", u);
      g.credential("access-key", "k", u.id);
    },
    finds: [],
  },
]);
