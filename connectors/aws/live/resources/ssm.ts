import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { lookedUp } from "../refusal.ts";
import { rolesOf, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";
import { instancesOf, profilesOf } from "./instances.ts";

/**
 * Machines that Systems Manager can run commands on. One of EC2 runs as the role of its instance, any other as the role that
 * it was registered with.
 */
export const ssm = {
  service: "ssm",
  permissions: ["ssm:DescribeInstanceInformation", "ec2:DescribeInstances", "iam:ListInstanceProfiles"],
  types: {
    async "ssm:managed-instance"(place) {
      const sdk = await import("@aws-sdk/client-ssm");
      const client = place.client("ssm", (config) => new sdk.SSMClient(config));
      const machines = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.DescribeInstanceInformationCommand({ NextToken }));
        return { items: answer.InstanceInformationList ?? [], next: tokenOf(answer.NextToken) };
      });
      const ofEc2 = machines.filter(({ InstanceId = "" }) => InstanceId.startsWith("i-"));
      const roles =
        ofEc2.length === 0
          ? ({ state: "absent" } as const)
          : await lookedUp("ec2:DescribeInstances", async () => {
              const [instances, profiles] = await Promise.all([instancesOf(place), profilesOf(place)]);
              return new Map(
                instances.map(({ id, arn, profileArn }) => [
                  id,
                  { arn, roleArns: profileArn === undefined ? [] : profiles.get(profileArn) },
                ]),
              );
            });
      const items = machines.map(({ InstanceId = "", IamRole }): RawResource => {
        const arn = `arn:${place.partition}:ssm:${place.region}:${place.tenant}:managed-instance/${InstanceId}`;
        const type = "ssm:managed-instance";
        if (!InstanceId.startsWith("i-"))
          return { arn, type, roleArns: rolesOf(IamRole === undefined ? undefined : place.roleArn(IamRole)) };
        const of = roles.state === "found" ? roles.value.get(InstanceId) : undefined;
        return {
          arn,
          type,
          instanceArn: of?.arn ?? `arn:${place.partition}:ec2:${place.region}:${place.tenant}:instance/${InstanceId}`,
          ...(of?.roleArns === undefined ? {} : { roleArns: of.roleArns }),
        };
      });
      return { items, refused: roles.state === "unreadable" ? ofEc2.map(() => roles.why) : [] };
    },
  },
} as const satisfies ServiceReads<RawResource>;
