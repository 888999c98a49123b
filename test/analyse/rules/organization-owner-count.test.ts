import { organizationOwnerCount } from "../../../src/analyse/rules/organization-owner-count.ts";
import { checkRule } from "../given.ts";

checkRule(organizationOwnerCount, [
  {
    name: "one owner is too few",
    given: (g) => void g.organizationRole(g.member("a"), "owner"),
    finds: ["sample"],
    says: "has 1 owner;",
  },
  {
    name: "two owners are enough",
    given: (g) => {
      for (const n of ["a", "b"]) g.organizationRole(g.member(n), "owner");
    },
    finds: [],
  },
  {
    name: "five owners are not too many",
    given: (g) => {
      for (const n of ["a", "b", "c", "d", "e"]) g.organizationRole(g.member(n), "owner");
    },
    finds: [],
  },
  {
    name: "six are",
    given: (g) => {
      for (const n of ["a", "b", "c", "d", "e", "f"]) g.organizationRole(g.member(n), "owner");
    },
    finds: ["sample"],
  },
  {
    name: "with members unread, too few is undecided",
    given: (g) => {
      g.organizationRole(g.member("a"), "owner");
      g.cannotRead("member", "partial", "filtered");
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "with members unread, too many is certain",
    given: (g) => {
      for (const n of ["a", "b", "c", "d", "e", "f"]) g.organizationRole(g.member(n), "owner");
      g.cannotRead("member", "partial", "filtered");
    },
    finds: ["sample"],
  },
]);
