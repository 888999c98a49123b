import { capturedWithUse, needed, type GitHubOperation } from "./operation.ts";

/** Cancels a person's seat of Copilot: it ends with the billing cycle. Giving it again before or after that bills it again. */
export const cancelCopilotSeat: GitHubOperation = {
  id: "github/cancel-copilot-seat",
  capture: async (client, target) =>
    capturedWithUse(await client.copilotSeat(needed(target, "principal").locator), () => ({})),
  revoke: (client, target) => client.cancelCopilotSeat(needed(target, "principal").locator),
  restore: (client, target) => client.addCopilotSeat(needed(target, "principal").locator),
  look: (client, target) => client.copilotSeat(needed(target, "principal").locator),
};
