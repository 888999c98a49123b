import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { found, rolesOf, tokenOf, type Place } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Jobs, development endpoints and interactive sessions. Their arguments and keys are not kept. */
export const glue = {
  service: "glue",
  permissions: ["glue:GetJobs", "glue:GetDevEndpoints", "glue:ListSessions"],
  types: {
    async "glue:job"(place) {
      const { sdk, client } = await opened(place);
      const jobs = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.GetJobsCommand({ NextToken }));
        return { items: answer.Jobs ?? [], next: tokenOf(answer.NextToken) };
      });
      return found(jobs.map(({ Name, Role }) => resource(place, "glue:job", `job/${Name ?? ""}`, Role)));
    },
    async "glue:devendpoint"(place) {
      const { sdk, client } = await opened(place);
      const endpoints = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.GetDevEndpointsCommand({ NextToken }));
        return { items: answer.DevEndpoints ?? [], next: tokenOf(answer.NextToken) };
      });
      return found(
        endpoints.map(({ EndpointName, RoleArn }) =>
          resource(place, "glue:devendpoint", `devEndpoint/${EndpointName ?? ""}`, RoleArn),
        ),
      );
    },
    async "glue:session"(place) {
      const { sdk, client } = await opened(place);
      const sessions = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListSessionsCommand({ NextToken }));
        return { items: answer.Sessions ?? [], next: tokenOf(answer.NextToken) };
      });
      return found(
        sessions
          .filter(({ Status }) => Status !== "STOPPED" && Status !== "FAILED" && Status !== "TIMEOUT")
          .map(({ Id, Role }) => resource(place, "glue:session", `session/${Id ?? ""}`, Role)),
      );
    },
  },
} as const satisfies ServiceReads<RawResource>;

async function opened(place: Place) {
  const sdk = await import("@aws-sdk/client-glue");
  return { sdk, client: place.client("glue", (config) => new sdk.GlueClient(config)) };
}

/** Glue names no ARNs of its own things, and of roles sometimes the name alone. */
function resource(place: Place, type: string, path: string, role: string | undefined): RawResource {
  return {
    arn: `arn:${place.partition}:glue:${place.region}:${place.tenant}:${path}`,
    type,
    roleArns: rolesOf(role === undefined || role === "" ? undefined : place.roleArn(role)),
  };
}
