import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { found, rolesOf, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Build projects with their roles. AWS answers their environment as well: it is not kept. */
export const codebuild = {
  service: "codebuild",
  permissions: ["codebuild:ListProjects", "codebuild:BatchGetProjects"],
  types: {
    async "codebuild:project"(place) {
      const sdk = await import("@aws-sdk/client-codebuild");
      const client = place.client("codebuild", (config) => new sdk.CodeBuildClient(config));
      const projects = await allPages(async (nextToken) => {
        const answer = await client.send(new sdk.ListProjectsCommand({ nextToken }));
        const names = answer.projects ?? [];
        // A page of names is as long as one call for projects may be.
        const page = names.length === 0 ? [] : (await client.send(new sdk.BatchGetProjectsCommand({ names }))).projects;
        return { items: page ?? [], next: tokenOf(answer.nextToken) };
      });
      return found(
        projects.flatMap(({ arn, serviceRole, buildBatchConfig, resourceAccessRole }) =>
          arn === undefined
            ? []
            : {
                arn,
                type: "codebuild:project",
                roleArns: rolesOf(
                  ...[serviceRole, buildBatchConfig?.serviceRole, resourceAccessRole].map((role) =>
                    role === undefined ? role : place.roleArn(role),
                  ),
                ),
              },
        ),
      );
    },
  },
} as const satisfies ServiceReads<RawResource>;
