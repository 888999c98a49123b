import type { StepId } from "../raw.ts";
import { auditLog } from "./audit-log.ts";
import { collaborators } from "./collaborators.ts";
import type { Convert } from "./converted.ts";
import { deployKeys } from "./deploy-keys.ts";
import { fineGrainedTokens } from "./fine-grained-tokens.ts";
import { installations } from "./installations.ts";
import { invitations } from "./invitations.ts";
import { members } from "./members.ts";
import { organization } from "./organization.ts";
import { outsideCollaborators } from "./outside-collaborators.ts";
import { repositories } from "./repositories.ts";
import { teams } from "./teams.ts";

/** The one list of conversions, a step each. */
export const CONVERT: Readonly<Record<StepId, Convert>> = {
  organization,
  members,
  "outside-collaborators": outsideCollaborators,
  teams,
  repositories,
  collaborators,
  "deploy-keys": deployKeys,
  installations,
  invitations,
  "fine-grained-tokens": fineGrainedTokens,
  "audit-log": auditLog,
};
