import { resources as convert } from "../convert/resources.ts";
import { REGIONS_PERMISSION } from "../live/regional/regions.ts";
import { typesOf } from "../live/regional/typed-read.ts";
import { RESOURCE_SERVICES } from "../live/resources/index.ts";
import { recordList } from "./file-shapes.ts";
import { step } from "./step.ts";

/** What runs as which role, in every service that is asked. */
export const resources = step({
  id: "resources",
  title: "resources and the roles they run as",
  dependsOn: [],
  provides: ["running-as"],
  perType: { kind: "running-as", types: typesOf(RESOURCE_SERVICES) },
  // What each service needs stands in the manifest under a line of its own.
  permissions: [REGIONS_PERMISSION],
  parse: recordList(),
  convert,
});
