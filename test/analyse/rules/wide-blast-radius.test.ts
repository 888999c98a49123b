import { wideBlastRadius } from "../../../src/analyse/rules/wide-blast-radius.ts";
import { allow, checkRule, document, type Given } from "../given.ts";

const keysOf = (names: readonly string[], more: object = {}): string =>
  document(
    allow("iam:CreateAccessKey", { Resource: names.map((name) => `arn:aws:iam::111122223333:user/${name}`), ...more }),
  );
/** So many users, and the names of the first few. */
const users = (g: Given, count: number): string[] =>
  Array.from({ length: count }, (_, at) => g.user(`u${at}`).displayName);

checkRule(wideBlastRadius, [
  {
    name: "who may make keys for five of ten is found, with how many and for whom",
    given: (g) => void g.inline(g.user("desk"), "keys", keysOf(users(g, 9).slice(0, 5))),
    finds: ["desk"],
    says: "`desk` can become 5 other principals (50 %), among them `u0`, `u1`, `u2`",
    examined: 10,
  },
  {
    name: "four are too few",
    given: (g) => void g.inline(g.user("desk"), "keys", keysOf(users(g, 9).slice(0, 4))),
    finds: [],
  },
  {
    name: "five of a hundred are a small share",
    given: (g) => void g.inline(g.user("desk"), "keys", keysOf(users(g, 99).slice(0, 5))),
    finds: [],
    examined: 100,
  },
  {
    name: "who reaches an administrator is told as that",
    given: (g) => {
      g.inline(g.user("desk"), "keys", keysOf([...users(g, 6), "boss"]));
      g.attach(g.user("boss"), "everything", document(allow("*")));
    },
    finds: [],
  },
  {
    name: "what hangs on a condition is not counted",
    given: (g) =>
      void g.inline(
        g.user("desk"),
        "keys",
        keysOf(users(g, 9), { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
      ),
    finds: [],
  },
  {
    name: "those reached in two steps count",
    given: (g) => {
      const names = users(g, 8);
      g.inline(g.user("first"), "keys", keysOf(["second"]));
      g.inline(g.user("second"), "keys", keysOf(names.slice(0, 5)));
    },
    finds: ["first", "second"],
    says: "`first` can become 6",
  },
]);
