import { z } from "zod";
import type { Thresholds } from "../model/thresholds.ts";
import { DEFAULT_SETTINGS } from "./defaults.ts";

const DEFAULTS = DEFAULT_SETTINGS;

/** Ten years: a larger number of days is a slip of the hand. */
const MOST_DAYS = 3_650;

const limit = (what: string, smallest = 1, largest = MOST_DAYS) =>
  z.int().min(smallest).max(largest).optional().describe(what);

const thresholds = z.strictObject({
  idleCredentialDays: limit("a key or password idle for this many days is a finding (CIS AWS 1.11, PCI DSS 8.2.6)"),
  deactivateCredentialDays: limit("an idle credential may be switched off automatically after this many days"),
  neverUsedKeyDays: limit("a key that was never used is a finding this many days after it was made"),
  keyAgeDays: limit("a key older than this many days is a finding (CIS AWS 1.13)"),
  idleRoleDays: limit("a role idle for this many days is a finding"),
  unusedServiceDays: limit("a service its holder has not used for this many days is a finding"),
  dormantMemberDays: limit("a member without a sign of life for this many days is a finding (PCI DSS 8.2.6)"),
  idleDeployKeyDays: limit("a deploy key idle for this many days is a finding"),
  idleTokenDays: limit("a token idle for this many days is a finding"),
  idleAppDays: limit("an app without activity, or suspended, for this many days is a finding"),
  idleSeatDays: limit("a Copilot seat idle for this many days is a finding"),
  secretAgeDays: limit("a secret that was not set again for more than this many days is a finding"),
  rootUsedDays: limit("use of the root user within this many days is a finding"),
  invitationPendingDays: limit("an invitation open for this many days is a finding"),
  minimumOwners: limit("fewer organization owners than this is a finding", 0, 1_000),
  maximumOwners: limit("more organization owners than this is a finding (CIS GitHub 1.3.3)", 1, 1_000),
  passwordLength: limit("a password policy that asks for fewer characters is a finding (CIS AWS 1.7)", 1, 128),
} satisfies Record<keyof Thresholds, unknown>);

/** A connector's own settings: each connector checks them itself. `aws:` with nothing behind it means "all defaults". */
const connector = (what: string) => z.record(z.string(), z.unknown()).nullable().optional().describe(what);

/** Words that older YAML takes for true or false and this one takes for text. */
const BOOLEAN_WORD = /^(?:y|yes|n|no|on|off|true|false|)$/i;

const killSwitch = z
  .union([z.boolean(), z.string()])
  // INVARIANT: a word that means yes never becomes the name of a file that is not there, which would mean no.
  .refine((value) => typeof value === "boolean" || !BOOLEAN_WORD.test(value.trim()), {
    error: "write `true` or `false`, or the path of a file",
  });

/** `leastwise.yaml` as people write it: everything may be left out. */
export const settingsSchema = z.strictObject({
  data: z.string().min(1).optional().describe(`folder of the state and the snapshots (default ${DEFAULTS.data})`),
  reports: z.string().min(1).optional().describe(`folder that reports are written to (default ${DEFAULTS.reports})`),
  thresholds: thresholds
    .refine((given) => ordered(given, "idleCredentialDays", "deactivateCredentialDays"), {
      path: ["deactivateCredentialDays"],
      error: "must not be smaller than `idleCredentialDays`: nothing is switched off before it is reported",
    })
    .refine((given) => ordered(given, "minimumOwners", "maximumOwners"), {
      path: ["maximumOwners"],
      error: "must not be smaller than `minimumOwners`",
    })
    .nullable()
    .optional()
    .describe("limits of the rules"),
  connectors: z
    .strictObject({
      aws: connector("AWS: which tenants to read and how to sign in"),
      github: connector("GitHub: which organizations to read and how to sign in"),
      roster: connector("people, owners and approvals: the folder with roster.csv and the files beside it"),
    })
    .nullable()
    .optional()
    .describe("what is read; a connector that is not named is not asked"),
  review: z
    .strictObject({
      fallbackReviewer: z
        .string()
        .min(1)
        .optional()
        .describe("decides where nobody else could be found: a person id or an e-mail"),
      dueDays: z.int().min(1).max(365).optional().describe(`days reviewers have (default ${DEFAULTS.review.dueDays})`),
    })
    .nullable()
    .optional()
    .describe("the access review"),
  revoke: z
    .strictObject({
      protected: z
        .array(z.string().min(1))
        .optional()
        .describe("locators, ids or patterns with `*` that are never changed"),
      maximumPerRun: z
        .int()
        .min(0)
        .max(10_000)
        .optional()
        .describe(`changes one run may make (default ${DEFAULTS.revoke.maximumPerRun})`),
      killSwitch: killSwitch
        .optional()
        .describe("`true`, or the path of a file that stops every change while it exists"),
      noticeDays: z
        .int()
        .min(0)
        .max(365)
        .optional()
        .describe(`days between the decision and the change (default ${DEFAULTS.revoke.noticeDays})`),
      automatic: z
        .array(
          z.strictObject({
            rule: z.literal("idle-access-key").describe("the rule whose findings are acted on"),
            action: z.literal("deactivate"),
            noticeDays: z.int().min(0).max(365).optional().describe("days between the notice and the change"),
          }),
        )
        .optional()
        .describe("what may happen without a decision, from cron"),
    })
    .nullable()
    .optional()
    .describe("revocations"),
});

/** `leastwise.yaml` after it was checked, before the defaults are filled in. */
export type WrittenSettings = z.infer<typeof settingsSchema>;

function ordered(
  given: Readonly<Partial<Record<keyof Thresholds, number | undefined>>>,
  smaller: keyof Thresholds,
  larger: keyof Thresholds,
): boolean {
  return (given[smaller] ?? DEFAULTS.thresholds[smaller]) <= (given[larger] ?? DEFAULTS.thresholds[larger]);
}
