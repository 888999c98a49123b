import { resources as convert } from "../convert/resources.ts";
import { recordList } from "./file-shapes.ts";
import { step } from "./step.ts";

/** What runs as which role, as somebody collected it. */
export const resources = step({
  id: "resources",
  title: "resources and the roles they run as",
  provides: ["running-as"],
  permissions: [],
  parse: recordList(),
  convert,
});
