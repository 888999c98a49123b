import { unusedConsolePassword } from "../../../src/analyse/rules/unused-console-password.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { checkRule, daysAgo } from "../given.ts";

checkRule(unusedConsolePassword, [
  {
    name: "a password used yesterday is fine",
    given: (g) => void g.credential("console-password", "p", g.user("u").id),
    finds: [],
  },
  {
    name: "at the limit it is found",
    given: (g) =>
      void g.credential("console-password", "p", g.user("u").id, {
        createdAt: known(daysAgo(400)),
        lastUsedAt: known(daysAgo(45)),
      }),
    finds: ["p"],
    says: "for 45 days",
  },
  {
    name: "one that was set anew after its last use is as young as it is",
    given: (g) =>
      void g.credential("console-password", "p", g.user("u").id, {
        createdAt: known(daysAgo(3)),
        lastUsedAt: known(daysAgo(200)),
      }),
    finds: [],
  },
  {
    name: "a password that was never used counts from when it was set",
    given: (g) =>
      void g.credential("console-password", "p", g.user("u").id, {
        lastUsedAt: known("never"),
        createdAt: known(daysAgo(50)),
      }),
    finds: ["p"],
    says: "since the password was set",
  },
  {
    name: "a fresh password that was not used yet is fine",
    given: (g) =>
      void g.credential("console-password", "p", g.user("u").id, {
        lastUsedAt: known("never"),
        createdAt: known(daysAgo(5)),
      }),
    finds: [],
  },
  {
    name: "without the credential report it is undecided",
    given: (g) =>
      void g.credential("console-password", "p", g.user("u").id, {
        lastUsedAt: unknown("only the credential report says it"),
      }),
    finds: [],
    undecided: 1,
  },
]);
