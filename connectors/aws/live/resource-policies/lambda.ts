import { allPages } from "../../../shared/paging.ts";
import type { RawResourcePolicy } from "../../raw.ts";
import { each, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";
import { orNull } from "./buckets.ts";

/** Policies of functions themselves; those of a single alias or version are not asked for. */
export const lambda = {
  service: "lambda",
  permissions: ["lambda:ListFunctions", "lambda:GetPolicy"],
  types: {
    async "lambda:function"(place) {
      const sdk = await import("@aws-sdk/client-lambda");
      const client = place.client("lambda", (config) => new sdk.LambdaClient(config));
      const arns = await allPages(async (Marker) => {
        const answer = await client.send(new sdk.ListFunctionsCommand({ Marker }));
        return {
          items: (answer.Functions ?? []).flatMap(({ FunctionArn }) => FunctionArn ?? []),
          next: tokenOf(answer.NextMarker),
        };
      });
      return each(place, "lambda:GetPolicy", arns, async (arn) => {
        const policy = await orNull(
          "ResourceNotFoundException",
          async () => (await client.send(new sdk.GetPolicyCommand({ FunctionName: arn }))).Policy,
        );
        return { arn, type: "lambda:function", policy: policy ?? null };
      });
    },
  },
} as const satisfies ServiceReads<RawResourcePolicy>;
