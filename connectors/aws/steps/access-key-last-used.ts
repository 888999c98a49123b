import type { RawSteps } from "../raw.ts";
import { accessKeyLastUsed as convert } from "../convert/access-key-last-used.ts";
import { recordsByName } from "./file-shapes.ts";
import { step, SWEEP } from "./step.ts";

const parse = recordsByName("AccessKeyLastUsed");

/** When, where and with which service each access key was last used. */
export const accessKeyLastUsed = step({
  id: "access-key-last-used",
  title: "last use of access keys",
  dependsOn: [SWEEP, "access-keys"],
  provides: ["access-key-last-used"],
  permissions: ["iam:GetAccessKeyLastUsed"],
  parse: (content, file) => parse(content, file) as RawSteps["access-key-last-used"],
  convert,
});
