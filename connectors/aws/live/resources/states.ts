import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { each, rolesOf, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** State machines of Step Functions. Their definitions are not kept. */
export const states = {
  service: "states",
  permissions: ["states:ListStateMachines", "states:DescribeStateMachine"],
  types: {
    async "states:statemachine"(place) {
      const sdk = await import("@aws-sdk/client-sfn");
      const client = place.client("states", (config) => new sdk.SFNClient(config));
      const machines = await allPages(async (nextToken) => {
        const answer = await client.send(new sdk.ListStateMachinesCommand({ nextToken }));
        return { items: answer.stateMachines ?? [], next: tokenOf(answer.nextToken) };
      });
      return each(place, "states:DescribeStateMachine", machines, async ({ stateMachineArn: arn = "" }) => {
        // Without its data: the definition may be encrypted with a key that we need no permission for then.
        const { roleArn } = await client.send(
          new sdk.DescribeStateMachineCommand({ stateMachineArn: arn, includedData: "METADATA_ONLY" }),
        );
        return { arn, type: "states:statemachine", roleArns: rolesOf(roleArn) };
      });
    },
  },
} as const satisfies ServiceReads<RawResource>;
