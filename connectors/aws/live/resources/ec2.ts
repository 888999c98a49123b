import type { RawResource } from "../../raw.ts";
import { lookedUp } from "../refusal.ts";
import { found } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";
import { instancesOf, profilesOf } from "./instances.ts";

/** Instances, with the role that their instance profile gives them, and the profiles themselves. */
export const ec2 = {
  service: "ec2",
  permissions: ["ec2:DescribeInstances", "iam:ListInstanceProfiles"],
  types: {
    async "ec2:instance"(place) {
      const instances = await instancesOf(place);
      const inProfile = instances.filter(({ profileArn }) => profileArn !== undefined);
      const profiles =
        inProfile.length === 0
          ? ({ state: "found", value: new Map<string, readonly string[]>() } as const)
          : await lookedUp("iam:ListInstanceProfiles", () => profilesOf(place));
      const roles = profiles.state === "found" ? profiles.value : undefined;
      const items = instances.map(({ arn, profileArn }): RawResource => {
        if (profileArn === undefined) return { arn, type: "ec2:instance", roleArns: [] };
        const known = roles?.get(profileArn);
        return {
          arn,
          type: "ec2:instance",
          instanceProfileArn: profileArn,
          ...(known === undefined ? {} : { roleArns: known }),
        };
      });
      // The instances are there; which role they have is not known.
      const refused = profiles.state === "unreadable" ? inProfile.map(() => profiles.why) : [];
      return { items, refused };
    },
    async "iam:instance-profile"(place) {
      return found(
        [...(await profilesOf(place))].map(([arn, roleArns]) => ({ arn, type: "iam:instance-profile", roleArns })),
      );
    },
  },
  global: ["iam:instance-profile"],
} as const satisfies ServiceReads<RawResource>;
