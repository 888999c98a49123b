import { allPages } from "../../../shared/paging.ts";
import { nextOf } from "../iam-page.ts";
import { tokenOf, type Place } from "../regional/place.ts";

/** An EC2 instance, as far as it matters here: its user data are never asked for. */
export interface Instance {
  readonly id: string;
  readonly arn: string;
  readonly profileArn: string | undefined;
}

/** The instances of a region that are not gone for good. */
export const instancesOf = (place: Place): Promise<readonly Instance[]> =>
  place.once("instances", async () => {
    const sdk = await import("@aws-sdk/client-ec2");
    const client = place.client("ec2", (config) => new sdk.EC2Client(config));
    const reservations = await allPages(async (NextToken) => {
      const answer = await client.send(new sdk.DescribeInstancesCommand({ NextToken }));
      return { items: answer.Reservations ?? [], next: tokenOf(answer.NextToken) };
    });
    return reservations.flatMap(({ Instances = [], OwnerId = place.tenant }) =>
      Instances.flatMap(({ InstanceId: id, IamInstanceProfile, State }) =>
        id === undefined || State?.Name === "terminated"
          ? []
          : {
              id,
              arn: `arn:${place.partition}:ec2:${place.region}:${OwnerId}:instance/${id}`,
              profileArn: IamInstanceProfile?.Arn,
            },
      ),
    );
  });

/** The roles in each instance profile, by ARN of the profile. */
export const profilesOf = (place: Place): Promise<ReadonlyMap<string, readonly string[]>> => {
  // Profiles are in no region: one list serves all of them.
  const { home } = place;
  return home.once("instance-profiles", async () => {
    const sdk = await import("@aws-sdk/client-iam");
    const client = home.client("iam", (config) => new sdk.IAMClient(config));
    const profiles = await allPages(async (Marker) => {
      const answer = await client.send(new sdk.ListInstanceProfilesCommand({ Marker }));
      return { items: answer.InstanceProfiles ?? [], next: nextOf(answer) };
    });
    return new Map(
      profiles.flatMap(({ Arn, Roles = [] }) =>
        Arn === undefined ? [] : [[Arn, Roles.flatMap(({ Arn: role }) => role ?? [])] as const],
      ),
    );
  });
};
