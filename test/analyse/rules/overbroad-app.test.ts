import { overbroadApp } from "../../../src/analyse/rules/overbroad-app.ts";
import { checkRule } from "../given.ts";

checkRule(overbroadApp, [
  {
    name: "write access to all repositories is found",
    given: (g) =>
      void g.app("a", { repositorySelection: "all", permissions: "contents:write, metadata:read", suspended: false }),
    finds: ["a"],
    says: "contents:write",
  },
  {
    name: "selected repositories are fine",
    given: (g) => void g.app("a", { repositorySelection: "selected", permissions: "contents:write" }),
    finds: [],
  },
  {
    name: "reading everything is fine",
    given: (g) => void g.app("a", { repositorySelection: "all", permissions: "contents:read, metadata:read" }),
    finds: [],
  },
  {
    name: "writing checks everywhere is fine",
    given: (g) => void g.app("a", { repositorySelection: "all", permissions: "checks:write" }),
    finds: [],
  },
  {
    name: "a suspended app is not examined",
    given: (g) => void g.app("a", { repositorySelection: "all", permissions: "contents:write", suspended: true }),
    finds: [],
    examined: 0,
  },
  {
    name: "unknown permissions are undecided",
    given: (g) => void g.app("a", { repositorySelection: "all" }),
    finds: [],
    undecided: 1,
  },
]);
