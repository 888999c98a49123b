import { copilotSeats as convert } from "../convert/copilot-seats.ts";
import { rawSeats } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";

const ROUTE = "GET /orgs/{org}/copilot/billing/seats";

/** Copilot seats: GitHub says of each when it was last used. */
export const copilotSeats: GitHubStep = {
  manifest: {
    id: "copilot-seats",
    title: "Copilot seats",
    provides: ["copilot-seat"],
    permissions: ["organization_copilot_seat_management: read"],
    dependsOn: ["organization", "members", "outside-collaborators"],
  },
  shapes: { [ROUTE]: rawSeats },
  usually: "Copilot seats are shown to owners of organizations that pay for Copilot Business or Enterprise; ",
  read: ({ rest, organization: org }) => rest.list(ROUTE, { org }, { member: "seats" }),
  convert,
  cost: ({ members }) => restCalls(Math.max(1, Math.ceil(members / 100))),
};
