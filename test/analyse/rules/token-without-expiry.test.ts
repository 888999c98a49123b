import { tokenWithoutExpiry } from "../../../src/analyse/rules/token-without-expiry.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(tokenWithoutExpiry, [
  {
    name: "a token that never expires is found",
    given: (g) => void g.credential("fine-grained-token", "t", g.member("m").id),
    finds: ["t"],
  },
  {
    name: "one with an end is fine",
    given: (g) => void g.credential("fine-grained-token", "t", g.member("m").id, { expiresAt: known(daysAgo(-30)) }),
    finds: [],
  },
  {
    name: "an unknown end is undecided",
    given: (g) => void g.credential("fine-grained-token", "t", g.member("m").id, { expiresAt: unknown("not said") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "an expired token is not examined",
    given: (g) => void g.credential("fine-grained-token", "t", g.member("m").id, { status: known("inactive") }),
    finds: [],
    examined: 0,
  },
]);
