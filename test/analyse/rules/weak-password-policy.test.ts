import { weakPasswordPolicy } from "../../../src/analyse/rules/weak-password-policy.ts";
import { checkRule } from "../given.ts";

checkRule(weakPasswordPolicy, [
  {
    name: "no policy where there are passwords is found",
    given: (g) => {
      g.credential("console-password", "p", g.user("u").id);
      g.passwordPolicy({ exists: false });
    },
    finds: ["password policy"],
    says: "none is set",
  },
  {
    name: "too short is found",
    given: (g) => {
      g.credential("console-password", "p", g.user("u").id);
      g.passwordPolicy({ exists: true, minimumLength: 13, reusePrevention: 24 });
    },
    finds: ["password policy"],
    says: "length 13 instead of 14",
  },
  {
    name: "long enough without reuse is fine",
    given: (g) => {
      g.credential("console-password", "p", g.user("u").id);
      g.passwordPolicy({ exists: true, minimumLength: 14, reusePrevention: 24 });
    },
    finds: [],
  },
  {
    name: "reuse is found",
    given: (g) => {
      g.credential("console-password", "p", g.user("u").id);
      g.passwordPolicy({ exists: true, minimumLength: 20, reusePrevention: null });
    },
    finds: ["password policy"],
    says: "reuse",
  },
  {
    name: "without any password there is nothing to protect",
    given: (g) => g.passwordPolicy({ exists: false }),
    finds: [],
  },
  {
    name: "unread passwords leave it undecided",
    given: (g) => {
      g.passwordPolicy({ exists: false });
      g.cannotRead("console-password");
    },
    finds: [],
    undecided: 1,
  },
]);
