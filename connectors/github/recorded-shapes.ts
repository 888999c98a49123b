import { z } from "zod";
import { AuditError } from "../../src/model/audit-error.ts";
import {
  rawAuditEntry,
  rawCollaborators,
  rawDeployKey,
  rawInstallation,
  rawInvitation,
  rawMemberEdge,
  rawOrganization,
  rawRepository,
  rawTeam,
  rawToken,
  rawUser,
  type RecordedRequest,
  type StepId,
} from "./raw.ts";

/** A connection below `organization`, as GraphQL answers it; rows the token may not see are null. */
const connection = (name: string, list: "edges" | "nodes", row: z.ZodType): z.ZodType =>
  z.object({ organization: z.object({ [name]: z.object({ [list]: z.array(row.nullable()) }) }) });

/** What a step's file may hold: the route of each request and the shape of its answer. */
const SHAPES: Readonly<Record<StepId, readonly [route: string, answer: z.ZodType]>> = {
  organization: ["GET /orgs/{org}", rawOrganization],
  members: ["POST /graphql", connection("membersWithRole", "edges", rawMemberEdge)],
  "outside-collaborators": ["GET /orgs/{org}/outside_collaborators", z.array(rawUser)],
  teams: ["POST /graphql", connection("teams", "nodes", rawTeam)],
  repositories: ["POST /graphql", connection("repositories", "nodes", rawRepository)],
  collaborators: ["POST /graphql", connection("repositories", "nodes", rawCollaborators)],
  "deploy-keys": ["GET /repos/{owner}/{repo}/keys", z.array(rawDeployKey)],
  installations: ["GET /orgs/{org}/installations", z.object({ installations: z.array(rawInstallation) })],
  invitations: ["GET /orgs/{org}/invitations", z.array(rawInvitation)],
  "fine-grained-tokens": ["GET /orgs/{org}/personal-access-tokens", z.array(rawToken)],
  "audit-log": ["GET /orgs/{org}/audit-log", z.array(rawAuditEntry)],
};

const HINT = "connectors/github/README.md shows what the file of each step holds";

/**
 * The content of a step's file as requests with their answers. Throws `input-file` with the JSON pointer of the first thing
 * that is not in GitHub's shape: a file of another kind must never pass for an organization without teams.
 */
export function parseStepFile(step: StepId, content: unknown, file: string): readonly RecordedRequest[] {
  const wrong = (message: string, pointer: string): AuditError =>
    new AuditError("input-file", "github-shape", message, { place: { file, pointer }, hint: HINT });
  const [route, answer] = SHAPES[step];
  const request = z.object({ route: z.string(), parameters: z.record(z.string(), z.json()).optional(), answer });
  const parsed = z.object({ requests: z.array(request) }).safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(issue?.message.toLowerCase() ?? "this is not in GitHub's shape", pointerOf(issue?.path ?? []));
  }
  const requests = (content as { readonly requests: readonly RecordedRequest[] }).requests;
  const other = requests.findIndex((one) => one.route !== route);
  if (other >= 0) {
    throw wrong(
      `\`${requests[other]?.route ?? ""}\` does not belong to the step \`${step}\``,
      `/requests/${other}/route`,
    );
  }
  // Only deploy keys may have been asked of nobody: there are organizations without any.
  if (requests.length === 0 && step !== "deploy-keys") throw wrong("the file holds no answer", "/requests");
  return requests.map((one) => ({ ...one, parameters: one.parameters ?? {} }));
}

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
