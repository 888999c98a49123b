import { AwsFault } from "../aws-fault.ts";
import type { PolicyDocument } from "../seed.ts";
import type { TenantState } from "../tenant-state.ts";

/** Something outside IAM. Which members count depends on its type. */
export interface Thing {
  readonly name: string;
  /** Name of the role it runs as; an ARN where the service answers one. */
  readonly role?: string;
  /** Name of the role that only starts it. */
  readonly executionRole?: string;
  readonly policy?: PolicyDocument;
  /** Name of the instance profile of an EC2 instance. */
  readonly profile?: string;
  readonly cluster?: string;
  /** Name and revision of the task definition of an ECS service or task. */
  readonly definition?: string;
  /** It is over: an ended job, a terminated instance, a stopped session. */
  readonly ended?: boolean;
  /** Its details are refused, as a policy of its own can do. */
  readonly refused?: boolean;
}

/** Everything in one region by type, in order. */
export type RegionSeed = Readonly<Record<string, readonly Thing[]>>;

/** The last part of an ARN by type of resource (service authorization reference). */
const FORMS: Readonly<Record<string, (thing: Thing) => string>> = {
  "lambda:function": ({ name }) => `function:${name}`,
  "ec2:instance": ({ name }) => `instance/${name}`,
  "ecs:cluster": ({ name }) => `cluster/${name}`,
  "ecs:task-definition": ({ name }) => `task-definition/${name}`,
  "ecs:service": ({ name, cluster = "" }) => `service/${cluster}/${name}`,
  "ecs:task": ({ name, cluster = "" }) => `task/${cluster}/${name}`,
  "codebuild:project": ({ name }) => `project/${name}`,
  "cloudformation:stack": ({ name }) => `stack/${name}/0a1b2c3d`,
  "sagemaker:notebook-instance": ({ name }) => `notebook-instance/${name}`,
  "sagemaker:processing-job": ({ name }) => `processing-job/${name}`,
  "sagemaker:training-job": ({ name }) => `training-job/${name}`,
  "sagemaker:domain": ({ name }) => `domain/${name}`,
  "states:statemachine": ({ name }) => `stateMachine:${name}`,
  "apprunner:service": ({ name }) => `service/${name}/0a1b2c3d`,
  "batch:job-definition": ({ name }) => `job-definition/${name}:1`,
  "scheduler:schedule": ({ name }) => `schedule/default/${name}`,
  "kms:key": ({ name }) => `key/${name}`,
  "sqs:queue": ({ name }) => name,
  "sns:topic": ({ name }) => name,
  "secretsmanager:Secret": ({ name }) => `secret:${name}-AbCdEf`,
};

/** What one call outside IAM may use. */
export interface RegionalCall {
  readonly tenant: TenantState;
  readonly region: string;
  readonly pageSize: number;
  /** Names the same next page again and again. */
  readonly stuck: boolean;
  /** Stands where customers keep secrets: in environments, parameters, definitions. */
  readonly canary: string;
}

/** What a client sent: the members of its input, whatever protocol it came by. */
export type Input = Readonly<Record<string, unknown>>;

/** Handlers by operation. */
export type RegionalHandlers = Readonly<Record<string, (input: Input, call: RegionalCall) => object>>;

/** The things of a type in the region of a call. */
export const thingsOf = ({ tenant, region }: RegionalCall, type: string): readonly Thing[] =>
  tenant.regions.get(region)?.[type] ?? [];

/** ARN of a thing. */
export const arnOf = ({ tenant, region }: RegionalCall, type: string, thing: Thing): string =>
  `arn:aws:${type.split(":")[0] ?? ""}:${region}:${tenant.id}:${FORMS[type]?.(thing) ?? thing.name}`;

/** ARN of a role by its name; nothing where there is none. */
export const roleArn = ({ tenant }: RegionalCall, role: string | undefined): string | undefined =>
  role === undefined ? undefined : role.startsWith("arn:") ? role : `arn:aws:iam::${tenant.id}:role/${role}`;

/** One page of things, with the token of the next one under the service's own name for it. */
export function pageOf<T, R>(
  call: RegionalCall,
  things: readonly T[],
  token: unknown,
  [field, tokenField]: readonly [field: string, tokenField: string],
  show: (thing: T) => R,
): Record<string, unknown> {
  const start = typeof token === "string" && token.startsWith("after-") ? Number(token.slice("after-".length)) : 0;
  const end = start + call.pageSize;
  const next = call.stuck ? "stuck" : end < things.length ? `after-${end}` : undefined;
  return { [field]: things.slice(start, end).map(show), ...(next === undefined ? {} : { [tokenField]: next }) };
}

/** The thing of that name or ARN; refused where it is one that refuses. */
export function thingNamed(call: RegionalCall, type: string, name: unknown, missing: string): Thing {
  const thing = thingsOf(call, type).find((one) => one.name === name || arnOf(call, type, one) === name);
  if (thing === undefined) throw new AwsFault(missing, `there is no ${type} ${String(name)}`, 404);
  if (thing.refused === true) throw new AwsFault("AccessDeniedException", "its own policy says no", 400);
  return thing;
}

/** A policy as the text in which services answer it. */
export const policyText = ({ policy }: Thing): string | undefined =>
  policy === undefined ? undefined : JSON.stringify(policy);
