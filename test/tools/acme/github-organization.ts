/** The sample's GitHub organization in short form; `github.ts` makes GitHub's own answers of it. */
import { daysAgoZulu as daysAgo } from "./moment.ts";
import { PEOPLE, person, type Person } from "./people.ts";

/** Its login. */
export const ORGANIZATION = "acme-sample";

/** GitHub's node ids, made up: `U_sample001` and so on. */
export const userNode = (one: Person): string => `U_sample${one.id}`;

/** Node id of a repository. */
export const repositoryNode = (name: string): string =>
  `R_sample${String(REPOSITORIES.indexOf(name) + 1).padStart(3, "0")}`;

/** GitHub's number of a person. */
export const numberOf = (one: Person): number => 9_000_000 + Number(one.id.slice(1));

/** Forty repositories. */
export const REPOSITORIES = [
  "web",
  "web-assets",
  "web-design",
  "web-tests",
  "web-proxy",
  "payments-api",
  "payments-worker",
  "payments-ledger",
  "payments-docs",
  "infrastructure",
  "infrastructure-modules",
  "network",
  "monitoring",
  "on-call",
  "data-pipeline",
  "data-models",
  "data-notebooks",
  "data-quality",
  "mobile-app",
  "mobile-shared",
  "support-tools",
  "support-macros",
  "finance-reports",
  "security-policies",
  "security-scanners",
  "handbook",
  "website",
  "archive-site",
  "archive-tools",
  "archive-mobile",
  "sdk-python",
  "sdk-typescript",
  "sdk-go",
  "examples",
  "design-system",
  "release-tools",
  "ci-images",
  "terraform-state",
  "sandbox-one",
  "sandbox-two",
];

/** GitHub's number of a repository. */
export const repositoryNumber = (name: string): number => 7_000_001 + REPOSITORIES.indexOf(name);

/** Those everybody can read. */
export const PUBLIC = new Set(["handbook", "website", "sdk-python", "sdk-typescript", "sdk-go", "examples"]);

/** Those nobody can write to any more. */
export const ARCHIVED = new Set(["archive-site", "archive-tools", "archive-mobile"]);

/** Who is in the organization: everybody who builds something, leavers whom nobody removed included. */
export const members = PEOPLE.filter(
  (one) => one.employment !== "external" && !["finance", "support"].includes(one.department),
).concat(person("Kit Objectson"));

/** Owners of the organization: one more than is good. */
export const owners = new Set([
  "Ada Example",
  "Cleo Sample",
  "Bo Placeholder",
  "Kai Lorem",
  "Lia Ipsum",
  "Dee Fixture",
]);
/** A login nobody knows, and one of a machine. */
export const STRANGERS = [
  { id: "U_sampleX01", databaseId: 9_900_001, login: "acme-release-bot", createdAt: daysAgo(700), active: 1 },
  { id: "U_sampleX02", databaseId: 9_900_002, login: "octo-stranger", createdAt: daysAgo(900), active: 15 },
];

/** Collaborators from outside. */
export const outside = [person("Fin Contractor"), person("Ida Agency"), person("Hob Freelanse")];

/** Who has no second factor. */
export const withoutSecondFactor = new Set(["Rex Awaiter", "Fin Contractor"]);
/** Whose second factor is an SMS. */
export const bySms = new Set(["Wyn Fred"]);
/** Days since the last activity in the audit log; everybody else was active this week. Null is none on record. */
export const inactive: Readonly<Record<string, number | null>> = {
  "Odo Amet": 95,
  "Yan Xyzzy": 190,
  "Dot Undefineda": 130,
  "Hob Freelanse": 240,
  "Kit Objectson": 60,
};

/** Teams: members, parent, repositories with the team's permission. */
export const TEAMS: readonly {
  readonly slug: string;
  readonly parent?: string;
  readonly description: string;
  readonly people: readonly string[];
  readonly repositories: Readonly<Record<string, string>>;
}[] = [
  {
    slug: "engineering",
    description: "Everybody who builds",
    people: ["Ada Example", "Cleo Sample"],
    repositories: { handbook: "WRITE", examples: "WRITE", "design-system": "READ" },
  },
  {
    slug: "platform",
    parent: "engineering",
    description: "Runs <b>everything</b>",
    people: [
      "Kai Lorem",
      "Lia Ipsum",
      "Mo Dolor",
      "Nia Sitamet",
      "Odo Amet",
      "Oz Promiset",
      "Pam Asynca",
      "Rex Awaiter",
      "Björn Umläut",
    ],
    repositories: {
      infrastructure: "MAINTAIN",
      "infrastructure-modules": "WRITE",
      network: "WRITE",
      monitoring: "WRITE",
      "ci-images": "WRITE",
      "terraform-state": "READ",
      "release-tools": "WRITE",
    },
  },
  {
    slug: "platform-leads",
    parent: "platform",
    description: "Approves changes of the platform",
    people: ["Kai Lorem", "Lia Ipsum"],
    repositories: { "terraform-state": "ADMIN" },
  },
  {
    slug: "web",
    parent: "engineering",
    description: "=1+1 is how a spreadsheet would read this",
    people: [
      "Uma Garply",
      "Vic Waldo",
      "Wyn Fred",
      "Xia Plugh",
      "Zoe Thud",
      "Sal Yieldly",
      "Tia Closure",
      "Cal Iterato",
    ],
    repositories: {
      web: "WRITE",
      "web-assets": "WRITE",
      "web-design": "WRITE",
      "web-tests": "WRITE",
      website: "WRITE",
    },
  },
  {
    slug: "payments",
    parent: "engineering",
    description: "Money in, money out",
    people: [
      "Dee Fixture",
      "Pia Foobar",
      "Quin Bazley",
      "Ray Quuxton",
      "Sue Corge",
      "Tam Grault",
      "Wes Functor",
      "Xen Currier",
    ],
    repositories: {
      "payments-api": "WRITE",
      "payments-worker": "WRITE",
      "payments-ledger": "WRITE",
      "payments-docs": "WRITE",
    },
  },
  {
    slug: "data",
    parent: "engineering",
    description: "Numbers",
    people: [
      "Fay Stubbs",
      "Abe Metasyn",
      "Bea Nullson",
      "Cy Voidman",
      "Dot Undefineda",
      "Ed Nanley",
      "Ula Lambdas",
      "Val Monader",
      "Dia Generat",
    ],
    repositories: {
      "data-pipeline": "WRITE",
      "data-models": "WRITE",
      "data-notebooks": "WRITE",
      "data-quality": "WRITE",
    },
  },
  {
    slug: "legacy-tools",
    description: "What is left of the tools team",
    people: ["Yan Xyzzy"],
    repositories: { "payments-api": "WRITE", "archive-tools": "WRITE" },
  },
  {
    slug: "security",
    description: "Looks at everything",
    people: ["Bo Placeholder", "Ike Dummyfield", "Joy Testwell", "Eve Iterable"],
    repositories: { "security-policies": "ADMIN", "security-scanners": "WRITE", infrastructure: "READ" },
  },
];

/** Node id of a team. */
export const teamNode = (slug: string): string =>
  `T_sample${String(TEAMS.findIndex((team) => team.slug === slug) + 1).padStart(2, "0")}`;

/** Direct collaborators: repository → person → permission. */
export const COLLABORATORS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  infrastructure: { "Rex Awaiter": "ADMIN" },
  web: { "Uma Garply": "ADMIN", "Fin Contractor": "WRITE" },
  "web-design": { "Ida Agency": "READ" },
  "data-notebooks": { "Hob Freelanse": "READ" },
  "payments-docs": { "Kit Objectson": "WRITE" },
};

/** Deploy keys: repository → keys. The public halves are made up and open nothing. */
export const DEPLOY_KEYS: Readonly<
  Record<
    string,
    readonly {
      readonly title: string;
      readonly readOnly: boolean;
      readonly made: number;
      readonly used: number | null;
      readonly by: string;
    }[]
  >
> = {
  web: [{ title: "web servers", readOnly: true, made: 400, used: 1, by: "Uma Garply" }],
  "release-tools": [{ title: "release machine", readOnly: false, made: 500, used: 1, by: "Kai Lorem" }],
  "archive-site": [{ title: "old web server", readOnly: true, made: 1_300, used: 700, by: "Odo Amet" }],
  "data-pipeline": [{ title: "scheduler", readOnly: true, made: 200, used: null, by: "Bea Nullson" }],
  "sandbox-one": [{ title: "<b>trial</b> key", readOnly: true, made: 12, used: null, by: "Wyn Fred" }],
};
