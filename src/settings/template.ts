import { DEFAULT_SETTINGS } from "./defaults.ts";

const { thresholds, review, revoke } = DEFAULT_SETTINGS;

/** What `leastwise init` writes: every setting with its default, commented. Changes nothing until a line is uncommented. */
export const SETTINGS_TEMPLATE = `# yaml-language-server: $schema=leastwise.schema.json
#
# Configuration of leastwise. Everything may be left out; the lines that are commented out show the defaults or an example.
# No secret belongs here: leastwise takes them from the environment (NAME, or NAME_FILE with the path of a file)
# and from the providers' own credential chains, and refuses to start when it finds one in this file.

# Where state, snapshots and keys are kept (private to you), and where reports are written.
# data: ${DEFAULT_SETTINGS.data}
# reports: ${DEFAULT_SETTINGS.reports}

# What is read. A connector that is not named is not asked; each one's README lists its settings.
connectors:
  # Signs in like the aws command line: environment, profile, or the role of the machine. With nothing behind it
  # (aws: {}) the tenant of those credentials is read; for several tenants name a role to assume in each.
  # aws:
  #   tenants:
  #     - tenant: "111122223333"
  #       roleArn: arn:aws:iam::111122223333:role/leastwise-read
  #       externalIdFrom: LEASTWISE_EXTERNAL_ID
  #   organization: true
  #   identityCenter: true
  # Needs GITHUB_TOKEN in the environment, or the private key of a GitHub App, which is not tied to a person, may ask
  # more often, and alone is shown fine-grained tokens.
  # github:
  #   organizations:
  #     - organization: acme-example
  #       tokenFrom: GITHUB_TOKEN
  #       # instead of a token:
  #       # app: { id: 123456, privateKeyFrom: GITHUB_APP_KEY }
  #       # where the organization belongs to an enterprise; licenses, teams and owners of it are read then:
  #       # enterprise: acme-enterprise
  # People, owners and approvals: roster.csv and the files beside it.
  # roster:
  #   directory: ./people

review:
  # Decides where no owner and no manager is known: a person id of the roster, or an e-mail.
  # fallbackReviewer: ${review.fallbackReviewer}
  # dueDays: ${review.dueDays}

revoke:
  # Never changed, whatever was decided: locators, ids, or patterns with *.
  # protected: ["arn:aws:iam::*:user/break-glass-*"]
  # A run that would change more than this changes nothing.
  # maximumPerRun: ${revoke.maximumPerRun}
  # true, or the path of a file that stops every change while it exists.
  # killSwitch: ./STOP-REVOKING
  # Days between the decision and the change.
  # noticeDays: ${revoke.noticeDays}
  # What may happen without a decision: an idle key is announced, then deactivated (it can be switched on again).
  # automatic:
  #   - rule: idle-access-key
  #     action: deactivate
  #     noticeDays: 14

# Limits of the rules, in days unless the name says otherwise.
thresholds:
${Object.entries(thresholds)
  .map(([name, value]) => `  # ${name}: ${value}`)
  .join("\n")}
`;
