import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { each, rolesOf, tokenOf, type Found, type Place } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

const load = () => import("@aws-sdk/client-ecs");

/** The roles of a task: its own, which the code gets, and the one that starts it. */
interface TaskRoles {
  readonly task: string | undefined;
  readonly execution: string | undefined;
}

/**
 * Task definitions, services and running tasks with their task role and their execution role. The definitions hold the
 * environment of containers: it is not kept.
 */
export const ecs = {
  service: "ecs",
  permissions: [
    "ecs:ListTaskDefinitions",
    "ecs:DescribeTaskDefinition",
    "ecs:ListClusters",
    "ecs:ListServices",
    "ecs:DescribeServices",
    "ecs:ListTasks",
    "ecs:DescribeTasks",
  ],
  types: {
    async "ecs:task-definition"(place) {
      const { sdk, client } = await opened(place);
      const arns = await allPages(async (nextToken) => {
        const answer = await client.send(new sdk.ListTaskDefinitionsCommand({ nextToken, status: "ACTIVE" }));
        return { items: answer.taskDefinitionArns ?? [], next: tokenOf(answer.nextToken) };
      });
      return each(place, "ecs:DescribeTaskDefinition", arns, async (arn) =>
        resource(arn, "ecs:task-definition", await rolesOfDefinition(place, arn)),
      );
    },
    "ecs:service": async (place) =>
      perCluster(place, async (cluster) => {
        const { sdk, client } = await opened(place);
        const arns = await allPages(async (nextToken) => {
          const answer = await client.send(new sdk.ListServicesCommand({ cluster, nextToken }));
          return { items: answer.serviceArns ?? [], next: tokenOf(answer.nextToken) };
        });
        const services = (
          await Promise.all(
            inTens(arns).map((ten) => client.send(new sdk.DescribeServicesCommand({ cluster, services: [...ten] }))),
          )
        ).flatMap(({ services: rows = [] }) => rows);
        return each(place, "ecs:DescribeTaskDefinition", services, async ({ serviceArn, taskDefinition }) =>
          resource(
            serviceArn ?? "",
            "ecs:service",
            taskDefinition === undefined ? NO_ROLES : await rolesOfDefinition(place, taskDefinition),
          ),
        );
      }),
    "ecs:task": async (place) =>
      perCluster(place, async (cluster) => {
        const { sdk, client } = await opened(place);
        const arns = await allPages(async (nextToken) => {
          const answer = await client.send(new sdk.ListTasksCommand({ cluster, nextToken }));
          return { items: answer.taskArns ?? [], next: tokenOf(answer.nextToken) };
        });
        const tasks = (
          await Promise.all(
            inTens(arns).map((ten) => client.send(new sdk.DescribeTasksCommand({ cluster, tasks: [...ten] }))),
          )
        ).flatMap(({ tasks: rows = [] }) => rows);
        return each(place, "ecs:DescribeTaskDefinition", tasks, async ({ taskArn, taskDefinitionArn, overrides }) => {
          const own = taskDefinitionArn === undefined ? NO_ROLES : await rolesOfDefinition(place, taskDefinitionArn);
          return resource(taskArn ?? "", "ecs:task", {
            task: overrides?.taskRoleArn ?? own.task,
            execution: overrides?.executionRoleArn ?? own.execution,
          });
        });
      }),
  },
} as const satisfies ServiceReads<RawResource>;

const NO_ROLES: TaskRoles = { task: undefined, execution: undefined };

async function opened(place: Place) {
  const sdk = await load();
  return { sdk, client: place.client("ecs", (config) => new sdk.ECSClient(config)) };
}

/** One definition is asked for once, however many tasks and services use it. */
const rolesOfDefinition = (place: Place, taskDefinition: string): Promise<TaskRoles> =>
  place.once(`task-definition ${taskDefinition}`, async () => {
    const { sdk, client } = await opened(place);
    const { taskDefinition: definition } = await client.send(new sdk.DescribeTaskDefinitionCommand({ taskDefinition }));
    return { task: definition?.taskRoleArn, execution: definition?.executionRoleArn };
  });

async function perCluster(
  place: Place,
  read: (cluster: string) => Promise<Found<RawResource>>,
): Promise<Found<RawResource>> {
  const clusters = await place.once("clusters", async () => {
    const { sdk, client } = await opened(place);
    return allPages(async (nextToken) => {
      const answer = await client.send(new sdk.ListClustersCommand({ nextToken }));
      return { items: answer.clusterArns ?? [], next: tokenOf(answer.nextToken) };
    });
  });
  const { items, refused } = await each(place, "ecs:ListClusters", clusters, read);
  return {
    items: items.flatMap((one) => one.items),
    refused: [...refused, ...items.flatMap((one) => one.refused)],
  };
}

function resource(arn: string, type: string, { task, execution }: TaskRoles): RawResource {
  return {
    arn,
    type,
    roleArns: rolesOf(task, execution),
    // Where both are the same role, the code gets it.
    ...(execution === undefined || execution === task ? {} : { executionRoleArn: execution }),
  };
}

/** As many as one Describe call takes of services; tasks take more. */
function inTens<T>(things: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(things.length / 10) }, (_, at) => things.slice(at * 10, at * 10 + 10));
}
