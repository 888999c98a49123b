import { staleApp } from "../../../src/analyse/rules/stale-app.ts";
import type { LastUse } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import { checkRule, daysAgo, type Given } from "../given.ts";

function used(g: Given, name: string, last: string | Observed<LastUse>): void {
  const app = g.app(name, { suspended: false });
  g.records.principals[g.records.principals.indexOf(app)] = {
    ...app,
    lastUsedAt: typeof last === "string" ? known(last) : last,
  };
}

checkRule(staleApp, [
  {
    name: "an app idle for 90 days is found",
    given: (g) => used(g, "a", daysAgo(90)),
    finds: ["a"],
    says: "for 90 days",
  },
  {
    name: "one that was never used since it was installed is found",
    given: (g) => used(g, "a", "never"),
    finds: ["a"],
  },
  { name: "one used 89 days ago is fine", given: (g) => used(g, "a", daysAgo(89)), finds: [], examined: 1 },
  {
    name: "one that has been suspended for long is found",
    given: (g) => void g.app("a", { suspended: true, suspendedAt: daysAgo(200) }),
    finds: ["a"],
    says: "suspended for 200 days",
  },
  {
    name: "one that was suspended last week may be switched on again",
    given: (g) => void g.app("a", { suspended: true, suspendedAt: daysAgo(7) }),
    finds: [],
  },
  {
    name: "an app of which no activity is known is undecided, and so is one suspended since nobody knows when",
    given: (g) => {
      g.app("a", { suspended: false });
      g.app("b", { suspended: true });
    },
    finds: [],
    undecided: 2,
  },
  {
    name: "an app that the log says nothing of keeps the log's reason",
    given: (g) => used(g, "a", unknown("the log holds nothing of it")),
    finds: [],
    undecided: 1,
    reason: "the log holds nothing of it",
  },
  {
    name: "an app cannot have been idle for longer than it is installed",
    given: (g) => {
      const app = g.app("a", { suspended: false });
      g.records.principals[g.records.principals.indexOf(app)] = {
        ...app,
        createdAt: known(daysAgo(89)),
        lastUsedAt: unknown("the log holds nothing of it"),
      };
    },
    finds: [],
    undecided: 0,
    examined: 1,
  },
  {
    name: "the limit is a setting",
    given: (g) => used(g, "a", daysAgo(89)),
    thresholds: { idleAppDays: 30 },
    finds: ["a"],
  },
]);
