import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { found, rolesOf, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Functions. What AWS answers beside the role holds their environment: it is not kept. */
export const lambda = {
  service: "lambda",
  permissions: ["lambda:ListFunctions"],
  types: {
    async "lambda:function"(place) {
      const sdk = await import("@aws-sdk/client-lambda");
      const client = place.client("lambda", (config) => new sdk.LambdaClient(config));
      const functions = await allPages(async (Marker) => {
        const answer = await client.send(new sdk.ListFunctionsCommand({ Marker }));
        return { items: answer.Functions ?? [], next: tokenOf(answer.NextMarker) };
      });
      return found(
        functions.flatMap(({ FunctionArn: arn, Role }) =>
          arn === undefined ? [] : { arn, type: "lambda:function", roleArns: rolesOf(Role) },
        ),
      );
    },
  },
} as const satisfies ServiceReads<RawResource>;
