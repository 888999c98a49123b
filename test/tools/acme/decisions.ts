/** What the demo's reviewers answer: people, played by a script. */
import { person } from "./people.ts";

/** The first answer whose patterns fit the columns `person_or_machine` and `access` of a row; what fits none is kept. */
export interface ScriptedAnswer {
  readonly who: string;
  readonly access: string;
  readonly decision: "keep" | "revoke" | "unsure" | "not_mine";
  readonly reason: string;
  readonly reassign_to?: string;
}

const revoke = (who: string, access: string, reason: string): ScriptedAnswer => ({
  who,
  access,
  decision: "revoke",
  reason,
});
const keep = (who: string, access: string, reason: string): ScriptedAnswer => ({
  who,
  access,
  decision: "keep",
  reason,
});

/** Every change that can be taken back is in it once at least; nobody who left keeps anything. */
export const decisions: readonly ScriptedAnswer[] = [
  // Who left.
  revoke("odo.amet*", "access key *", "left in August"),
  revoke("odo.amet*", "group administrators", "left in August"),
  revoke("acme-odo-amet*", "team platform", "left in August"),
  revoke("yan.xyzzy*", "group web-deployers", "left in May"),
  revoke("acme-yan-xyzzy*", "team legacy-tools", "left in May"),
  revoke("Ned Filterby*", "permission set DataReader", "left in October"),
  // What nobody needs.
  revoke("root", "access key *", "nothing runs as root; it goes by hand, signed in as root"),
  revoke("ci-web*", "access key …0016", "the build has had a new key since October"),
  revoke("old-migration*", "inline policy migrate-all", "the migration ended last winter"),
  revoke("ci-legacy*", "access key *", "nobody knows what this still does"),
  revoke("mystery*", "policy ReadOnlyAccess", "no owner, no purpose"),
  revoke("mo.dolor*", "policy AdministratorAccess", "was for the migration"),
  revoke("pam.asynca*", "group people-desk", "helped out there until October; with both groups she is administrator"),
  revoke("quin.bazley*", "group payments-operators", "works on another product now"),
  revoke("legacy-tools", "*acme-sample/payments-api", "the team builds something else now"),
  revoke("acme-rex-awaiter*", "admin on acme-sample/infrastructure", "the team's access is enough"),
  revoke("acme-sample/archive-site", "deploy key *", "the server is gone"),
  // What is kept although it looks bad.
  keep("administrators", "policy AdministratorAccess", "for the people in it, each of whom needs an approval"),
  keep("lia.ipsum*", "group administrators", "the migration goes on; the approval is being renewed, SEC-118"),
  keep("kai.lorem*", "group administrators", "runs the platform, approved in SEC-101"),
  keep("cleo.sample*", "group organization-administrators", "owner of the organization, approved in SEC-110"),
  keep("nightly-report", "policy AdministratorAccess", "narrowed next sprint, ticket OPS-512"),
  keep("report-developers", "policy report-development", "until nightly-report is narrowed, ticket OPS-512"),
  keep("oz.promiset*", "group report-developers", "until nightly-report is narrowed, ticket OPS-512"),
  keep("builders", "policy start-builds", "until nightly-report is narrowed, ticket OPS-512"),
  keep("cal.iterato*", "group builders", "starts the builds"),
  keep("cal.iterato*", "assume role build-runner", "starts the builds"),
  keep("build-runner", "policy run-builds", "until nightly-report is narrowed, ticket OPS-512"),
  keep("developers", "policy PowerUserAccess", "gets a boundary next sprint, ticket OPS-520"),
  keep("sal.yieldly*", "group developers", "gets a boundary next sprint, ticket OPS-520"),
  keep("platform-builders", "policy build-anything", "the platform is built with it; nobody may be in people-desk too"),
  keep("people-desk", "policy look-after-people", "the desk's job; nobody may be in platform-builders too"),
  keep("pam.asynca*", "group platform-builders", "builds the platform"),
  keep("payments-admin", "policy IAMFullAccess", "with a second factor only, approved in SEC-107"),
  keep("github-infrastructure", "policy *", "changed by pull request only, approved in SEC-103"),
  keep("github-*", "policy AdministratorAccess", "what it may do is narrowed next quarter, ticket OPS-530"),
  keep("*", "assume role github-deploy", "the trust gets a subject this week, ticket OPS-515"),
  keep("*", "assume role github-*", "trust policies of deliveries are gone through this quarter, ticket OPS-531"),
  keep("*OrganizationAccountAccessRole*", "*", "the organization's own way in, watched by an alarm"),
  // What the first to be asked could not say.
  { who: "*", access: "assume role partner-upload", decision: "unsure", reason: "" },
  {
    who: "backup-agent*",
    access: "access key *",
    decision: "not_mine",
    reason: "",
    reassign_to: person("Bea Nullson").email,
  },
];
