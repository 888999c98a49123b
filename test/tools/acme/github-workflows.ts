/** Workflow files and CODEOWNERS of the sample's repositories, as GitHub shows them. */
import { TENANTS } from "./tenant.ts";

/** A job in short form. */
interface Job {
  /** Role it takes: then it asks for a token. */
  readonly role?: string;
  readonly environment?: string;
  readonly runsOn?: string;
  /** Reusable workflow it calls in place of steps. */
  readonly calls?: string;
  readonly uses?: readonly string[];
  readonly run?: string;
}

const workflow = (name: string, on: string, jobs: Readonly<Record<string, Job>>): string =>
  [
    `name: ${name}`,
    `on: ${on}`,
    "permissions: { contents: read }",
    "jobs:",
    ...Object.entries(jobs).flatMap(([id, job]) => jobLines(id, job)),
    "",
  ].join("\n");

function jobLines(
  id: string,
  { role, environment, runsOn, calls, uses = ["actions/checkout@v4"], run }: Job,
): string[] {
  const mints = role === undefined ? [] : ["    permissions: { contents: read, id-token: write }"];
  if (calls !== undefined) return [`  ${id}:`, ...mints, `    uses: ${calls}`, "    secrets: inherit"];
  return [
    `  ${id}:`,
    `    runs-on: ${runsOn ?? "ubuntu-latest"}`,
    ...mints,
    ...(environment === undefined ? [] : [`    environment: ${environment}`]),
    "    steps:",
    ...uses.map((action) => `      - uses: ${action}`),
    ...(role === undefined
      ? []
      : [
          "      - uses: aws-actions/configure-aws-credentials@v4",
          "        with:",
          `          role-to-assume: arn:aws:iam::${TENANTS.production}:role/${role}`,
          "          aws-region: eu-west-1",
        ]),
    ...(run === undefined ? [] : [`      - run: ${run}`]),
  ];
}

const MAIN = "{ push: { branches: [main] } }";
const PULL = "pull_request";
const test = (run: string): string => workflow("test", "[push, pull_request]", { test: { run } });
const deploy = (role: string, job: Omit<Job, "role"> = {}): string =>
  workflow("deploy", MAIN, { deploy: { role, run: "./deploy.sh", ...job } });

/** Repository → file below `.github/workflows` → text. */
export const WORKFLOWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  web: {
    "deploy.yml": deploy("github-release"),
    "test.yml": test("npm test"),
  },
  "web-assets": { "deploy.yml": deploy("github-deploy") },
  "web-tests": { "test.yml": test("npm test") },
  "web-proxy": { "deploy.yml": deploy("github-proxy", { environment: "staging" }) },
  website: { "publish.yml": deploy("github-deploy") },
  "payments-api": { "test.yml": test("make test") },
  "payments-ledger": {
    "deploy.yml": deploy("github-payments", { environment: "production" }),
    "test.yml": test("make test"),
  },
  infrastructure: {
    "apply.yml": deploy("github-infrastructure", { run: "terraform apply" }),
    "plan.yml": workflow("plan", PULL, { plan: { role: "github-infrastructure", run: "terraform plan" } }),
  },
  "infrastructure-modules": { "test.yml": test("terraform validate") },
  network: { "apply.yml": deploy("github-network", { run: "terraform apply" }) },
  monitoring: { "release.yml": deploy("github-monitoring") },
  "data-pipeline": { "deploy.yml": deploy("github-pipeline", { environment: "production" }) },
  "data-quality": { "deploy.yml": deploy("github-quality", { environment: "production" }) },
  "data-notebooks": { "publish.yml": deploy("github-notebooks") },
  "mobile-app": {
    "test.yml": workflow("test", PULL, { test: { role: "github-mobile", run: "./test.sh" } }),
  },
  "sdk-python": { "publish.yml": deploy("github-sdk") },
  "sdk-go": { "test.yml": test("go test ./...") },
  "design-system": { "publish.yml": deploy("github-design") },
  "release-tools": { "release.yml": deploy("github-release-tools") },
  "ci-images": {
    "build.yml": workflow("build", "workflow_call", { build: { role: "github-images", run: "./build.sh" } }),
  },
  "mobile-shared": {
    "images.yml": workflow("images", MAIN, {
      images: { role: "github-images", calls: "acme-sample/ci-images/.github/workflows/build.yml@main" },
    }),
  },
  "support-tools": {
    "deploy.yml": workflow("deploy", MAIN, { deploy: { environment: "production", run: "./deploy.sh" } }),
  },
  handbook: { "check-links.yml": test("./check-links.sh") },
  "sandbox-one": { "try.yml": deploy("github-sandbox") },
};

/** Repository → text of its CODEOWNERS. */
export const CODE_OWNERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries({
      web: ["web", "web-assets", "website"],
      payments: ["payments-api"],
      platform: [
        "infrastructure-modules",
        "monitoring",
        "release-tools",
        "ci-images",
        "mobile-app",
        "mobile-shared",
        "sdk-python",
        "sandbox-one",
        "design-system",
      ],
      "platform-leads": ["network"],
      data: ["data-pipeline", "data-quality", "data-notebooks"],
      security: ["security-policies", "security-scanners"],
    }).flatMap(([team, names]) => names.map((name) => [name, `* @acme-sample/${team}\n`])),
  ),
  "payments-ledger": "* @acme-sample/payments\n/ledger/ @acme-dee-fixture @acme-pia-foobar\n",
  infrastructure: "* @acme-sample/platform\n/.github/ @acme-sample/platform-leads\n",
  "data-models": "* @acme-sample/data\n/legacy/ @acme-yan-xyzzy\n",
};

/** What GitHub says is wrong with them. */
export const CODE_OWNER_ERRORS: Readonly<Record<string, readonly { line: number; kind: string; message: string }[]>> = {
  "data-models": [
    {
      line: 2,
      kind: "Unknown owner",
      message: "Unknown owner on line 2: make sure @acme-yan-xyzzy exists and has write access to the repository",
    },
  ],
};
