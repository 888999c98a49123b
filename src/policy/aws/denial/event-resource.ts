import type { ActionTable } from "../action-table.ts";
import { arnPattern } from "../arn-pattern.ts";
import { namedResource, tenantOf } from "./named.ts";
import { listAt, record, recordAt, textAt, type JsonRecord } from "./record.ts";

/** A resource an event names, and whose it is where the event tells. */
export interface EventResource {
  readonly name: string;
  readonly tenant: string | null;
}

/** Where a call was made; what an ARN is made of. */
interface Place {
  readonly partition: string;
  readonly region: string;
  readonly tenant: string;
}

/** The resource one request parameter of a service names. */
interface Rule {
  readonly service: string;
  readonly parameter: string;
  /** An ARN, or the short form AWS uses itself where the ARN is not known from a name. */
  readonly resource: (value: string, place: Place, parameters: JsonRecord) => string | null;
}

/** `arn:aws:<service>:<region>:<tenant>:<before><name>` for a plain name. */
function named(service: string, parameter: string, before: string): Rule {
  return {
    service,
    parameter,
    resource: (value, { partition, region, tenant }) =>
      /^[\w.@:-][\w.@/:-]*$/.test(value) && !value.startsWith("arn:")
        ? `arn:${partition}:${service}:${region}:${tenant}:${before}${value.replace(before.endsWith("/") ? /^\// : /^(?!)/, "")}`
        : null,
  };
}

/** The path of an IAM entity is part of its ARN and not of the parameter: AWS says `role Deploy` as well. */
function short(parameter: string, kind: string): Rule {
  return { service: "iam", parameter, resource: (value) => `${kind} ${value}` };
}

const RULES: readonly Rule[] = [
  {
    service: "s3",
    parameter: "bucketName",
    resource: (bucket, { partition }, parameters) => {
      const key = textAt(parameters, "key");
      return `arn:${partition}:s3:::${bucket}${key === null ? "" : `/${key}`}`;
    },
  },
  { service: "s3", parameter: "bucketName", resource: (bucket, { partition }) => `arn:${partition}:s3:::${bucket}` },
  {
    service: "lambda",
    parameter: "functionName",
    resource: (value, { partition, region, tenant }) =>
      /^[\w-]+$/.test(value) ? `arn:${partition}:lambda:${region}:${tenant}:function:${value}` : null,
  },
  {
    service: "sqs",
    parameter: "queueUrl",
    resource: (value, { partition }) => {
      const url =
        /^https:\/\/(?:sqs\.([a-z\d-]+)|([a-z\d-]+)\.queue)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]+)$/.exec(value);
      return url === null ? null : `arn:${partition}:sqs:${url[1] ?? url[2]}:${url[3]}:${url[4]}`;
    },
  },
  {
    service: "kms",
    parameter: "keyId",
    resource: (value, { partition, region, tenant }) =>
      /^(?:mrk-)?[\da-f-]{32,36}$/i.test(value) ? `arn:${partition}:kms:${region}:${tenant}:key/${value}` : value,
  },
  { service: "secretsmanager", parameter: "secretId", resource: (value) => value },
  named("dynamodb", "tableName", "table/"),
  named("kinesis", "streamName", "stream/"),
  named("logs", "logGroupName", "log-group:"),
  named("ecr", "repositoryName", "repository/"),
  named("ssm", "name", "parameter/"),
  named("ec2", "instanceId", "instance/"),
  named("eks", "name", "cluster/"),
  named("ecs", "cluster", "cluster/"),
  named("rds", "dBInstanceIdentifier", "db:"),
  named("codebuild", "projectName", "project/"),
  named("codecommit", "repositoryName", ""),
  short("roleName", "role"),
  short("userName", "user"),
  short("groupName", "group"),
  short("instanceProfileName", "instance profile"),
];

/**
 * The resource an action was asked for: the one of `resources`, else of the request's parameters, whose ARN fits the action.
 * Null where several fit or none: nothing is picked by chance.
 */
export function eventResource(event: JsonRecord, action: string, actions: ActionTable): EventResource | null {
  const fits = fitting(action, actions);
  const listed = listAt(event, "resources").flatMap((item): readonly EventResource[] => {
    const arn = namedResource(textAt(record(item), "ARN") ?? textAt(record(item), "arn") ?? "");
    if (arn === null || !arn.startsWith("arn:")) return [];
    return [{ name: arn, tenant: textAt(record(item), "accountId") ?? tenantOf(arn) }];
  });
  return only(listed.filter(({ name }) => fits(name))) ?? only(fromParameters(event, action, fits));
}

/** Both sides of a copy in S3; null where the event does not name them. */
export function copySides(event: JsonRecord): { readonly from: string | null; readonly to: string | null } {
  const parameters = recordAt(event, "requestParameters");
  const source = textAt(parameters, "x-amz-copy-source")
    ?.replace(/^\//, "")
    .replace(/\?versionId=.*$/, "");
  const bucket = textAt(parameters, "bucketName");
  const key = textAt(parameters, "key");
  const { partition } = placeOf(event);
  return {
    from:
      source === undefined || source.startsWith("arn:") ? (source ?? null) : `arn:${partition}:s3:::${decoded(source)}`,
    to: bucket === null || key === null ? null : `arn:${partition}:s3:::${bucket}/${key}`,
  };
}

function fromParameters(event: JsonRecord, action: string, fits: (arn: string) => boolean): readonly EventResource[] {
  const parameters = recordAt(event, "requestParameters");
  if (parameters === null) return [];
  const place = placeOf(event);
  const service = action.slice(0, action.indexOf(":")).toLowerCase();
  const found = Object.keys(parameters).flatMap((name): readonly string[] => {
    const value = textAt(parameters, name);
    if (value === null) return [];
    if (value.startsWith("arn:")) return namedResource(value) === null ? [] : [value];
    return RULES.filter((rule) => rule.service === service && rule.parameter === name).flatMap(
      (rule) => rule.resource(value, place, parameters) ?? [],
    );
  });
  const whole = [...new Set(found)].filter((name) => !name.startsWith("arn:") || fits(name));
  return whole.map((name) => ({ name, tenant: tenantOf(name) }));
}

/** Whether an ARN is of a type the action can be limited to; the action's own types have placeholders as stars. */
function fitting(action: string, actions: ActionTable): (arn: string) => boolean {
  const id = actions.idOf(action);
  const types = id === undefined ? [] : actions.resourceTypesOf(id).flatMap(({ arns }) => arns);
  return (arn) => types.some((type) => arnPattern(type).test(arn) && sameDepth(type, arn));
}

/** `arn:*:s3:::*` is a bucket, of which no object is one: its star takes no slash. */
function sameDepth(type: string, arn: string): boolean {
  return !type.endsWith(":s3:::*") || !arn.slice(arn.lastIndexOf(":")).includes("/");
}

function placeOf(event: JsonRecord): Place {
  const region = textAt(event, "awsRegion") ?? "";
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  const own = textAt(recordAt(event, "userIdentity"), "accountId");
  return { partition, region, tenant: own ?? textAt(event, "recipientAccountId") ?? "" };
}

function only<T>(list: readonly T[]): T | null {
  return list.length === 1 ? (list[0] ?? null) : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
