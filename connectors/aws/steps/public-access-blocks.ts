import { publicAccessBlocks as convert } from "../convert/public-access-blocks.ts";
import { PUBLIC_ACCESS_BLOCK_PERMISSIONS } from "../live/public-access-block-reads.ts";
import { recordsByName } from "./file-shapes.ts";
import { step } from "./step.ts";

/** S3's public access blocks, of the tenant and of each bucket. */
export const publicAccessBlocks = step({
  id: "public-access-blocks",
  title: "public access blocks",
  dependsOn: [],
  provides: [],
  permissions: PUBLIC_ACCESS_BLOCK_PERMISSIONS,
  parse: recordsByName("PublicAccessBlockConfiguration", true),
  convert,
});
