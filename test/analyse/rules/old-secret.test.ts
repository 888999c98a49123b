import { oldSecret } from "../../../src/analyse/rules/old-secret.ts";
import { repo, T, thing } from "../given-github.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(oldSecret, [
  {
    name: "secrets set more than a year ago are found, of whatever store",
    given: (g) => {
      const a = repo(g, "a");
      thing(g, "secret", `${a}/secret/actions/TOKEN_A`, { updatedAt: daysAgo(366) });
      thing(g, "secret", `${a}/environment/production/secret/TOKEN_B`, { updatedAt: daysAgo(700) });
      thing(g, "secret", `${T}/secret/dependabot/TOKEN_C`, { updatedAt: daysAgo(400) });
    },
    finds: ["TOKEN_A", "TOKEN_B", "TOKEN_C"],
    says: "days ago",
  },
  {
    name: "one that is a year old to the day is fine, however long ago it was made",
    given: (g) =>
      void thing(g, "secret", `${T}/secret/actions/TOKEN`, { updatedAt: daysAgo(365), createdAt: daysAgo(900) }),
    finds: [],
    examined: 1,
  },
  {
    name: "no job uses those of an archived repository; variables hold no secret",
    given: (g) => {
      const a = repo(g, "a", { archived: true });
      thing(g, "secret", `${a}/secret/actions/TOKEN`, { updatedAt: daysAgo(700) });
      thing(g, "variable", `${T}/variable/actions/REGION`, { updatedAt: daysAgo(700) });
    },
    finds: [],
    examined: 0,
  },
  {
    name: "a secret without a date is undecided",
    given: (g) => void thing(g, "secret", `${T}/secret/actions/TOKEN`, { updatedAt: null }),
    finds: [],
    undecided: 1,
  },
  {
    name: "the limit is a setting",
    given: (g) => void thing(g, "secret", `${T}/secret/actions/TOKEN`, { updatedAt: daysAgo(100) }),
    thresholds: { secretAgeDays: 90 },
    finds: ["TOKEN"],
  },
]);
