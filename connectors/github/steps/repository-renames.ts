import { z } from "zod";
import { addDays, dayOf } from "../../../src/model/instant.ts";
import { AUDIT_LOG_DAYS, AUDIT_LOG_ROUTE } from "../audit-log.ts";
import { repositoryRenames as convert } from "../convert/repository-renames.ts";
import { rawNameEntry } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { only } from "./only.ts";

/** 5,000 names of one kind in half a year: above it something makes and deletes repositories all day. */
const MOST_PAGES = 50;
const ROUTE = AUDIT_LOG_ROUTE;

/** Each asked for by itself: GitHub does not say what several in one phrase mean. */
const ACTIONS = ["repo.rename", "repo.destroy", "repo.transfer", "repo.transfer_outgoing"];

const name = only("action", "created_at", "@timestamp", "repo", "repo_id", "old_name", "old_user");

/** Names that repositories had before they were renamed, moved or deleted, as far back as the audit log goes. */
export const repositoryRenames: GitHubStep = {
  manifest: {
    id: "repository-renames",
    title: "former names of repositories",
    provides: ["former-name"],
    permissions: ["organization_administration: read"],
    dependsOn: ["organization"],
  },
  shapes: { [ROUTE]: z.array(rawNameEntry) },
  usually: "the audit log is part of GitHub Enterprise Cloud and shown to owners only; ",
  read({ rest, organization: org, clock }) {
    const since = dayOf(addDays(clock.now(), -AUDIT_LOG_DAYS));
    return askAll(
      ACTIONS.map((action) => ({
        about: `\`${action}\``,
        ask: () =>
          rest.list(
            ROUTE,
            { org, include: "web", phrase: `action:${action} created:>=${since}` },
            // Who did it is nobody's business here, so it is neither kept nor recorded.
            { keep: (rows) => rows.map((row) => name(row as Parameters<typeof name>[0])), maximumPages: MOST_PAGES },
          ),
      })),
    );
  },
  convert,
  cost: () => restCalls(ACTIONS.length),
};
