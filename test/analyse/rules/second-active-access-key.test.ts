import { secondActiveAccessKey } from "../../../src/analyse/rules/second-active-access-key.ts";
import { known } from "../../../src/model/observed.ts";
import { checkRule } from "../given.ts";

checkRule(secondActiveAccessKey, [
  {
    name: "two active keys are found",
    given: (g) => {
      const u = g.user("u");
      g.credential("access-key", "a", u.id);
      g.credential("access-key", "b", u.id);
    },
    finds: ["u"],
    says: "`a` and `b`",
  },
  {
    name: "one active and one inactive key are fine",
    given: (g) => {
      const u = g.user("u");
      g.credential("access-key", "a", u.id);
      g.credential("access-key", "b", u.id, { status: known("inactive") });
    },
    finds: [],
  },
  {
    name: "one key each of two users is fine",
    given: (g) => {
      g.credential("access-key", "a", g.user("u").id);
      g.credential("access-key", "b", g.user("v").id);
    },
    finds: [],
    examined: 2,
  },
]);
