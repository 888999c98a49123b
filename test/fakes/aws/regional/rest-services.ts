import { AwsFault } from "../aws-fault.ts";
import { arnOf, pageOf, policyText, roleArn, thingNamed, thingsOf, type RegionalHandlers } from "./thing.ts";

/** One operation of a service that has a path for each: what matches, and the members that stand in the path. */
interface Route {
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
}

/** Operations by path. */
export const ROUTES: readonly Route[] = [
  { service: "lambda", operation: "ListFunctions", method: "GET", path: /^\/2015-03-31\/functions\/?$/ },
  {
    service: "lambda",
    operation: "GetPolicy",
    method: "GET",
    path: /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/policy$/,
  },
  { service: "batch", operation: "DescribeJobDefinitions", method: "POST", path: /^\/v1\/describejobdefinitions$/ },
  { service: "scheduler", operation: "ListSchedules", method: "GET", path: /^\/schedules$/ },
  { service: "scheduler", operation: "GetSchedule", method: "GET", path: /^\/schedules\/(?<Name>[^/]+)$/ },
];

/** Handlers of the services with paths, answers in JSON, by the name that calls are signed for. */
export const REST_SERVICES: Readonly<Record<string, RegionalHandlers>> = {
  lambda: {
    ListFunctions: (input, call) =>
      pageOf(call, thingsOf(call, "lambda:function"), input["Marker"], ["Functions", "NextMarker"], (one) => ({
        FunctionName: one.name,
        FunctionArn: arnOf(call, "lambda:function", one),
        Role: roleArn(call, one.role),
        Environment: { Variables: { DB_PASSWORD: call.canary } },
      })),
    GetPolicy(input, call) {
      const one = thingNamed(call, "lambda:function", input["FunctionName"], "ResourceNotFoundException");
      const Policy = policyText(one);
      if (Policy === undefined) throw new AwsFault("ResourceNotFoundException", "no policy", 404);
      return { Policy };
    },
  },
  batch: {
    DescribeJobDefinitions: (input, call) =>
      pageOf(
        call,
        thingsOf(call, "batch:job-definition").filter(({ ended }) => ended !== true),
        input["nextToken"],
        ["jobDefinitions", "nextToken"],
        (one) => ({
          jobDefinitionArn: arnOf(call, "batch:job-definition", one),
          containerProperties: {
            jobRoleArn: roleArn(call, one.role),
            executionRoleArn: roleArn(call, one.executionRole),
            environment: [{ name: "KEY", value: call.canary }],
          },
        }),
      ),
  },
  scheduler: {
    ListSchedules: (input, call) =>
      pageOf(call, thingsOf(call, "scheduler:schedule"), input["NextToken"], ["Schedules", "NextToken"], (one) => ({
        Name: one.name,
        GroupName: "default",
        Arn: arnOf(call, "scheduler:schedule", one),
      })),
    GetSchedule(input, call) {
      const one = thingNamed(call, "scheduler:schedule", input["Name"], "ResourceNotFoundException");
      return { Name: one.name, Target: { RoleArn: roleArn(call, one.role), Input: `{"token":"${call.canary}"}` } };
    },
  },
};
