import type { Campaign } from "../model/campaign.ts";
import type { Severity } from "../model/finding.ts";
import { addDays, type Instant } from "../model/instant.ts";
import type { ReviewerRule, ReviewItem, ShownFacts } from "../model/review-item.ts";
import { SEVERITIES } from "../model/severity.ts";
import { derivedId } from "../text/stable-id.ts";
import { itemCode } from "./item-code.ts";

/** One thing that could be reviewed, with everything that choosing its reviewer and showing it needs. */
export interface Candidate {
  readonly subjectKind: "grant" | "credential";
  readonly subjectId: string;
  readonly principalId: string | null;
  readonly entitlementId: string | null;
  readonly tenantId: string;
  readonly findingIds: readonly string[];
  /** Whether a machine holds it: then never a people manager decides. */
  readonly machine: boolean;
  /** Identity that holds it, where known well enough; it never decides about itself. */
  readonly identityId: string | null;
  /** Owner of the resource or group the access is about. */
  readonly resourceOwner: string | null;
  readonly technicalOwner: string | null;
  readonly businessOwner: string | null;
  readonly managerId: string | null;
  readonly facts: Omit<ShownFacts, "changedSinceLastReview" | "lastDecision">;
  /** What makes it the same thing as last time although it may have grown: raised by new level or new grants. */
  readonly fingerprint: string;
}

/** What is known of the same thing from the campaign before. */
export interface Earlier {
  readonly subjectId: string;
  readonly reviewer: string;
  readonly fingerprint: string;
  readonly lastDecision: string;
}

/** How a campaign is opened. */
export interface OpenOptions {
  readonly name: string;
  readonly snapshotId: string;
  readonly now: Instant;
  readonly dueDays: number;
  readonly openedBy: string;
  readonly fallbackReviewer: string;
  readonly excluded: Campaign["excluded"];
}

/** Opens a campaign over frozen facts: every candidate becomes one item with a reviewer and the reason for choosing it. */
export function openCampaign(
  candidates: readonly Candidate[],
  earlier: readonly Earlier[],
  options: OpenOptions,
): { readonly campaign: Campaign; readonly items: readonly ReviewItem[] } {
  const id = derivedId("campaign", [options.name, options.snapshotId, options.now]);
  const before = new Map(earlier.map((item) => [item.subjectId, item]));
  const items = candidates.map((candidate): ReviewItem => {
    const reviewer = chooseReviewer(candidate, options.fallbackReviewer);
    const last = before.get(candidate.subjectId);
    return {
      id: derivedId("item", [id, candidate.subjectId]),
      campaignId: id,
      code: itemCode(id, candidate.subjectId),
      subjectKind: candidate.subjectKind,
      subjectId: candidate.subjectId,
      principalId: candidate.principalId,
      entitlementId: candidate.entitlementId,
      tenantId: candidate.tenantId,
      findingIds: [...candidate.findingIds].sort(),
      ...reviewer,
      version: 1,
      facts: {
        ...candidate.facts,
        changedSinceLastReview:
          last === undefined
            ? "new"
            : last.fingerprint !== candidate.fingerprint
              ? "widened"
              : last.reviewer !== reviewer.reviewer
                ? "owner_changed"
                : "same",
        lastDecision: last?.lastDecision ?? "",
      },
      state: "open",
      outcome: null,
      fingerprint: candidate.fingerprint,
    };
  });
  return {
    campaign: {
      id,
      name: options.name,
      state: "open",
      snapshotId: options.snapshotId,
      openedAt: options.now,
      dueAt: addDays(options.now, options.dueDays),
      closedAt: null,
      openedBy: options.openedBy,
      fallbackReviewer: options.fallbackReviewer,
      excluded: [...options.excluded].sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1)),
    },
    items: items.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** A reviewer, the rule that chose it, and why. */
interface Chosen {
  readonly reviewer: string;
  readonly reviewerRule: ReviewerRule;
  readonly reviewerReason: string;
}

/**
 * Resource owner first; the technical owner for machines; the manager for people; else the fallback. Nobody decides about
 * their own access: then the next rule chooses. If even the fallback is the person itself, its manager does.
 */
export function chooseReviewer(candidate: Candidate, fallback: string): Chosen {
  const rules: readonly (readonly [ReviewerRule, string | null, string])[] = [
    ["resource-owner", candidate.resourceOwner, "owns what the access is about"],
    ["technical-owner", candidate.machine ? candidate.technicalOwner : null, "answers technically for this machine"],
    ["business-owner", candidate.machine ? candidate.businessOwner : null, "answers for this machine"],
    ["manager", candidate.machine ? null : candidate.managerId, "is the manager of the person"],
    ["technical-owner", candidate.machine ? null : candidate.technicalOwner, "answers technically for this login"],
    ["business-owner", candidate.machine ? null : candidate.businessOwner, "answers for this login"],
    ["fallback", fallback, "decides where nobody else could be found"],
    ["manager", candidate.managerId, "is the manager, because the fallback would decide about its own access"],
  ];
  const self = rules.find(([, who]) => who !== null && who === candidate.identityId);
  for (const [rule, who, why] of rules) {
    if (who === null || who === candidate.identityId) continue;
    const skipped =
      self === undefined || rules.indexOf(self) > rules.findIndex((entry) => entry[1] === who)
        ? ""
        : ", because nobody decides about their own access";
    return { reviewer: who, reviewerRule: rule, reviewerReason: `${why}${skipped}` };
  }
  // INVARIANT: an item without anybody to decide is given to the fallback by name and shows it; it is never dropped.
  return {
    reviewer: fallback,
    reviewerRule: "fallback",
    reviewerReason: "nobody else is known, although it is about their own access",
  };
}

const CHANGE_ORDER: readonly ShownFacts["changedSinceLastReview"][] = ["widened", "new", "owner_changed", "same"];

/** The surprising first: by risk, then what changed, then what nobody uses; last by code so that order never jumps. */
export function bySurprise(a: ReviewItem, b: ReviewItem): number {
  const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);
  return (
    rank(a.facts.risk) - rank(b.facts.risk) ||
    CHANGE_ORDER.indexOf(a.facts.changedSinceLastReview) - CHANGE_ORDER.indexOf(b.facts.changedSinceLastReview) ||
    Number(b.facts.recommendation === "revoke") - Number(a.facts.recommendation === "revoke") ||
    (a.code < b.code ? -1 : 1)
  );
}
