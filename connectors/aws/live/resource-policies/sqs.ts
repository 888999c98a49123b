import { allPages } from "../../../shared/paging.ts";
import type { RawResourcePolicy } from "../../raw.ts";
import { each, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Queue policies. */
export const sqs = {
  service: "sqs",
  permissions: ["sqs:ListQueues", "sqs:GetQueueAttributes"],
  types: {
    async "sqs:queue"(place) {
      const sdk = await import("@aws-sdk/client-sqs");
      const client = place.client("sqs", (config) => new sdk.SQSClient(config));
      const queues = await allPages(async (NextToken) => {
        // Without a number AWS answers one page and no token.
        const answer = await client.send(new sdk.ListQueuesCommand({ NextToken, MaxResults: 1_000 }));
        return { items: answer.QueueUrls ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "sqs:GetQueueAttributes", queues, async (QueueUrl) => {
        const { Attributes = {} } = await client.send(
          new sdk.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy", "QueueArn"] }),
        );
        const name = QueueUrl.slice(QueueUrl.lastIndexOf("/") + 1);
        return {
          arn: Attributes.QueueArn ?? `arn:${place.partition}:sqs:${place.region}:${place.tenant}:${name}`,
          type: "sqs:queue",
          policy: tokenOf(Attributes.Policy) ?? null,
        };
      });
    },
  },
} as const satisfies ServiceReads<RawResourcePolicy>;
