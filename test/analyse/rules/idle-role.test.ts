import { idleRole } from "../../../src/analyse/rules/idle-role.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(idleRole, [
  { name: "a role used yesterday is fine", given: (g) => void g.role("r"), finds: [] },
  {
    name: "at the limit it is found",
    given: (g) => void g.role("r", { lastUsedAt: known(daysAgo(90)) }),
    finds: ["r"],
  },
  {
    name: "a role AWS saw no use of is found when it is old enough",
    given: (g) => void g.role("r", { lastUsedAt: known("never"), createdAt: known(daysAgo(200)) }),
    finds: ["r"],
    says: "400 days",
  },
  {
    name: "a new role without use is fine",
    given: (g) => void g.role("r", { lastUsedAt: known("never"), createdAt: known(daysAgo(10)) }),
    finds: [],
  },
  {
    name: "unknown use is undecided",
    given: (g) => void g.role("r", { lastUsedAt: unknown("the sweep held none") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "a service-linked role is not examined",
    given: (g) =>
      void g.role("r", {
        nativeType: "service-linked-role",
        attributes: { serviceLinked: true },
        lastUsedAt: known(daysAgo(300)),
      }),
    finds: [],
    examined: 0,
  },
]);
