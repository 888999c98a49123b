import { outsideCollaboratorCanWrite } from "../../../src/analyse/rules/outside-collaborator-can-write.ts";
import { checkRule } from "../given.ts";

checkRule(outsideCollaboratorCanWrite, [
  {
    name: "writing is found",
    given: (g) => void g.onRepository("collaboration", g.outsider("o").id, g.repository("web"), "write"),
    finds: ["o"],
    says: "write on web",
  },
  {
    name: "administering is found",
    given: (g) => void g.onRepository("collaboration", g.outsider("o").id, g.repository("web"), "admin"),
    finds: ["o"],
  },
  {
    name: "reading is fine",
    given: (g) => void g.onRepository("collaboration", g.outsider("o").id, g.repository("web"), "read"),
    finds: [],
  },
  {
    name: "a member who writes is fine",
    given: (g) => void g.onRepository("collaboration", g.member("m").id, g.repository("web"), "write"),
    finds: [],
  },
]);
