import type { GitHubStep } from "../step.ts";
import { auditLog } from "./audit-log.ts";
import { collaborators } from "./collaborators.ts";
import { deployKeys } from "./deploy-keys.ts";
import { fineGrainedTokens } from "./fine-grained-tokens.ts";
import { installations } from "./installations.ts";
import { invitations } from "./invitations.ts";
import { members } from "./members.ts";
import { organization } from "./organization.ts";
import { outsideCollaborators } from "./outside-collaborators.ts";
import { repositories } from "./repositories.ts";
import { teams } from "./teams.ts";

/** The one list of steps, dependencies before dependants. */
export const STEPS: readonly GitHubStep[] = [
  organization,
  members,
  outsideCollaborators,
  teams,
  repositories,
  collaborators,
  deployKeys,
  installations,
  invitations,
  fineGrainedTokens,
  auditLog,
];

/** The step of that id. Throws on an id nobody has: that is our bug. */
export function stepOf(id: string): GitHubStep {
  const step = STEPS.find(({ manifest }) => manifest.id === id);
  if (step === undefined) throw new RangeError(`no step ${id}`);
  return step;
}
