import { dormantMember } from "../../../src/analyse/rules/dormant-member.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(dormantMember, [
  { name: "somebody active yesterday is fine", given: (g) => void g.member("m"), finds: [] },
  {
    name: "at the limit it is found",
    given: (g) => void g.member("m", { lastUsedAt: known(daysAgo(90)) }),
    finds: ["m"],
    says: "not been active for 90 days",
  },
  {
    name: "no activity on record of an old login is found",
    given: (g) => void g.member("m", { lastUsedAt: known("never") }),
    finds: ["m"],
    says: "no activity",
  },
  {
    name: "without the audit log it is undecided",
    given: (g) => void g.member("m", { lastUsedAt: unknown("no audit log") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "a log that begins later than the limit reaches says nothing about the time before",
    given: (g) =>
      void g.member("m", {
        createdAt: known(daysAgo(900)),
        lastUsedAt: known("never"),
        attributes: { activitySince: daysAgo(89) },
      }),
    thresholds: { dormantMemberDays: 365 },
    finds: [],
    undecided: 1,
  },
]);
