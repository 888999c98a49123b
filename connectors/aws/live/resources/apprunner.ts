import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { each, rolesOf, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** App Runner services: the role of the code, and the one that fetches its image. Their environment is not kept. */
export const apprunner = {
  service: "apprunner",
  permissions: ["apprunner:ListServices", "apprunner:DescribeService"],
  types: {
    async "apprunner:service"(place) {
      const sdk = await import("@aws-sdk/client-apprunner");
      const client = place.client("apprunner", (config) => new sdk.AppRunnerClient(config));
      const services = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListServicesCommand({ NextToken }));
        return { items: answer.ServiceSummaryList ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "apprunner:DescribeService", services, async ({ ServiceArn: arn = "" }) => {
        const { Service } = await client.send(new sdk.DescribeServiceCommand({ ServiceArn: arn }));
        const own = Service?.InstanceConfiguration?.InstanceRoleArn;
        const access = Service?.SourceConfiguration?.AuthenticationConfiguration?.AccessRoleArn;
        return {
          arn,
          type: "apprunner:service",
          roleArns: rolesOf(own, access),
          ...(access === undefined || access === own ? {} : { executionRoleArn: access }),
        };
      });
    },
  },
} as const satisfies ServiceReads<RawResource>;
