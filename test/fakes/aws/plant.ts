import type { HolderSeed, RoleSeed, TenantSeed, UserSeed } from "./seed.ts";
import { managedPolicy } from "./managed-policies.ts";
import type { TenantState, UserState } from "./tenant-state.ts";

/** Makes ids of AWS's form from a counter, so that two runs give the same ones. */
export class IdMaker {
  #next = 0;

  /** For example `AIDAEXAMPLE000000001`. */
  make(prefix: string): string {
    this.#next += 1;
    return `${prefix}EXAMPLE${String(this.#next).padStart(9, "0")}`;
  }
}

const OLD = "2024-01-15T09:00:00Z";

/** Builds the state of one tenant from its seed. */
export function plantTenant(seed: TenantSeed, ids: IdMaker): TenantState {
  const arn = (rest: string): string => `arn:aws:iam::${seed.id}:${rest}`;
  const state: TenantState = {
    id: seed.id,
    aliases: seed.alias === undefined ? [] : [seed.alias],
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
    policies: new Map(),
    oidc: new Map(),
    saml: new Map(),
    serverCertificates: [],
    spareMfaDevices: new Set(),
    passwordPolicy: seed.passwordPolicy,
    root: {
      createdAt: new Date(OLD),
      lastUsed: seed.root?.lastUsed === undefined ? undefined : new Date(seed.root.lastUsed),
      mfa: seed.root?.mfa ?? true,
      keys: seed.root?.keys ?? 0,
    },
    instanceProfiles: new Map(Object.entries(seed.instanceProfiles ?? {})),
    regions: new Map(Object.entries(seed.regions ?? { "us-east-1": {} })),
    buckets: seed.buckets ?? [],
    publicAccessBlock: seed.publicAccessBlock,
    lastAccessed: new Map(),
    jobs: new Map(),
    reportPending: undefined,
  };
  for (const { name, path = "/", versions, default: chosen = `v${versions.length}` } of seed.policies ?? []) {
    const policyArn = arn(`policy${path}${name}`);
    state.policies.set(policyArn, {
      PolicyName: name,
      PolicyId: ids.make("ANPA"),
      Arn: policyArn,
      Path: path,
      CreateDate: new Date(OLD),
      UpdateDate: new Date(OLD),
      versions: versions.map((document, index) => ({
        VersionId: `v${index + 1}`,
        IsDefaultVersion: chosen === `v${index + 1}`,
        CreateDate: new Date(OLD),
        document: JSON.stringify(document),
      })),
    });
  }
  for (const group of seed.groups ?? []) {
    state.groups.set(group.name, {
      ...holder(group, arn, "group", group.name),
      GroupName: group.name,
      GroupId: ids.make("AGPA"),
      members: new Set(),
    });
  }
  for (const user of seed.users ?? []) {
    state.users.set(user.name, plantUser(user, arn, ids));
    for (const group of user.groups ?? []) state.groups.get(group)?.members.add(user.name);
  }
  for (const role of seed.roles ?? []) plantRole(state, role, arn, ids);
  for (const provider of seed.oidc ?? []) {
    state.oidc.set(arn(`oidc-provider/${provider.url}`), {
      Url: provider.url,
      ClientIDList: [...provider.clients],
      ThumbprintList: ["0".repeat(40)],
      CreateDate: new Date(OLD),
    });
  }
  for (const name of seed.saml ?? []) {
    state.saml.set(arn(`saml-provider/${name}`), {
      SAMLMetadataDocument: "<EntityDescriptor/>",
      CreateDate: new Date(OLD),
      ValidUntil: new Date("2034-01-15T09:00:00Z"),
    });
  }
  for (const certificate of seed.serverCertificates ?? []) {
    state.serverCertificates.push({
      ...certificate,
      Path: "/",
      Arn: arn(`server-certificate/${certificate.ServerCertificateName}`),
      ServerCertificateId: ids.make("ASCA"),
    });
  }
  for (const [name, services] of Object.entries(seed.lastAccessed ?? {})) {
    state.lastAccessed.set(
      arn(name),
      Object.entries(services).map(([namespace, used]) => ({
        ServiceName: `Service ${namespace}`,
        ServiceNamespace: namespace,
        ...(used === null
          ? {}
          : {
              LastAuthenticated: new Date(used),
              LastAuthenticatedEntity: arn(name),
              LastAuthenticatedRegion: "eu-west-1",
            }),
        TotalAuthenticatedEntities: used === null ? 0 : 1,
      })),
    );
  }
  return state;
}

function holder(seed: HolderSeed, arn: (rest: string) => string, kind: string, name: string) {
  const path = seed.path ?? "/";
  for (const policy of seed.attached ?? []) if (policy.startsWith("arn:aws:iam::aws:")) managedPolicy(policy);
  return {
    Path: path,
    Arn: arn(`${kind}${path}${name}`),
    CreateDate: new Date(seed.createdAt ?? OLD),
    attached: new Set(seed.attached ?? []),
    inline: new Map(Object.entries(seed.inline ?? {}).map(([title, document]) => [title, JSON.stringify(document)])),
  };
}

function times<T>(count: number | undefined, make: (n: number) => T): T[] {
  return Array.from({ length: count ?? 0 }, (_, index) => make(index + 1));
}

function plantUser(seed: UserSeed, arn: (rest: string) => string, ids: IdMaker): UserState {
  const common = holder(seed, arn, "user", seed.name);
  const date = common.CreateDate;
  return {
    ...common,
    UserName: seed.name,
    UserId: ids.make("AIDA"),
    passwordLastUsed: seed.password?.lastUsed === undefined ? undefined : new Date(seed.password.lastUsed),
    boundary: seed.boundary,
    tags: [...(seed.tags ?? [])],
    keys: (seed.keys ?? []).map((key) => ({
      AccessKeyId: ids.make("AKIA"),
      Status: key.status ?? "Active",
      CreateDate: new Date(key.createdAt ?? date),
      lastUsed:
        key.lastUsed === undefined
          ? undefined
          : {
              LastUsedDate: new Date(key.lastUsed),
              ServiceName: key.service ?? "s3",
              Region: key.region ?? "eu-west-1",
            },
    })),
    loginProfile:
      seed.password === undefined
        ? undefined
        : { UserName: seed.name, CreateDate: new Date(seed.password.createdAt ?? date), PasswordResetRequired: false },
    mfaDevices: times(seed.mfa, (n) => ({
      UserName: seed.name,
      SerialNumber: arn(`mfa/${seed.name}${n === 1 ? "" : `-${n}`}`),
      EnableDate: date,
    })),
    sshKeys: times(seed.sshKeys, () => ({
      UserName: seed.name,
      SSHPublicKeyId: ids.make("APKA"),
      Status: "Active",
      UploadDate: date,
    })),
    serviceCredentials: (seed.serviceCredentials ?? []).map((service) => ({
      UserName: seed.name,
      Status: "Active",
      ServiceUserName: `${seed.name}-at-fake`,
      CreateDate: date,
      ServiceSpecificCredentialId: ids.make("ACCA"),
      ServiceName: service,
    })),
    certificates: times(seed.certificates, () => ({
      UserName: seed.name,
      CertificateId: ids.make("ASIC"),
      CertificateBody: "-----BEGIN CERTIFICATE-----\nnot a real one\n-----END CERTIFICATE-----",
      Status: "Active",
      UploadDate: date,
    })),
  };
}

function plantRole(state: TenantState, seed: RoleSeed, arn: (rest: string) => string, ids: IdMaker): void {
  state.roles.set(seed.name, {
    ...holder(seed, arn, "role", seed.name),
    RoleName: seed.name,
    RoleId: ids.make("AROA"),
    trust: JSON.stringify(seed.trust),
    description: undefined,
    maxSessionSeconds: 3600,
    boundary: seed.boundary,
    tags: [...(seed.tags ?? [])],
    lastUsed: seed.lastUsed === undefined ? undefined : { LastUsedDate: new Date(seed.lastUsed), Region: "eu-west-1" },
  });
}
