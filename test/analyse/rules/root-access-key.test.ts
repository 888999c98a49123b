import { rootAccessKey } from "../../../src/analyse/rules/root-access-key.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule } from "../given.ts";

checkRule(rootAccessKey, [
  {
    name: "an active root key is found",
    given: (g) => void g.credential("access-key", "k", g.root().id),
    finds: ["root"],
  },
  {
    name: "an inactive root key is fine",
    given: (g) => void g.credential("access-key", "k", g.root().id, { status: known("inactive") }),
    finds: [],
  },
  {
    name: "the summary alone is enough to find it",
    given: (g) => void g.root({ attributes: { accessKeysPresent: 1 } }),
    finds: ["root"],
  },
  {
    name: "a summary that counts none is fine",
    given: (g) => void g.root({ attributes: { accessKeysPresent: 0 } }),
    finds: [],
  },
  {
    name: "neither report nor summary: undecided",
    given: (g) => void g.root({ createdAt: unknown("no report") }),
    finds: [],
    undecided: 1,
  },
]);
