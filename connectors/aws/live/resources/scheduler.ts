import { allPages } from "../../../shared/paging.ts";
import type { RawResource } from "../../raw.ts";
import { each, rolesOf, tokenOf } from "../regional/place.ts";
import type { ServiceReads } from "../regional/typed-read.ts";

/** Schedules of EventBridge Scheduler with the role that calls their target. What they send is not kept. */
export const scheduler = {
  service: "scheduler",
  permissions: ["scheduler:ListSchedules", "scheduler:GetSchedule"],
  types: {
    async "scheduler:schedule"(place) {
      const sdk = await import("@aws-sdk/client-scheduler");
      const client = place.client("scheduler", (config) => new sdk.SchedulerClient(config));
      const schedules = await allPages(async (NextToken) => {
        const answer = await client.send(new sdk.ListSchedulesCommand({ NextToken }));
        return { items: answer.Schedules ?? [], next: tokenOf(answer.NextToken) };
      });
      return each(place, "scheduler:GetSchedule", schedules, async ({ Arn: arn = "", Name, GroupName }) => {
        const { Target } = await client.send(new sdk.GetScheduleCommand({ Name, GroupName }));
        return { arn, type: "scheduler:schedule", roleArns: rolesOf(Target?.RoleArn) };
      });
    },
  },
} as const satisfies ServiceReads<RawResource>;
