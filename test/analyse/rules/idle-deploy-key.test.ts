import { idleDeployKey } from "../../../src/analyse/rules/idle-deploy-key.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(idleDeployKey, [
  {
    name: "a key used last week is fine",
    given: (g) => void g.credential("deploy-key", "k", g.repository("web")),
    finds: [],
  },
  {
    name: "at the limit it is found",
    given: (g) => void g.credential("deploy-key", "k", g.repository("web"), { lastUsedAt: known(daysAgo(90)) }),
    finds: ["k"],
    says: "sample/web",
  },
  {
    name: "one that was never used counts from when it was added",
    given: (g) =>
      void g.credential("deploy-key", "k", g.repository("web"), {
        lastUsedAt: known("never"),
        createdAt: known(daysAgo(100)),
      }),
    finds: ["k"],
    says: "never used",
  },
  {
    name: "a new one is fine",
    given: (g) => void g.credential("deploy-key", "k", g.repository("web"), { lastUsedAt: known("never") }),
    finds: [],
  },
  {
    name: "unknown use is undecided",
    given: (g) => void g.credential("deploy-key", "k", g.repository("web"), { lastUsedAt: unknown("old server") }),
    finds: [],
    undecided: 1,
  },
]);
