import { permissionWords, type Needs } from "./needs.ts";

/** What `permissions:` of a workflow can give (GitHub Actions: "Workflow syntax", `permissions`). */
const GRANTABLE: ReadonlySet<string> = new Set([
  "actions",
  "artifact-metadata",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "discussions",
  "id-token",
  "issues",
  "models",
  "packages",
  "pages",
  "pull-requests",
  "security-events",
  "statuses",
]);

/** What to write into a workflow so that its token has what GitHub asks for, or what to use instead. */
export function workflowSteps({ permissions }: Needs): readonly string[] {
  if (permissions.length === 0)
    return ["write `permissions:` with what the call needs at the job: GitHub's page of the call names it", FORKS];
  const lists = permissions.map((list) => list.map(({ name, level }) => ({ name: name.replaceAll("_", "-"), level })));
  const within = lists.find((list) => list.every(({ name }) => GRANTABLE.has(name)));
  if (within === undefined)
    return [
      `\`GITHUB_TOKEN\` can never have ${permissionWords(permissions)}: use the token of an app or a fine-grained one`,
    ];
  return [
    `write \`permissions:\` with ${within.map(({ name, level }) => `\`${name}: ${level}\``).join(", ")} at the job`,
    FORKS,
  ];
}

const FORKS = "for a pull request from a fork or by Dependabot the token only reads, whatever is written there";
