import { productionWithoutReviewers } from "../../../src/analyse/rules/production-without-reviewers.ts";
import { control, environment, repo, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

checkRule(productionWithoutReviewers, [
  {
    name: "production environments without reviewers are one finding of the repository",
    given: (g) => {
      const a = repo(g, "a");
      environment(g, a, "production");
      environment(g, a, "eu-prod", { refs: { kind: "protected" } });
    },
    finds: ["sample/a"],
    says: "from any branch",
  },
  {
    name: "a reviewer, or an app that decides, is enough",
    given: (g) => {
      environment(g, repo(g, "a"), "production", {
        reviewers: [{ type: "user", id: `${T}:U_1`, name: "robin-sample" }],
      });
      environment(g, repo(g, "b"), "production", { gates: ["change-calendar"] });
    },
    finds: [],
    examined: 2,
  },
  {
    name: "other environments, products that merely sound like it, and archived repositories are fine",
    given: (g) => {
      const a = repo(g, "a");
      for (const name of ["staging", "reproduction", "product-docs", "delivery"]) environment(g, a, name);
      environment(g, repo(g, "b", { archived: true }), "production");
    },
    finds: [],
    examined: 1,
  },
  {
    name: "environments that were not read are undecided",
    given: (g) => control(g, "environment", repo(g, "a"), "?", null),
    finds: [],
    undecided: 1,
  },
]);
