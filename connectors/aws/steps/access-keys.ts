import { accessKeys as convert } from "../convert/access-keys.ts";
import { listsByUser } from "./file-shapes.ts";
import { step } from "./step.ts";

/** Access keys of every user, without their last use. */
export const accessKeys = step({
  id: "access-keys",
  title: "access keys",
  provides: ["access-key"],
  permissions: ["iam:ListAccessKeys"],
  parse: listsByUser("AccessKeyMetadata"),
  convert,
});
