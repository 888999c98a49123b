import type { RawResourcePolicy } from "../../raw.ts";
import type { ServiceReads } from "../regional/typed-read.ts";
import { kms } from "./kms.ts";
import { lambda } from "./lambda.ts";
import { s3 } from "./s3.ts";
import { secretsmanager } from "./secretsmanager.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";

/** The one list of services whose resources have policies of their own. */
export const POLICY_SERVICES = [
  kms,
  lambda,
  s3,
  secretsmanager,
  sns,
  sqs,
] as const satisfies readonly ServiceReads<RawResourcePolicy>[];
