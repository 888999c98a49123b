import { unownedPrincipal } from "../../../src/analyse/rules/unowned-principal.ts";
import { known } from "../../../src/model/observed.ts";
import { checkRule } from "../given.ts";

checkRule(unownedPrincipal, [
  { name: "a login nobody knows is found", given: (g) => void g.user("u"), finds: ["u"] },
  {
    name: "a mapped login is fine",
    given: (g) => {
      g.person("p1");
      g.mapped("p1", g.user("u"));
    },
    finds: [],
  },
  {
    name: "an owner is enough",
    given: (g) => {
      g.user("u");
      g.owned("aws", "u", "p1");
    },
    finds: [],
  },
  {
    name: "a tag that names a person is enough to know it",
    given: (g) => {
      g.person("p1");
      g.user("u", { tags: known({ owner: "p1@sample.example" }) });
    },
    finds: [],
  },
  {
    name: "a similar name is a suggestion, not an owner",
    given: (g) => {
      g.person("p1", { displayName: "Sample Person", email: null });
      g.user("sample.person");
    },
    finds: ["sample.person"],
    says: "perhaps Sample Person",
  },
  {
    name: "two people behind one login are undecided",
    given: (g) => {
      g.person("p1");
      g.person("p2");
      g.user("u", { tags: known({ owner: "p1@sample.example", email: "p2@sample.example" }) });
    },
    finds: [],
    undecided: 1,
  },
  { name: "roles are not logins", given: (g) => void g.role("r"), finds: [], examined: 0 },
]);
