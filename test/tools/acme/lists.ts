/** The company's own lists: roster, identity map, owners, approvals. */

import { guardCell } from "../../../src/text/csv.ts";
import { ANALYSTS } from "./identity-center.ts";
import { loginOf, PEOPLE, person } from "./people.ts";
import { TENANTS } from "./tenant.ts";

/** Plain CSV; what a spreadsheet would run is guarded, as in everything that people open. */
const csv = (rows: readonly (readonly string[])[]): string => {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map((text) => cell(guardCell(text))).join(",")).join("\n")}\n`;
};

/** roster.csv */
export const rosterCsv = (): string =>
  csv([
    ["person_id", "name", "email", "manager_email", "department", "employment", "start_date", "end_date"],
    ...PEOPLE.map((one) => [
      one.id,
      one.name,
      one.email,
      one.managerEmail,
      one.department,
      one.employment,
      one.start,
      one.end,
    ]),
  ]);

/** IAM user names that are people: name of the user → person. */
const IAM_PEOPLE: Readonly<Record<string, string>> = {
  "kai.lorem": "Kai Lorem",
  "lia.ipsum": "Lia Ipsum",
  "odo.amet": "Odo Amet",
  "pia.foobar": "Pia Foobar",
  "quin.bazley": "Quin Bazley",
  "ray.quuxton": "Ray Quuxton",
  "sue.corge": "Sue Corge",
  "uma.garply": "Uma Garply",
  "vic.waldo": "Vic Waldo",
  "eve.iterable": "Eve Iterable",
  "nia.sitamet": "Nia Sitamet",
  "mo.dolor": "Mo Dolor",
  "yan.xyzzy": "Yan Xyzzy",
  "bjoern.umlaeut": "Björn Umläut",
  "oz.promiset": "Oz Promiset",
  "cal.iterato": "Cal Iterato",
  "xen.currier": "Xen Currier",
  "sal.yieldly": "Sal Yieldly",
  "xia.plugh": "Xia Plugh",
  "pam.asynca": "Pam Asynca",
  "joy.testwell": "Joy Testwell",
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
    ...PEOPLE.filter(
      (one) => one.department !== "finance" && one.department !== "support" && one.employment !== "external",
    ).map((one) => [one.id, "github", "acme-sample", loginOf(one), "owns"]),
    [person("Fin Contractor").id, "github", "acme-sample", loginOf(person("Fin Contractor")), "owns"],
    [person("Ida Agency").id, "github", "acme-sample", loginOf(person("Ida Agency")), "owns"],
    [person("Kit Objectson").id, "github", "acme-sample", loginOf(person("Kit Objectson")), "owns"],
    [person("Ada Example").id, "github", "acme-sample", "acme-enterprise-owner", "owns"],
    ["", "github", "acme-sample", "acme-release-bot", "service"],
  ]);

/** owners.csv: mostly complete, as a company that reviews its access has it. */
export const ownersCsv = (): string => {
  const aws = (tenant: string, kind: string, native: string, business: string, technical: string): string[] => [
    "aws",
    tenant,
    kind,
    native,
    ...ids(business, technical),
  ];
  const gitHub = (kind: string, native: string, business: string, technical: string): string[] => [
    "github",
    "acme-sample",
    kind,
    native,
    ...ids(business, technical),
  ];
  const { management, production, sandbox } = TENANTS;
  return csv([
    ["system", "tenant", "kind", "native", "business_owner", "technical_owner"],
    aws(production, "role", "*", "Cleo Sample", "Kai Lorem"),
    aws(production, "role", "vendor-*", "Bo Placeholder", "Kai Lorem"),
    aws(production, "role", "org-inventory", "Bo Placeholder", "Ike Dummyfield"),
    aws(production, "role", "nightly-report", "Fay Stubbs", "Abe Metasyn"),
    aws(production, "role", "payments-admin", "Dee Fixture", "Pia Foobar"),
    aws(production, "group", "*", "Cleo Sample", "Kai Lorem"),
    aws(production, "group", "payments-operators", "Dee Fixture", "Pia Foobar"),
    aws(production, "group", "web-deployers", "Eli Mockley", "Uma Garply"),
    aws(production, "group", "auditors", "Bo Placeholder", ""),
    aws(production, "group", "report-developers", "Fay Stubbs", "Abe Metasyn"),
    aws(production, "group", "data-machines", "Fay Stubbs", "Bea Nullson"),
    aws(sandbox, "*", "*", "Fay Stubbs", "Abe Metasyn"),
    aws(management, "*", "*", "Ada Example", "Cleo Sample"),
    aws(management, "group", "platform-administrators", "Cleo Sample", "Kai Lorem"),
    aws(management, "group", "data-readers", "Fay Stubbs", "Bea Nullson"),
    aws(management, "group", ANALYSTS, "Fay Stubbs", ""),
    gitHub("organization", "*", "Ada Example", "Cleo Sample"),
    gitHub("repository", "*", "Cleo Sample", "Lia Ipsum"),
    gitHub("repository", "acme-sample/web*", "Eli Mockley", "Uma Garply"),
    gitHub("repository", "acme-sample/payments*", "Dee Fixture", "Pia Foobar"),
    gitHub("repository", "acme-sample/data*", "Fay Stubbs", "Bea Nullson"),
    gitHub("repository", "acme-sample/security*", "Bo Placeholder", "Ike Dummyfield"),
    gitHub("repository", "acme-sample/handbook", "Ada Example", "Cleo Sample"),
    gitHub("repository", "acme-sample/design-system", "Eli Mockley", "Uma Garply"),
    gitHub("repository", "acme-sample/examples", "Eli Mockley", "Uma Garply"),
    gitHub("team", "*", "Cleo Sample", "Lia Ipsum"),
    gitHub("team", "engineering", "Ada Example", "Cleo Sample"),
    gitHub("team", "web", "Eli Mockley", "Uma Garply"),
    gitHub("team", "payments", "Dee Fixture", "Pia Foobar"),
    gitHub("team", "data", "Fay Stubbs", "Bea Nullson"),
    gitHub("team", "security", "Bo Placeholder", "Ike Dummyfield"),
    gitHub("app", "sample-ci", "", "Uma Garply"),
    gitHub("app", "sample-autofix", "", "Kai Lorem"),
    gitHub("app", "sample-trial", "", "Kai Lorem"),
    gitHub("user", "acme-release-bot", "", "Uma Garply"),
  ]);
};

const ids = (...names: readonly string[]): string[] => names.map((name) => (name === "" ? "" : person(name).id));

/** approvals.csv: most of what needs one has one; one has run out, one outlived its person. */
export const approvalsCsv = (): string => {
  const security = person("Bo Placeholder").email;
  const company = person("Ada Example").email;
  const { management, production, sandbox } = TENANTS;
  const aws = (tenant: string, ...rest: string[]): string[] => ["aws", tenant, ...rest];
  const gitHub = (...rest: string[]): string[] => ["github", "acme-sample", ...rest];
  return csv([
    ["system", "tenant", "principal", "entitlement", "approved_by", "approved_at", "expires_at", "ticket", "reason"],
    aws(
      production,
      "kai.lorem",
      "policy AdministratorAccess",
      security,
      "2026-03-02",
      "2027-03-01",
      "SEC-101",
      "runs the platform",
    ),
    aws(
      production,
      "lia.ipsum",
      "policy AdministratorAccess",
      security,
      "2025-09-01",
      "2026-08-31",
      "SEC-88",
      "migration to the new network",
    ),
    aws(
      production,
      "odo.amet",
      "policy AdministratorAccess",
      security,
      "2026-01-15",
      "2027-01-14",
      "SEC-93",
      "on call for the platform",
    ),
    aws(
      production,
      "pia.foobar",
      "policy break-glass",
      security,
      "2026-05-01",
      "2027-04-30",
      "SEC-107",
      "on call for payments",
    ),
    aws(
      production,
      "payments-admin",
      "policy IAMFullAccess",
      security,
      "2026-05-01",
      "2027-04-30",
      "SEC-107",
      "manages the payment service's roles",
    ),
    aws(
      production,
      "github-infrastructure",
      "policy *",
      security,
      "2026-04-10",
      "2027-04-09",
      "SEC-103",
      "infrastructure is changed by pull request only",
    ),
    aws(
      production,
      "github-*",
      "policy AdministratorAccess",
      security,
      "2026-05-20",
      "2027-05-19",
      "SEC-108",
      "what is delivered is reviewed on GitHub first",
    ),
    aws(
      production,
      "platform-administrators",
      "permission set Administrator",
      security,
      "2026-01-15",
      "2027-01-14",
      "SEC-95",
      "the platform team administers production",
    ),
    aws(
      production,
      "*",
      "permission set DataReader",
      security,
      "2026-02-01",
      "",
      "SEC-97",
      "analysts read, nothing else",
    ),
    aws(management, "*", "permission set Billing", security, "2026-02-01", "", "SEC-98", "finance looks at cost"),
    aws(
      management,
      "cleo.sample",
      "policy AdministratorAccess",
      company,
      "2026-06-01",
      "2027-05-31",
      "SEC-110",
      "owner of the organization",
    ),
    aws(
      "*",
      "OrganizationAccountAccessRole",
      "policy AdministratorAccess",
      security,
      "2022-01-10",
      "",
      "SEC-1",
      "the organization's own way in",
    ),
    aws(sandbox, "*", "*", security, "2026-01-01", "", "SEC-90", "the sandbox is for trying things"),
    gitHub(
      "acme-ada-example",
      "organization owner",
      security,
      "2026-01-05",
      "2027-01-04",
      "SEC-91",
      "owns the company",
    ),
    gitHub(
      "acme-cleo-sample",
      "organization owner",
      security,
      "2026-01-05",
      "2027-01-04",
      "SEC-91",
      "owns the platform",
    ),
    gitHub(
      "acme-bo-placeholder",
      "organization owner",
      company,
      "2026-01-05",
      "2027-01-04",
      "SEC-91",
      "answers for security",
    ),
    gitHub(
      "acme-kai-lorem",
      "organization owner",
      security,
      "2026-01-05",
      "2027-01-04",
      "SEC-91",
      "stands in for Cleo",
    ),
    gitHub(
      "acme-lia-ipsum",
      "organization owner",
      security,
      "2026-01-05",
      "2027-01-04",
      "SEC-91",
      "stands in for Cleo",
    ),
    gitHub(
      "acme-uma-garply",
      "admin on acme-sample/web*",
      security,
      "2026-04-01",
      "2027-03-31",
      "SEC-104",
      "maintains the web repositories",
    ),
    gitHub(
      "acme-ike-dummyfield",
      "organization role ruleset-keeper",
      company,
      "2026-02-01",
      "2027-01-31",
      "SEC-96",
      "looks after the organization's rulesets",
    ),
    gitHub(
      "acme-kit-objectson",
      "write on acme-sample/payments-docs",
      security,
      "2026-07-01",
      "2027-06-30",
      "SEC-112",
      "support writes the payment handbook",
    ),
    gitHub("sample-ci", "app sample-ci*", security, "2026-04-01", "2027-03-31", "SEC-105", "continuous integration"),
    gitHub(
      "sample-settings",
      "app sample-settings*",
      security,
      "2026-06-01",
      "2027-05-31",
      "SEC-109",
      "keeps repository settings alike",
    ),
  ]);
};
