import { deployKeyCanWrite } from "../../../src/analyse/rules/deploy-key-can-write.ts";
import { checkRule } from "../given.ts";

checkRule(deployKeyCanWrite, [
  {
    name: "a key that may write is found",
    given: (g) => void g.credential("deploy-key", "k", g.repository("web"), { attributes: { readOnly: false } }),
    finds: ["k"],
  },
  {
    name: "a read-only key is fine",
    given: (g) => void g.credential("deploy-key", "k", g.repository("web"), { attributes: { readOnly: true } }),
    finds: [],
  },
  {
    name: "one that does not say is undecided",
    given: (g) => void g.credential("deploy-key", "k", g.repository("web")),
    finds: [],
    undecided: 1,
  },
]);
