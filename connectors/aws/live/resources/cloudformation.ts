import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { found, rolesOf, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Stacks with the role that changes them, where they have one. Their parameters and outputs are not kept. */
export const cloudformation = {
  service: "cloudformation",
  permissions: ["cloudformation:DescribeStacks"],
  types: {
    async "cloudformation:stack"(place) {
      const sdk = await import("@aws-sdk/client-cloudformation");
      const client = place.client("cloudformation", (config) => new sdk.CloudFormationClient(config));
      const stacks = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.DescribeStacksCommand({ NextToken }));
        return { items: answer.Stacks ?? [], next: tokenOf(answer.NextToken) };
      });
      return found(
        stacks.flatMap(({ StackId: arn, RoleARN, StackStatus }) =>
          arn === undefined || StackStatus === "DELETE_COMPLETE"
            ? []
            : { arn, type: "cloudformation:stack", roleArns: rolesOf(RoleARN) },
        ),
      );
    },
  },
} as const satisfies ServiceReads<RawResource>;
