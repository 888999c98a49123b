import type { DataDirectory } from "../contracts/store.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Campaign } from "../model/campaign.ts";
import { readSnapshot } from "./latest-snapshot.ts";

/** What reviewers are called. */
export interface ReviewerNames {
  /** `Kai Lorem <kai.lorem@acme.example>`; what is no person of the roster (a fallback address) as it is. */
  of(reviewer: string): string;
  /** Why nobody has a name, where the campaign's snapshot could not be read. */
  readonly problem: string | null;
}

/** Reads the names of reviewers from the roster that the campaign was opened over. */
export async function reviewerNames(data: DataDirectory, campaign: Campaign): Promise<ReviewerNames> {
  try {
    const { snapshot } = await readSnapshot(data, campaign.snapshotId);
    const people = new Map(snapshot.identities.map((identity) => [identity.id, identity]));
    return {
      of: (reviewer) => {
        const person = people.get(reviewer);
        if (person === undefined) return reviewer;
        return person.email === null ? person.displayName : `${person.displayName} <${person.email}>`;
      },
      problem: null,
    };
  } catch (error) {
    // How far a review is can be told without names: a snapshot that is gone stops nothing here.
    if (!(error instanceof AuditError)) throw error;
    return { of: (reviewer) => reviewer, problem: error.message };
  }
}
