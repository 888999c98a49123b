/** The reads of IAM, one per step, in AWS's own shapes. One file because they share one client and one way to page. */
import type { IAMClient } from "@aws-sdk/client-iam";
import { AuditError } from "../../../src/model/audit-error.ts";
import { readCsv } from "../../../src/text/csv.ts";
import { allPages, bounded } from "../../shared/paging.ts";
import type { Answer, SweepContext } from "../client.ts";
import type { RawDetail, RawLastAccessed, RawPolicy, RawSteps } from "../raw.ts";
import { markerOf, nextOf } from "./iam-page.ts";
import { answered, gathered, isAbsent, isSignIn, lookedUp, reasonOf, signInError } from "./refusal.ts";
import { counted } from "../../../src/text/counted.ts";

type Iam = typeof import("@aws-sdk/client-iam");
const AWS_OWN = /^arn:[^:]+:iam::aws:policy\//;
/** Polls of an asynchronous job before it counts as not answered. */
const POLLS = 120;

/** What the reads need besides the client. */
export interface IamReads {
  readonly iam: IAMClient;
  readonly sdk: Iam;
  readonly concurrency: number;
  wait(milliseconds: number): Promise<void>;
}

/**
 * The sweep in one call per page. AWS's own policies are left out of it (all of them would come, attached or not: several
 * megabytes); those that are attached, and boundaries that the sweep leaves out, are fetched by name.
 */
export async function sweep(
  { iam, sdk, concurrency }: IamReads,
  sink: (detail: RawDetail) => void,
): Promise<Answer<null>> {
  const named = new Set<string>();
  const seen = new Set<string>();
  let entries = 0;
  const note = (entry: {
    AttachedManagedPolicies?: readonly { PolicyArn?: string }[];
    PermissionsBoundary?: { PermissionsBoundaryArn?: string };
  }): void => {
    for (const { PolicyArn } of entry.AttachedManagedPolicies ?? []) if (PolicyArn !== undefined) named.add(PolicyArn);
    if (entry.PermissionsBoundary?.PermissionsBoundaryArn !== undefined)
      named.add(entry.PermissionsBoundary.PermissionsBoundaryArn);
  };
  try {
    await allPages(async (token) => {
      const answer = await iam.send(
        new sdk.GetAccountAuthorizationDetailsCommand({
          Filter: ["User", "Role", "Group", "LocalManagedPolicy"],
          MaxItems: 500,
          ...markerOf(token),
        }),
      );
      for (const section of ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const) {
        for (const entry of answer[section] ?? []) {
          if (section === "Policies") seen.add((entry as RawPolicy).Arn ?? "");
          else note(entry as Parameters<typeof note>[0]);
          entries += 1;
          sink({ section, entry } as RawDetail);
        }
      }
      return { items: [], next: nextOf(answer) };
    });
  } catch (error) {
    if (isSignIn(error)) throw signInError(error);
    const reason = reasonOf(error, "iam:GetAccountAuthorizationDetails");
    // Pages that came are kept: what was seen is true, only the rest is missing.
    return entries > 0 ? { state: "partial", value: null, reason } : { state: "denied", reason };
  }
  const missing = [...named].filter((arn) => !seen.has(arn)).sort();
  const fetched = await bounded(missing, concurrency, (arn) =>
    lookedUp(AWS_OWN.test(arn) ? "iam:GetPolicy" : "iam:GetPolicyVersion", () => policyOf({ iam, sdk }, arn)),
  );
  const refused: string[] = [];
  for (const answer of fetched) {
    if (answer.state === "found") sink({ section: "Policies", entry: answer.value });
    else if (answer.state === "unreadable") refused.push(answer.why);
  }
  return refused.length === 0
    ? { state: "complete", value: null }
    : {
        state: "partial",
        value: null,
        only: ["policy"],
        reason: `${refused.length} of ${counted(missing.length, "policy", "policies")} could not be read: ${refused[0]}`,
      };
}

async function policyOf({ iam, sdk }: Pick<IamReads, "iam" | "sdk">, arn: string): Promise<RawPolicy> {
  const { Policy } = await iam.send(new sdk.GetPolicyCommand({ PolicyArn: arn }));
  const VersionId = Policy?.DefaultVersionId ?? "v1";
  const { PolicyVersion } = await iam.send(new sdk.GetPolicyVersionCommand({ PolicyArn: arn, VersionId }));
  return {
    ...(Policy as RawPolicy),
    Arn: arn,
    PolicyVersionList: [
      { ...PolicyVersion, VersionId, IsDefaultVersion: true } as NonNullable<RawPolicy["PolicyVersionList"]>[number],
    ],
  };
}

/** One read per step; `organization` and `identity-center` are read elsewhere. */
export function iamStep(
  step: Exclude<
    keyof RawSteps,
    | "organization"
    | "identity-center"
    | "resources"
    | "resource-policies"
    | "public-access-blocks"
    | "web-identity-sessions"
  >,
  reads: IamReads,
  context: SweepContext,
): Promise<Answer<unknown>> {
  const { iam, sdk, concurrency } = reads;
  const perUser = async <T>(
    call: string,
    read: (UserName: string) => Promise<T>,
    absent?: T,
  ): Promise<Answer<Record<string, T>>> =>
    gathered(
      call,
      await bounded(
        context.userNames,
        concurrency,
        async (name) => [name, await lookedUp(call, () => read(name))] as const,
      ),
      absent,
    );
  switch (step) {
    case "access-keys":
      return perUser("iam:ListAccessKeys", (UserName) =>
        allPages(async (token) => {
          const answer = await iam.send(new sdk.ListAccessKeysCommand({ UserName, ...markerOf(token) }));
          return { items: answer.AccessKeyMetadata ?? [], next: nextOf(answer) };
        }),
      );
    case "access-key-last-used":
      return bounded(
        context.accessKeyIds,
        concurrency,
        async (AccessKeyId) =>
          [
            AccessKeyId,
            await lookedUp(
              "iam:GetAccessKeyLastUsed",
              async () =>
                (await iam.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId }))).AccessKeyLastUsed ?? {},
            ),
          ] as const,
      ).then((entries) => gathered("iam:GetAccessKeyLastUsed", entries));
    case "login-profiles":
      return perUser<object | null>("iam:GetLoginProfile", async (UserName) => {
        try {
          return (await iam.send(new sdk.GetLoginProfileCommand({ UserName }))).LoginProfile ?? null;
        } catch (error) {
          if (isAbsent(error)) return null;
          throw error;
        }
      });
    case "mfa-devices":
      return perUser("iam:ListMFADevices", (UserName) =>
        allPages(async (token) => {
          const answer = await iam.send(new sdk.ListMFADevicesCommand({ UserName, ...markerOf(token) }));
          return { items: answer.MFADevices ?? [], next: nextOf(answer) };
        }),
      );
    case "ssh-public-keys":
      return perUser("iam:ListSSHPublicKeys", (UserName) =>
        allPages(async (token) => {
          const answer = await iam.send(new sdk.ListSSHPublicKeysCommand({ UserName, ...markerOf(token) }));
          return { items: answer.SSHPublicKeys ?? [], next: nextOf(answer) };
        }),
      );
    case "service-specific-credentials":
      return perUser("iam:ListServiceSpecificCredentials", (UserName) =>
        allPages(async (token) => {
          const answer = await iam.send(
            new sdk.ListServiceSpecificCredentialsCommand({ UserName, ...markerOf(token) }),
          );
          return { items: answer.ServiceSpecificCredentials ?? [], next: nextOf(answer) };
        }),
      );
    case "signing-certificates":
      // The body of a certificate is public but long; what counts is that it is there.
      return perUser("iam:ListSigningCertificates", (UserName) =>
        allPages(async (token) => {
          const answer = await iam.send(new sdk.ListSigningCertificatesCommand({ UserName, ...markerOf(token) }));
          return {
            items: (answer.Certificates ?? []).map(({ CertificateBody: _, ...rest }) => rest),
            next: nextOf(answer),
          };
        }),
      );
    case "server-certificates":
      return answered("iam:ListServerCertificates", () =>
        allPages(async (token) => {
          const answer = await iam.send(new sdk.ListServerCertificatesCommand({ ...markerOf(token) }));
          return { items: answer.ServerCertificateMetadataList ?? [], next: nextOf(answer) };
        }),
      );
    case "account-summary":
      return answered(
        "iam:GetAccountSummary",
        async () => (await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap ?? {},
      );
    case "password-policy":
      return answered("iam:GetAccountPasswordPolicy", async () => {
        try {
          return (await iam.send(new sdk.GetAccountPasswordPolicyCommand({}))).PasswordPolicy ?? null;
        } catch (error) {
          // AWS answers NoSuchEntity where none is set: an answer, not a gap.
          if (isAbsent(error)) return null;
          throw error;
        }
      });
    case "identity-providers":
      return answered("iam:ListOpenIDConnectProviders", async () => {
        const oidc = (await iam.send(new sdk.ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList ?? [];
        const saml = (await iam.send(new sdk.ListSAMLProvidersCommand({}))).SAMLProviderList ?? [];
        return {
          oidc: await bounded(oidc, concurrency, async ({ Arn }) => {
            const { $metadata: _, ...provider } = await iam.send(
              new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: Arn ?? "" }),
            );
            return { Arn, ...provider };
          }),
          saml,
        };
      });
    case "credential-report":
      return answered("iam:GenerateCredentialReport", () => credentialReport(reads));
    case "service-last-accessed":
      return bounded(
        context.principalArns,
        concurrency,
        async (arn) =>
          [arn, await lookedUp("iam:GenerateServiceLastAccessedDetails", () => lastAccessed(reads, arn))] as const,
      ).then((entries) => gathered("iam:GenerateServiceLastAccessedDetails", entries));
  }
}

/** Asks for a fresh report and waits for it: AWS makes it in the background. */
async function credentialReport({ iam, sdk, wait }: IamReads): Promise<Record<string, string>[]> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const { State } = await iam.send(new sdk.GenerateCredentialReportCommand({}));
    if (State === "COMPLETE") {
      const { Content } = await iam.send(new sdk.GetCredentialReportCommand({}));
      const table = readCsv(Content ?? new Uint8Array(), "the credential report");
      return table.rows.map(({ cells }) =>
        Object.fromEntries(table.header.map((column, i) => [column, cells[i] ?? ""])),
      );
    }
    await wait(Math.min(2_000, 250 * (poll + 1)));
  }
  throw new AuditError("provider-answer", "report-late", "AWS did not finish the credential report in time");
}

/** One asynchronous job: started, polled, read page by page. */
async function lastAccessed({ iam, sdk, wait }: IamReads, Arn: string): Promise<RawLastAccessed> {
  const { JobId } = await iam.send(new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn }));
  for (let poll = 0; poll < POLLS; poll += 1) {
    const first = await iam.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId }));
    if (first.JobStatus === "FAILED")
      throw new AuditError(
        "provider-answer",
        "job-failed",
        `AWS's job failed: ${first.Error?.Code ?? "no reason given"}`,
      );
    if (first.JobStatus === "COMPLETED") {
      const second = nextOf(first);
      const rest =
        second === undefined
          ? []
          : await allPages(async (token = second) => {
              const answer = await iam.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId, Marker: token }));
              return { items: answer.ServicesLastAccessed ?? [], next: nextOf(answer) };
            });
      return {
        JobStatus: "COMPLETED",
        ServicesLastAccessed: [...(first.ServicesLastAccessed ?? []), ...rest] as NonNullable<
          RawLastAccessed["ServicesLastAccessed"]
        >,
      };
    }
    await wait(Math.min(2_000, 200 * (poll + 1)));
  }
  throw new AuditError("provider-answer", "job-late", "AWS did not finish the job in time");
}
