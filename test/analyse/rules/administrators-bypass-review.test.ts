import { administratorsBypassReview } from "../../../src/analyse/rules/administrators-bypass-review.ts";
import type { ProtectionActor } from "../../../src/model/protection.ts";
import { BY_PROPERTY, control, repo, review, ruleset, T } from "../given-github.ts";
import { checkRule } from "../given.ts";

const administrators: ProtectionActor = { type: "repository-role", id: null, name: "admin", mode: "always" };
const organizationOwners: ProtectionActor = {
  type: "organization-owner",
  id: null,
  name: "owners",
  mode: "pull-request",
};
const team: ProtectionActor = { type: "team", id: `${T}:T_1`, name: "release", mode: "always" };

checkRule(administratorsBypassReview, [
  {
    name: "a classic rule that does not hold administrators is found",
    given: (g) => ruleset(g, repo(g, "a"), [review()], { source: "classic", include: ["main"] }, [administrators]),
    finds: ["sample/a"],
    says: "administrators change `main`",
  },
  {
    name: "organization owners who merge without approval are found",
    given: (g) => ruleset(g, repo(g, "a"), [review()], {}, [organizationOwners]),
    finds: ["sample/a"],
    says: "organization owners",
  },
  {
    name: "writers who bypass include administrators",
    given: (g) => ruleset(g, repo(g, "a"), [review()], {}, [{ ...administrators, name: "write" }]),
    finds: ["sample/a"],
  },
  {
    name: "a team and a custom role are not administrators",
    given: (g) => ruleset(g, repo(g, "a"), [review()], {}, [team, { ...administrators, name: "deployer" }]),
    finds: [],
  },
  {
    name: "one layer that holds them is enough, even where another's bypass is not shown",
    given: (g) => {
      const a = repo(g, "a");
      ruleset(g, a, [review()], {}, [administrators]);
      ruleset(g, a, [review()], {}, null);
      ruleset(g, T, [review()]);
    },
    finds: [],
  },
  {
    name: "without a required approval there is nothing to bypass",
    given: (g) => ruleset(g, repo(g, "a"), [{ kind: "deletion" }], {}, [administrators]),
    finds: [],
  },
  {
    name: "a bypass list that was not shown is undecided",
    given: (g) => ruleset(g, repo(g, "a"), [review()], {}, null),
    finds: [],
    undecided: 1,
  },
  {
    name: "a ruleset that may hold them, and rules that were not read, are undecided",
    given: (g) => {
      ruleset(g, repo(g, "a"), [review()], {}, [administrators]);
      ruleset(g, T, [review()], BY_PROPERTY);
      control(g, "ruleset", repo(g, "b"), "?", null);
    },
    finds: [],
    undecided: 2,
  },
]);
