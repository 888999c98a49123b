import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectors } from "../../../connectors/index.ts";
import { gatherRecorded } from "../../../src/app/gather.ts";
import type { World } from "../../../src/contracts/world.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { Escalation } from "../../../src/graph/escalation/escalation.ts";
import type { EscalationPath } from "../../../src/graph/escalation/paths.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { diskFiles } from "../../../src/store/disk-files.ts";

export const TENANT = "111122223333";
export const OTHER = "222233334444";
const table = await loadActionTable();

export const arn = (path: string, tenant = TENANT): string => `arn:aws:iam::${tenant}:${path}`;
export const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
export const allow = (Action: unknown, Resource: unknown = "*", Condition?: object): object => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
export const deny = (Action: unknown, Resource: unknown = "*", Condition?: object): object => ({
  ...allow(Action, Resource, Condition),
  Effect: "Deny",
});
export const trusting = (Principal: unknown, Condition?: object, Action = "sts:AssumeRole"): object =>
  document({ Effect: "Allow", Principal, Action, ...(Condition === undefined ? {} : { Condition }) });
export const service = (name: string): object => trusting({ Service: `${name}.amazonaws.com` });

interface Held {
  /** Statements of an inline policy. */
  readonly may?: readonly object[];
  /** Names of managed policies of the tenant. */
  readonly attached?: readonly string[];
  readonly admin?: true;
  /** Name of the managed policy that is the boundary. */
  readonly boundary?: string;
  readonly groups?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly trust?: object;
  readonly path?: string;
}

/** One tenant as a test says it; what is left out is known to be empty, but for what `unread` names. */
export interface SmallTenant {
  readonly users?: Readonly<Record<string, Held>>;
  readonly groups?: Readonly<Record<string, Held>>;
  readonly roles?: Readonly<Record<string, Held>>;
  readonly policies?: Readonly<Record<string, object>>;
  /** Managed policies whose documents the sweep did not hold. */
  readonly withoutDocument?: readonly string[];
  readonly running?: readonly { readonly arn: string; readonly type: string; readonly roleArn: string }[];
  readonly keys?: Readonly<Record<string, readonly ("Active" | "Inactive")[]>>;
  readonly passwords?: readonly string[];
  readonly scps?: readonly object[];
  readonly identityCenter?: object;
  /** Policies of resources, by ARN; `null`: known to have none. */
  readonly resourcePolicies?: Readonly<Record<string, object | null>>;
  readonly accessBlocks?: object;
  /** Tokens that became a role: its name, the subject and when. */
  readonly sessions?: readonly (readonly [role: string, subject: string, at: string])[];
  /** Files that are not there. */
  readonly unread?: readonly string[];
}

/** Writes the tenants as a recording into a folder. */
export async function writeRecording(folder: string, tenants: Readonly<Record<string, SmallTenant>>): Promise<void> {
  for (const [tenant, given] of Object.entries(tenants)) await writeTenant(folder, tenant, given);
}

/** Writes the tenants as recordings, reads them as the product does and answers the engine over them. */
export async function smallWorld(tenants: Readonly<Record<string, SmallTenant>>): Promise<Escalation> {
  const folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  try {
    await writeRecording(folder, tenants);
    const clock = { now: () => "2026-11-20T08:00:00Z" };
    const world = { connectors, files: diskFiles(), clock } as unknown as World;
    const environment = { clock, secrets: { read: () => undefined }, log: { progress() {}, warn() {} } };
    const snapshot = await gatherRecorded(world, environment, [folder], undefined);
    return new Escalation(buildGraph(snapshot), table);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeTenant(folder: string, tenant: string, given: SmallTenant): Promise<void> {
  const place = join(folder, "aws", tenant);
  await mkdir(place, { recursive: true });
  const unread = new Set(given.unread ?? []);
  const write = async (file: string, content: unknown): Promise<void> => {
    if (!unread.has(file)) await writeFile(join(place, `${file}.json`), JSON.stringify(content));
  };
  const held = ({ may, attached = [], admin, boundary, tags = {} }: Held, inline: string) => ({
    CreateDate: "2024-01-10T08:00:00Z",
    AttachedManagedPolicies: [
      ...attached.map((name) => ({ PolicyName: name, PolicyArn: arn(`policy/${name}`, tenant) })),
      ...(admin === true
        ? [{ PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }]
        : []),
    ],
    [inline]: may === undefined ? [] : [{ PolicyName: "own", PolicyDocument: document(...may) }],
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...(boundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: "Policy",
            PermissionsBoundaryArn: arn(`policy/${boundary}`, tenant),
          },
        }),
  });
  const users = Object.entries(given.users ?? {});
  const policy = (name: string, policyArn: string, text: object | undefined) => ({
    PolicyName: name,
    PolicyId: `ANPA${name.toUpperCase().replace(/\W/g, "")}`.padEnd(21, "0"),
    Arn: policyArn,
    Path: "/",
    DefaultVersionId: "v1",
    IsAttachable: true,
    PolicyVersionList: text === undefined ? [] : [{ Document: text, VersionId: "v1", IsDefaultVersion: true }],
  });
  await write("account-authorization-details", {
    UserDetailList: users.map(([name, one]) => ({
      UserName: name,
      UserId: `AIDA${tenant.slice(0, 4)}${name.toUpperCase().replace(/\W/g, "")}`.padEnd(21, "0"),
      Arn: arn(`user/${name}`, tenant),
      Path: "/",
      GroupList: one.groups ?? [],
      ...held(one, "UserPolicyList"),
    })),
    GroupDetailList: Object.entries(given.groups ?? {}).map(([name, one]) => ({
      GroupName: name,
      GroupId: `AGPA${tenant.slice(0, 4)}${name.toUpperCase().replace(/\W/g, "")}`.padEnd(21, "0"),
      Arn: arn(`group/${name}`, tenant),
      Path: "/",
      ...held(one, "GroupPolicyList"),
    })),
    RoleDetailList: Object.entries(given.roles ?? {}).map(([name, one]) => ({
      RoleName: name,
      RoleId: `AROA${tenant.slice(0, 4)}${name.toUpperCase().replace(/\W/g, "")}`.padEnd(21, "0"),
      Path: one.path ?? "/",
      Arn: arn(`role${one.path ?? "/"}${name}`, tenant),
      AssumeRolePolicyDocument: one.trust ?? service("ec2"),
      InstanceProfileList: [],
      RoleLastUsed: {},
      ...held(one, "RolePolicyList"),
    })),
    Policies: [
      policy("AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess", document(allow("*"))),
      ...Object.entries(given.policies ?? {}).map(([name, text]) => policy(name, arn(`policy/${name}`, tenant), text)),
      ...(given.withoutDocument ?? []).map((name) => policy(name, arn(`policy/${name}`, tenant), undefined)),
    ],
    IsTruncated: false,
  });
  await write(
    "access-keys",
    Object.fromEntries(
      users.map(([name]) => [
        name,
        (given.keys?.[name] ?? []).map((Status, at) => ({
          UserName: name,
          AccessKeyId: `AKIASAMPLE${name.toUpperCase().replace(/\W/g, "").slice(0, 8)}${at}`,
          Status,
          CreateDate: "2025-01-10T08:00:00Z",
        })),
      ]),
    ),
  );
  await write(
    "login-profiles",
    Object.fromEntries(
      users.map(([name]) => [
        name,
        (given.passwords ?? []).includes(name) ? { UserName: name, CreateDate: "2025-01-10T08:00:00Z" } : null,
      ]),
    ),
  );
  await write("mfa-devices", Object.fromEntries(users.map(([name]) => [name, []])));
  await write("resources", given.running ?? []);
  await write("identity-providers", { oidc: [], saml: [] });
  const full = { id: "p-full", name: "FullAWSAccess", document: document(allow("*")) };
  if (given.scps !== undefined)
    await write("organization", {
      managementTenant: "999988887777",
      targets: [
        { id: "r-1", parentId: null, kind: "root", scps: [full], rcps: [] },
        {
          id: tenant,
          parentId: "r-1",
          kind: "tenant",
          tenant,
          rcps: [],
          scps: [full, ...given.scps.map((text, at) => ({ id: `p-${at}`, name: `limit-${at}`, document: text }))],
        },
      ],
    });
  if (given.resourcePolicies !== undefined)
    await write(
      "resource-policies",
      Object.entries(given.resourcePolicies).map(([one, text]) => ({ arn: one, policy: text })),
    );
  if (given.sessions !== undefined)
    await write(
      "web-identity-sessions",
      given.sessions.map(([role, userName, eventTime]) => ({
        eventName: "AssumeRoleWithWebIdentity",
        eventTime,
        userIdentity: { userName },
        requestParameters: { roleArn: arn(`role/${role}`, tenant) },
      })),
    );
  if (given.accessBlocks !== undefined) await write("public-access-blocks", given.accessBlocks);
  if (given.identityCenter !== undefined) await write("identity-center", given.identityCenter);
}

/** A path as one line: `yes ana: iam-001 → admin`, memberships and what is granted at the end included. */
export function told(path: EscalationPath): string {
  const name = (locator: string): string => (locator === "admin" ? locator : (locator.split(/[/]/).at(-1) ?? locator));
  const conditions = [...new Set(path.hops.flatMap((hop) => hop.conditions.map(({ key }) => key)))];
  return `${path.state} ${name(path.principal.locator)}: ${path.hops
    .map((hop) => `${hop.technique.id} → ${name(hop.to)}`)
    .join(", ")}${conditions.length === 0 ? "" : ` (${conditions.join(", ")})`}`;
}

/** The paths of one principal to administration, by its name. */
export function pathsOf(escalation: Escalation, name: string): string[] {
  return escalation
    .paths()
    .paths.filter(({ principal }) => principal.locator.endsWith(`/${name}`) || principal.displayName === name)
    .map(told);
}
