import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { found, rolesOf, tokenOf, type Place } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/**
 * Job definitions that can be used, on containers, several nodes or ECS: each revision, and under the bare name, by which a job
 * may be submitted as well, the roles of all its revisions. Environment and commands are not kept.
 */
export const batch = {
  service: "batch",
  permissions: ["batch:DescribeJobDefinitions"],
  types: {
    "batch:job-definition": async (place) => {
      const byName = Map.groupBy(await revisionsOf(place), ({ arn }) => arn.replace(/:\d+$/, ""));
      return found(
        [...byName].map(([arn, revisions]) =>
          resource(
            "batch:job-definition",
            arn,
            revisions.flatMap(({ own }) => own),
            revisions.flatMap(({ starting }) => starting),
          ),
        ),
      );
    },
    "batch:job-definition-revision": async (place) =>
      found(
        (await revisionsOf(place)).map(({ arn, own, starting }) =>
          resource("batch:job-definition-revision", arn, own, starting),
        ),
      ),
  },
} as const satisfies ServiceReads<RawResource>;

interface Revision {
  readonly arn: string;
  /** Roles that the jobs get. */
  readonly own: readonly string[];
  /** Roles that only start them. */
  readonly starting: readonly string[];
}

const revisionsOf = (place: Place): Promise<readonly Revision[]> =>
  place.once("job-definitions", async () => {
    const sdk = await import("@aws-sdk/client-batch");
    const client = place.client("batch", (config) => new sdk.BatchClient(config));
    const definitions = await allPages(async (nextToken) => {
      const answer = await client.send(new sdk.DescribeJobDefinitionsCommand({ nextToken, status: "ACTIVE" }));
      return { items: answer.jobDefinitions ?? [], next: tokenOf(answer.nextToken) };
    });
    return definitions.flatMap(({ jobDefinitionArn: arn, containerProperties, nodeProperties, ecsProperties }) => {
      if (arn === undefined) return [];
      const nodes = nodeProperties?.nodeRangeProperties ?? [];
      const containers = [containerProperties, ...nodes.map(({ container }) => container)];
      const tasks = [
        ...(ecsProperties?.taskProperties ?? []),
        ...nodes.flatMap((node) => node.ecsProperties?.taskProperties ?? []),
      ];
      return {
        arn,
        own: rolesOf(
          ...containers.map((container) => container?.jobRoleArn),
          ...tasks.map(({ taskRoleArn }) => taskRoleArn),
        ),
        starting: rolesOf(
          ...containers.map((container) => container?.executionRoleArn),
          ...tasks.map(({ executionRoleArn }) => executionRoleArn),
        ),
      };
    });
  });

function resource(type: string, arn: string, own: readonly string[], starting: readonly string[]): RawResource {
  const only = rolesOf(...starting).filter((role) => !own.includes(role));
  return {
    arn,
    type,
    roleArns: rolesOf(...own, ...starting),
    // There may be several: then none is singled out.
    ...(only.length === 1 && only[0] !== undefined ? { executionRoleArn: only[0] } : {}),
  };
}
