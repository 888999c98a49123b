import type { RawResource } from "../../raw.ts";
import type { ServiceReads } from "../regional/typed-read.ts";
import { apprunner } from "./apprunner.ts";
import { batch } from "./batch.ts";
import { cloudformation } from "./cloudformation.ts";
import { codebuild } from "./codebuild.ts";
import { ec2 } from "./ec2.ts";
import { ecs } from "./ecs.ts";
import { glue } from "./glue.ts";
import { lambda } from "./lambda.ts";
import { sagemaker } from "./sagemaker.ts";
import { scheduler } from "./scheduler.ts";
import { ssm } from "./ssm.ts";
import { states } from "./states.ts";

/** The one list of services whose resources run as roles. */
export const RESOURCE_SERVICES = [
  apprunner,
  batch,
  cloudformation,
  codebuild,
  ec2,
  ecs,
  glue,
  lambda,
  sagemaker,
  scheduler,
  ssm,
  states,
] as const satisfies readonly ServiceReads<RawResource>[];
