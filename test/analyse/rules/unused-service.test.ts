import { unusedService } from "../../../src/analyse/rules/unused-service.ts";
import { known } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(unusedService, [
  { name: "a service used last week is fine", given: (g) => g.used(g.user("u"), "s3", 7), finds: [], examined: 1 },
  {
    name: "services not used for the limit are listed in one finding",
    given: (g) => {
      const u = g.user("u");
      g.used(u, "s3", 90);
      g.used(u, "ec2", "never");
      g.used(u, "iam", 3);
    },
    finds: ["u"],
    says: "2 services it did not use for 90 days: ec2, s3",
  },
  {
    name: "a young principal had no time to use anything",
    given: (g) => g.used(g.user("u", { createdAt: known(daysAgo(20)) }), "s3", "never"),
    finds: [],
  },
  { name: "a failed job is undecided", given: (g) => g.used(g.user("u"), "s3", "unknown"), finds: [], undecided: 1 },
]);
