import { publicAccessBlocks as convert } from "../convert/public-access-blocks.ts";
import { recordsByName } from "./file-shapes.ts";
import { step } from "./step.ts";

/** S3's public access blocks, as somebody collected them. */
export const publicAccessBlocks = step({
  id: "public-access-blocks",
  title: "public access blocks",
  provides: [],
  permissions: [],
  parse: recordsByName("PublicAccessBlockConfiguration", true),
  convert,
});
