import { AwsFault } from "../aws-fault.ts";
import {
  arnOf,
  pageOf,
  policyText,
  roleArn,
  thingNamed,
  thingsOf,
  type RegionalCall,
  type RegionalHandlers,
} from "./thing.ts";

const ecs: RegionalHandlers = {
  ListTaskDefinitions: (input, call) =>
    pageOf(
      call,
      // A definition that was deregistered is not listed, and can be asked for all the same.
      thingsOf(call, "ecs:task-definition").filter(({ ended }) => ended !== true),
      input["nextToken"],
      ["taskDefinitionArns", "nextToken"],
      (one) => arnOf(call, "ecs:task-definition", one),
    ),
  DescribeTaskDefinition(input, call) {
    const one = thingNamed(call, "ecs:task-definition", input["taskDefinition"], "ClientException");
    return {
      taskDefinition: {
        taskDefinitionArn: arnOf(call, "ecs:task-definition", one),
        taskRoleArn: roleArn(call, one.role),
        executionRoleArn: roleArn(call, one.executionRole),
        containerDefinitions: [{ name: "app", environment: [{ name: "DB_PASSWORD", value: call.canary }] }],
      },
    };
  },
  ListClusters: (input, call) =>
    pageOf(call, thingsOf(call, "ecs:cluster"), input["nextToken"], ["clusterArns", "nextToken"], (one) =>
      arnOf(call, "ecs:cluster", one),
    ),
  ListServices: (input, call) =>
    pageOf(
      call,
      inCluster(call, "ecs:service", input["cluster"]),
      input["nextToken"],
      ["serviceArns", "nextToken"],
      (one) => arnOf(call, "ecs:service", one),
    ),
  DescribeServices: (input, call) => ({
    services: namesIn(input["services"]).map((arn) => {
      const one = thingNamed(call, "ecs:service", arn, "ServiceNotFoundException");
      return { serviceArn: arn, taskDefinition: definitionArn(call, one.definition) };
    }),
  }),
  ListTasks: (input, call) =>
    pageOf(call, inCluster(call, "ecs:task", input["cluster"]), input["nextToken"], ["taskArns", "nextToken"], (one) =>
      arnOf(call, "ecs:task", one),
    ),
  DescribeTasks: (input, call) => ({
    tasks: namesIn(input["tasks"]).map((arn) => {
      const one = thingNamed(call, "ecs:task", arn, "InvalidParameterException");
      return {
        taskArn: arn,
        taskDefinitionArn: definitionArn(call, one.definition),
        overrides: {
          taskRoleArn: roleArn(call, one.role),
          containerOverrides: [{ environment: [{ name: "TOKEN", value: call.canary }] }],
        },
      };
    }),
  }),
};

const codebuild: RegionalHandlers = {
  ListProjects: (input, call) =>
    pageOf(
      call,
      thingsOf(call, "codebuild:project"),
      input["nextToken"],
      ["projects", "nextToken"],
      ({ name }) => name,
    ),
  BatchGetProjects: (input, call) => ({
    projects: namesIn(input["names"]).map((name) => {
      const one = thingNamed(call, "codebuild:project", name, "ResourceNotFoundException");
      return {
        name,
        arn: arnOf(call, "codebuild:project", one),
        serviceRole: roleArn(call, one.role),
        environment: { environmentVariables: [{ name: "NPM_TOKEN", value: call.canary, type: "PLAINTEXT" }] },
      };
    }),
  }),
};

const glue: RegionalHandlers = {
  GetJobs: (input, call) =>
    pageOf(call, thingsOf(call, "glue:job"), input["NextToken"], ["Jobs", "NextToken"], ({ name, role }) => ({
      Name: name,
      // As people write it: Glue takes the name alone.
      Role: role,
      DefaultArguments: { "--password": call.canary },
    })),
  GetDevEndpoints: (input, call) =>
    pageOf(call, thingsOf(call, "glue:devendpoint"), input["NextToken"], ["DevEndpoints", "NextToken"], (one) => ({
      EndpointName: one.name,
      RoleArn: roleArn(call, one.role),
      Arguments: { secret: call.canary },
    })),
  ListSessions: (input, call) =>
    pageOf(call, thingsOf(call, "glue:session"), input["NextToken"], ["Sessions", "NextToken"], (one) => ({
      Id: one.name,
      Role: roleArn(call, one.role),
      Status: one.ended === true ? "STOPPED" : "READY",
      DefaultArguments: { secret: call.canary },
    })),
};

const sagemakerJobs =
  (type: string, list: string, name: string, arn: string): RegionalHandlers[string] =>
  (input, call) =>
    pageOf(
      call,
      thingsOf(call, type).filter(({ ended }) => input["StatusEquals"] !== "InProgress" || ended !== true),
      input["NextToken"],
      [list, "NextToken"],
      (one) => ({ [name]: one.name, [arn]: arnOf(call, type, one) }),
    );

const sagemakerDetails =
  (type: string, name: string): RegionalHandlers[string] =>
  (input, call) => {
    const one = thingNamed(call, type, input[name], "ResourceNotFound");
    return { RoleArn: roleArn(call, one.role), Environment: { KEY: call.canary } };
  };

const sagemaker: RegionalHandlers = {
  ListNotebookInstances: sagemakerJobs(
    "sagemaker:notebook-instance",
    "NotebookInstances",
    "NotebookInstanceName",
    "NotebookInstanceArn",
  ),
  DescribeNotebookInstance: sagemakerDetails("sagemaker:notebook-instance", "NotebookInstanceName"),
  ListProcessingJobs: sagemakerJobs(
    "sagemaker:processing-job",
    "ProcessingJobSummaries",
    "ProcessingJobName",
    "ProcessingJobArn",
  ),
  DescribeProcessingJob: sagemakerDetails("sagemaker:processing-job", "ProcessingJobName"),
  ListTrainingJobs: sagemakerJobs(
    "sagemaker:training-job",
    "TrainingJobSummaries",
    "TrainingJobName",
    "TrainingJobArn",
  ),
  DescribeTrainingJob: sagemakerDetails("sagemaker:training-job", "TrainingJobName"),
  ListDomains: (input, call) =>
    pageOf(call, thingsOf(call, "sagemaker:domain"), input["NextToken"], ["Domains", "NextToken"], (one) => ({
      DomainId: one.name,
      DomainArn: arnOf(call, "sagemaker:domain", one),
    })),
  DescribeDomain(input, call) {
    const one = thingNamed(call, "sagemaker:domain", input["DomainId"], "ResourceNotFound");
    return { DefaultUserSettings: { ExecutionRole: roleArn(call, one.role) } };
  },
};

const ssm: RegionalHandlers = {
  DescribeInstanceInformation: (input, call) =>
    pageOf(
      call,
      thingsOf(call, "ssm:managed-instance"),
      input["NextToken"],
      ["InstanceInformationList", "NextToken"],
      ({ name, role }) => ({ InstanceId: name, IamRole: role, Name: call.canary }),
    ),
};

const states: RegionalHandlers = {
  ListStateMachines: (input, call) =>
    pageOf(call, thingsOf(call, "states:statemachine"), input["nextToken"], ["stateMachines", "nextToken"], (one) => ({
      name: one.name,
      stateMachineArn: arnOf(call, "states:statemachine", one),
    })),
  DescribeStateMachine(input, call) {
    const one = thingNamed(call, "states:statemachine", input["stateMachineArn"], "StateMachineDoesNotExist");
    return { name: one.name, roleArn: roleArn(call, one.role), definition: `{"Comment":"${call.canary}"}` };
  },
};

const apprunner: RegionalHandlers = {
  ListServices: (input, call) =>
    pageOf(
      call,
      thingsOf(call, "apprunner:service"),
      input["NextToken"],
      ["ServiceSummaryList", "NextToken"],
      (one) => ({
        ServiceArn: arnOf(call, "apprunner:service", one),
      }),
    ),
  DescribeService(input, call) {
    const one = thingNamed(call, "apprunner:service", input["ServiceArn"], "ResourceNotFoundException");
    return {
      Service: {
        ServiceArn: arnOf(call, "apprunner:service", one),
        InstanceConfiguration: { InstanceRoleArn: roleArn(call, one.role) },
        SourceConfiguration: {
          AuthenticationConfiguration: { AccessRoleArn: roleArn(call, one.executionRole) },
          ImageRepository: { ImageConfiguration: { RuntimeEnvironmentVariables: { KEY: call.canary } } },
        },
      },
    };
  },
};

const kms: RegionalHandlers = {
  ListKeys(input, call) {
    const page = pageOf(call, thingsOf(call, "kms:key"), input["Marker"], ["Keys", "NextMarker"], (one) => ({
      KeyId: one.name,
      KeyArn: arnOf(call, "kms:key", one),
    }));
    return { ...page, Truncated: page["NextMarker"] !== undefined };
  },
  GetKeyPolicy: (input, call) => ({
    Policy: policyText(thingNamed(call, "kms:key", input["KeyId"], "NotFoundException")),
  }),
};

const secretsmanager: RegionalHandlers = {
  ListSecrets: (input, call) =>
    pageOf(call, thingsOf(call, "secretsmanager:Secret"), input["NextToken"], ["SecretList", "NextToken"], (one) => ({
      ARN: arnOf(call, "secretsmanager:Secret", one),
      Name: one.name,
      Description: call.canary,
    })),
  GetResourcePolicy(input, call) {
    const one = thingNamed(call, "secretsmanager:Secret", input["SecretId"], "ResourceNotFoundException");
    return { ARN: arnOf(call, "secretsmanager:Secret", one), ResourcePolicy: policyText(one) };
  },
};

const sqs: RegionalHandlers = {
  ListQueues(input, call) {
    // Without a number AWS cuts the list and says nothing of it.
    if (input["MaxResults"] === undefined) throw new AwsFault("FakeIsBroken", "a list of queues has to be paged");
    return pageOf(
      call,
      thingsOf(call, "sqs:queue"),
      input["NextToken"],
      ["QueueUrls", "NextToken"],
      ({ name }) => `https://sqs.${call.region}.amazonaws.com/${call.tenant.id}/${name}`,
    );
  },
  GetQueueAttributes(input, call) {
    const one = thingNamed(call, "sqs:queue", String(input["QueueUrl"]).split("/").at(-1), "QueueDoesNotExist");
    return { Attributes: { QueueArn: arnOf(call, "sqs:queue", one), Policy: policyText(one) } };
  },
};

/** Handlers of the services that speak JSON, by what their header names the service. */
export const JSON_SERVICES: Readonly<Record<string, RegionalHandlers>> = {
  AmazonEC2ContainerServiceV20141113: ecs,
  CodeBuild_20161006: codebuild,
  AWSGlue: glue,
  SageMaker: sagemaker,
  AmazonSSM: ssm,
  AWSStepFunctions: states,
  AppRunner: apprunner,
  TrentService: kms,
  secretsmanager,
  AmazonSQS: sqs,
};

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

function inCluster(call: RegionalCall, type: string, cluster: unknown) {
  return thingsOf(call, type).filter((one) => String(cluster).endsWith(`:cluster/${one.cluster ?? ""}`));
}

function definitionArn(call: RegionalCall, definition: string | undefined): string | undefined {
  return definition === undefined ? undefined : arnOf(call, "ecs:task-definition", { name: definition });
}
