/** The company's own lists: roster, identity map, owners, approvals, and the answers the demo's reviewers give. */
import { TENANTS } from "./aws.ts";
import { loginOf, PEOPLE, person } from "./people.ts";

const csv = (rows: readonly (readonly string[])[]): string => `${rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")).join("\n")}\n`;

/** roster.csv */
export const rosterCsv = (): string =>
  csv([
    ["person_id", "name", "email", "manager_email", "department", "employment", "start_date", "end_date"],
    ...PEOPLE.map((one) => [one.id, one.name, one.email, one.managerEmail, one.department, one.employment, one.start, one.end]),
  ]);

/** IAM user names that are people: name of the user → person. */
const IAM_PEOPLE: Readonly<Record<string, string>> = {
  "kai.lorem": "Kai Lorem", "lia.ipsum": "Lia Ipsum", "odo.amet": "Odo Amet", "pia.foobar": "Pia Foobar", "quin.bazley": "Quin Bazley",
  "ray.quuxton": "Ray Quuxton", "sue.corge": "Sue Corge", "uma.garply": "Uma Garply", "vic.waldo": "Vic Waldo", "eve.iterable": "Eve Iterable",
  "nia.sitamet": "Nia Sitamet", "mo.dolor": "Mo Dolor", "yan.xyzzy": "Yan Xyzzy", "bjoern.umlaeut": "Björn Umläut", "oz.promiset": "Oz Promiset",
};

/** identity-map.csv */
export const identityMapCsv = (): string =>
  csv([
    ["person_id", "system", "tenant", "native", "relation"],
    ...Object.entries(IAM_PEOPLE).map(([user, name]) => [person(name).id, "aws", TENANTS.production, user, "owns"]),
    [person("Cleo Sample").id, "aws", TENANTS.management, "cleo.sample", "owns"],
    [person("Abe Metasyn").id, "aws", TENANTS.sandbox, "abe.metasyn", "owns"],
    [person("Bea Nullson").id, "aws", TENANTS.sandbox, "bea.nullson", "owns"],
    [person("Uma Garply").id, "aws", TENANTS.production, "ci-web", "service"],
    [person("Fay Stubbs").id, "aws", TENANTS.production, "backup-agent", "service"],
    [person("Kai Lorem").id, "aws", TENANTS.production, "metrics-exporter", "service"],
    ["", "aws", TENANTS.production, "ci-legacy", "service"],
    [person("Abe Metasyn").id, "aws", TENANTS.sandbox, "experiment-runner", "service"],
    ...PEOPLE.filter((one) => one.department !== "finance" && one.department !== "support" && one.employment !== "external").map((one) => [one.id, "github", "acme-sample", loginOf(one), "owns"]),
    [person("Fin Contractor").id, "github", "acme-sample", loginOf(person("Fin Contractor")), "owns"],
    [person("Ida Agency").id, "github", "acme-sample", loginOf(person("Ida Agency")), "owns"],
    [person("Kit Objectson").id, "github", "acme-sample", loginOf(person("Kit Objectson")), "owns"],
    ["", "github", "acme-sample", "acme-release-bot", "service"],
  ]);

/** owners.csv */
export const ownersCsv = (): string => {
  const id = (name: string): string => person(name).id;
  return csv([
    ["system", "tenant", "kind", "native", "business_owner", "technical_owner"],
    ["aws", TENANTS.production, "role", "*", id("Cleo Sample"), id("Kai Lorem")],
    // The old migration role was forgotten when its owner left: no technical owner.
    ["aws", TENANTS.production, "group", "*", id("Cleo Sample"), id("Kai Lorem")],
    ["aws", TENANTS.production, "group", "payments-operators", id("Dee Fixture"), id("Pia Foobar")],
    ["aws", TENANTS.production, "group", "web-deployers", id("Eli Mockley"), id("Uma Garply")],
    ["aws", TENANTS.sandbox, "*", "*", id("Fay Stubbs"), id("Abe Metasyn")],
    ["aws", TENANTS.management, "*", "*", id("Ada Example"), id("Cleo Sample")],
    ["github", "acme-sample", "repository", "*", id("Cleo Sample"), id("Lia Ipsum")],
    ["github", "acme-sample", "repository", "acme-sample/web*", id("Eli Mockley"), id("Uma Garply")],
    ["github", "acme-sample", "repository", "acme-sample/payments*", id("Dee Fixture"), id("Pia Foobar")],
    ["github", "acme-sample", "repository", "acme-sample/data*", id("Fay Stubbs"), id("Bea Nullson")],
    ["github", "acme-sample", "team", "*", id("Cleo Sample"), id("Lia Ipsum")],
    ["github", "acme-sample", "app", "sample-ci", "", id("Uma Garply")],
    ["github", "acme-sample", "user", "acme-release-bot", "", id("Uma Garply")],
  ]);
};

/** approvals.csv */
export const approvalsCsv = (): string => {
  const security = person("Bo Placeholder").email;
  const row = (system: string, tenant: string, principal: string, entitlement: string, at: string, until: string, ticket: string, reason: string): string[] => [system, tenant, principal, entitlement, security, at, until, ticket, reason];
  const { management, production, sandbox } = TENANTS;
  return csv([
    ["system", "tenant", "principal", "entitlement", "approved_by", "approved_at", "expires_at", "ticket", "reason"],
    row("aws", production, "kai.lorem", "policy AdministratorAccess", "2026-03-02", "2027-03-01", "SEC-101", "runs the platform"),
    row("aws", production, "lia.ipsum", "policy AdministratorAccess", "2025-09-01", "2026-08-31", "SEC-88", "migration to the new network"),
    row("aws", production, "platform-administrators", "permission set Administrator", "2026-01-15", "2027-01-14", "SEC-95", "the platform team administers production"),
    row("aws", production, "*", "permission set DataReader", "2026-02-01", "", "SEC-97", "analysts read, nothing else"),
    row("aws", management, "*", "permission set Billing", "2026-02-01", "", "SEC-98", "finance looks at cost"),
    row("aws", management, "cleo.sample", "policy AdministratorAccess", "2026-06-01", "2027-05-31", "SEC-110", "owner of the organization"),
    row("aws", "*", "OrganizationAccountAccessRole", "policy AdministratorAccess", "2022-01-10", "", "SEC-1", "the organization's own way in"),
    row("aws", production, "payments-admin", "policy IAMFullAccess", "2026-05-01", "2027-04-30", "SEC-107", "manages the payment service's roles"),
    row("aws", sandbox, "*", "*", "2026-01-01", "", "SEC-90", "the sandbox is for trying things"),
    row("github", "acme-sample", "acme-ada-example", "organization owner", "2026-01-05", "2027-01-04", "SEC-91", "owns the company"),
    row("github", "acme-sample", "acme-cleo-sample", "organization owner", "2026-01-05", "2027-01-04", "SEC-91", "owns the platform"),
    row("github", "acme-sample", "acme-uma-garply", "admin on acme-sample/web*", "2026-04-01", "2027-03-31", "SEC-104", "maintains the web repositories"),
    row("github", "acme-sample", "sample-ci", "app sample-ci*", "2026-04-01", "2027-03-31", "SEC-105", "continuous integration"),
  ]);
};

/** What the demo's reviewers answer; the first that fits a row of a sheet. Patterns over the columns person_or_machine and access. */
export const decisions = [
  { who: "odo.amet*", access: "access key *", decision: "revoke", reason: "left in August" },
  { who: "odo.amet*", access: "group administrators", decision: "revoke", reason: "left in August" },
  { who: "ci-legacy*", access: "access key *", decision: "revoke", reason: "nobody knows what this still does" },
  { who: "mystery*", access: "policy ReadOnlyAccess", decision: "revoke", reason: "no owner, no purpose" },
  { who: "ci-web*", access: "inline policy deploy-anything", decision: "revoke", reason: "the role github-deploy does this now" },
  { who: "quin.bazley*", access: "group payments-operators", decision: "revoke", reason: "moved to another product" },
  { who: "mo.dolor*", access: "policy AdministratorAccess", decision: "revoke", reason: "was for the migration" },
  { who: "acme-odo-amet*", access: "team platform", decision: "revoke", reason: "left in August" },
  { who: "legacy-tools", access: "*acme-sample/payments-api", decision: "revoke", reason: "the team builds something else now" },
  { who: "acme-rex-awaiter*", access: "admin on acme-sample/infrastructure", decision: "revoke", reason: "the team's access is enough" },
  { who: "acme-sample/archive-site", access: "deploy key *", decision: "revoke", reason: "the server is gone" },
  { who: "partner-upload*", access: "*", decision: "unsure", reason: "" },
  { who: "backup-agent*", access: "access key *", decision: "not_mine", reason: "", reassign_to: person("Bea Nullson").email },
] as const;
