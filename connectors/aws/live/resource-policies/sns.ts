import { allPages } from "../../../shared/paging.ts";
import type { RawResourcePolicy } from "../../raw.ts";
import { each, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Topic policies. */
export const sns = {
  service: "sns",
  permissions: ["sns:ListTopics", "sns:GetTopicAttributes"],
  types: {
    async "sns:topic"(place) {
      const sdk = await import("@aws-sdk/client-sns");
      const client = place.client("sns", (config) => new sdk.SNSClient(config));
      const topics = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListTopicsCommand({ NextToken }));
        return { items: answer.Topics ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "sns:GetTopicAttributes", topics, async ({ TopicArn = "" }) => {
        const { Attributes } = await client.send(new sdk.GetTopicAttributesCommand({ TopicArn }));
        return { arn: TopicArn, type: "sns:topic", policy: tokenOf(Attributes?.["Policy"]) ?? null };
      });
    },
  },
} as const satisfies ServiceReads<RawResourcePolicy>;
