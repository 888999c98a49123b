import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { found, rolesOf, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Job definitions that can be used, on containers, several nodes or ECS. Environment and commands are not kept. */
export const batch = {
  service: "batch",
  permissions: ["batch:DescribeJobDefinitions"],
  types: {
    async "batch:job-definition"(place) {
      const sdk = await import("@aws-sdk/client-batch");
      const client = place.client("batch", (config) => new sdk.BatchClient(config));
      const definitions = await allPages(async (nextToken) => {
        const answer = await client.send(new sdk.DescribeJobDefinitionsCommand({ nextToken, status: "ACTIVE" }));
        return { items: answer.jobDefinitions ?? [], next: tokenOf(answer.nextToken) };
      });
      return found(
        definitions.flatMap(({ jobDefinitionArn: arn, containerProperties, nodeProperties, ecsProperties }) => {
          if (arn === undefined) return [];
          const nodes = nodeProperties?.nodeRangeProperties ?? [];
          const tasks = [
            ...(ecsProperties?.taskProperties ?? []),
            ...nodes.flatMap((node) => node.ecsProperties?.taskProperties ?? []),
          ];
          const containers = [containerProperties, ...nodes.map(({ container }) => container)];
          const own = rolesOf(
            ...containers.map((container) => container?.jobRoleArn),
            ...tasks.map(({ taskRoleArn }) => taskRoleArn),
          );
          const starting = rolesOf(
            ...containers.map((container) => container?.executionRoleArn),
            ...tasks.map(({ executionRoleArn }) => executionRoleArn),
          );
          const only = starting.filter((role) => !own.includes(role));
          return {
            arn,
            type: "batch:job-definition",
            roleArns: rolesOf(...own, ...starting),
            // Definitions of several nodes may have several: then none is singled out.
            ...(only.length === 1 && only[0] !== undefined ? { executionRoleArn: only[0] } : {}),
          };
        }),
      );
    },
  },
} as const satisfies ServiceReads<RawResource>;
