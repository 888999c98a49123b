/**
 * Writes a recording of an organization of GitHub with 2,000 repositories and 1,500 members (what the stateful fake answers to a
 * collection), and of the AWS tenants that its jobs deploy to: a role for each repository that asks for tokens, one that trusts the
 * whole organization, one in ten of them an administrator. `node test/bench/generate-bridge.ts <folder> [repositories]`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openLiveSession } from "../../connectors/github/live-session.ts";
import { startFakeGitHub } from "../fakes/github/fake-github.ts";
import { largeState } from "../fakes/github/large-state.ts";
import { controlsOf } from "../fakes/github/slices/controls-state.ts";

const TENANTS = ["111122223333", "222233334444", "333344445555"] as const;
const HOST = "token.actions.githubusercontent.com";
const ADMIN = [{ PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }];
const NOW = "2026-11-20T08:00:00Z";

/** Roles of one tenant, by name, with the subjects that may become it. */
type Trusts = Readonly<Record<string, string>>;

/** Writes it and answers how many roles there are. */
export async function generateBridge(folder: string, repositories = 2_000): Promise<number> {
  const state = repositories === 2_000 ? largeState() : largeState({ repositories });
  const fake = await startFakeGitHub({}, { state, checked: false });
  try {
    const organization = state.organization.login;
    const session = await openLiveSession(
      [{ organization, tokenFrom: "BENCH_TOKEN", baseUrl: fake.url }],
      { recordTo: folder },
      {
        clock: { now: () => NOW },
        secrets: { read: () => "ghp_benchTokenThatIsNone" },
        log: { progress() {}, warn() {} },
      },
      { throttled: false, second: 1 },
    );
    for (const step of session.steps) await session.run(step);
    await session.close();
    // The roles that the workflows name.
    const named = /role-to-assume: arn:aws:iam::(\d+):role\/([\w.-]+)/;
    const trusts: Record<string, Record<string, string>> = Object.fromEntries(TENANTS.map((tenant) => [tenant, {}]));
    for (const [name, files] of Object.entries(controlsOf(state).files))
      for (const text of Object.values(files)) {
        const [, tenant = "", role = ""] = named.exec(typeof text === "string" ? text : (text.text ?? "")) ?? [];
        if (role !== "") (trusts[tenant] ??= {})[role] = `repo:${name}:ref:refs/heads/main`;
      }
    (trusts[TENANTS[0]] ??= {})["deploy-anything"] = `repo:${organization}/*`;
    for (const [tenant, roles] of Object.entries(trusts)) writeTenant(folder, tenant, roles);
    return Object.values(trusts).reduce((sum, roles) => sum + Object.keys(roles).length, 0);
  } finally {
    await fake.close();
  }
}

function writeTenant(folder: string, tenant: string, trusts: Trusts): void {
  const RoleDetailList = Object.entries(trusts).map(([name, subject], at) => ({
    Path: "/",
    RoleName: name,
    RoleId: `AROABENCH${tenant.slice(0, 4)}${String(at).padStart(6, "0")}`,
    Arn: `arn:aws:iam::${tenant}:role/${name}`,
    CreateDate: "2024-01-01T00:00:00+00:00",
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: `arn:aws:iam::${tenant}:oidc-provider/${HOST}` },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { [`${HOST}:aud`]: "sts.amazonaws.com" },
            StringLike: { [`${HOST}:sub`]: subject },
          },
        },
      ],
    },
    InstanceProfileList: [],
    RolePolicyList: [],
    AttachedManagedPolicies: at % 10 === 0 ? ADMIN : [],
    Tags: [],
    RoleLastUsed: {},
  }));
  const Document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const version = { Document, VersionId: "v1", IsDefaultVersion: true, CreateDate: "2015-02-06T18:39:46+00:00" };
  const administrator = {
    PolicyName: "AdministratorAccess",
    PolicyId: "ANPAIWMBCKSKIEE64ZLYK",
    Arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    Path: "/",
    DefaultVersionId: "v1",
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: "2015-02-06T18:39:46+00:00",
    UpdateDate: "2015-02-06T18:39:46+00:00",
    PolicyVersionList: [version],
  };
  const place = join(folder, "aws", tenant);
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, "account-authorization-details.json"),
    JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList, Policies: [administrator] }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [, , folder, repositories = "2000"] = process.argv;
  if (folder === undefined) throw new Error("give a folder");
  console.log(`${await generateBridge(folder, Number(repositories))} roles`);
}
