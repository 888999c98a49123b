import { serviceLastAccessed as convert } from "../convert/service-last-accessed.ts";
import type { RawSteps } from "../raw.ts";
import { recordsByName } from "./file-shapes.ts";
import { step } from "./step.ts";

const parse = recordsByName("ServiceLastAccessed");

/** Which services each user and role used; one asynchronous job per principal. */
export const serviceLastAccessed = step({
  id: "service-last-accessed",
  title: "services last used",
  provides: ["service-last-accessed"],
  permissions: ["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"],
  parse: (content, file) => parse(content, file) as RawSteps["service-last-accessed"],
  convert,
});
