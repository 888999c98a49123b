import { z } from "zod";
import { addDays, dayOf } from "../../../src/model/instant.ts";
import {
  INVITATION_ROUTES as ROUTES,
  INVITED_DAYS,
  invitedIn,
  repositoryInvitations as convert,
} from "../convert/repository-invitations.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";
import { rawInvitationEvent, rawRepositoryInvitation } from "../raw-people.ts";
import { restCalls, type GitHubStep, type StepReader } from "../step.ts";
import { eachRepository } from "./each-repository.ts";
import { only } from "./only.ts";

/**
 * Invitations to single repositories. Nothing counts them; but one that can be accepted was sent in the last days, and the audit log
 * names the repositories in which some were. Where the log cannot be read every repository is asked.
 */
export const repositoryInvitations: GitHubStep = {
  manifest: {
    id: "repository-invitations",
    title: "invitations to repositories",
    provides: ["repository-invitation"],
    permissions: ["administration: read"],
    dependsOn: ["organization", "members", "outside-collaborators", "repositories"],
  },
  shapes: { [ROUTES.repository]: z.array(rawRepositoryInvitation), [ROUTES.log]: z.array(rawInvitationEvent) },
  mayBeEmpty: true,
  needsRepositories: true,
  async read(reader) {
    const { rest, organization, sweep } = reader;
    const log = await sent(reader);
    const asked = sweep.repositories
      .filter(log === null ? () => true : invitedIn(log.requests))
      .map(({ name }) => name);
    const { requests, gaps } = await eachRepository(asked, organization, sweep.unlisted, (place) =>
      rest.list(ROUTES.repository, place),
    );
    return { requests: [...(log?.requests ?? []), ...requests], gaps };
  },
  convert,
  // Where the log can be read, one repository in sixty.
  cost: ({ repositories, auditLog }) => restCalls(auditLog === true ? 1 + Math.ceil(repositories / 60) : repositories),
};

/** What the log says of invitations that were sent; null where it cannot be read whole, or where they do not run out (Enterprise Server). */
async function sent({ rest, organization: org, clock }: StepReader): Promise<ReadAnswer | null> {
  if (rest.isServer) return null;
  const phrase = `action:repository_invitation.create created:>=${dayOf(addDays(clock.now(), -INVITED_DAYS))}`;
  try {
    const row = only("action", "repo", "repo_id", "created_at", "@timestamp");
    const answer = await rest.list(ROUTES.log, { org, include: "web", phrase }, { row });
    return answer.gaps.length === 0 ? answer : null;
  } catch (error) {
    if (!(error instanceof Refused) || isSignIn(error)) throw error;
    return null;
  }
}
