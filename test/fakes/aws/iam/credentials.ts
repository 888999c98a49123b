import type {
  CreateAccessKeyRequest,
  CreateAccessKeyResponse,
  CreateLoginProfileRequest,
  CreateLoginProfileResponse,
  CreateVirtualMFADeviceRequest,
  CreateVirtualMFADeviceResponse,
  DeleteAccessKeyRequest,
  DeleteLoginProfileRequest,
  EnableMFADeviceRequest,
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse,
  GetLoginProfileRequest,
  GetLoginProfileResponse,
  ListAccessKeysRequest,
  ListAccessKeysResponse,
  ListMFADevicesRequest,
  ListMFADevicesResponse,
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse,
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse,
  ListSSHPublicKeysRequest,
  ListSSHPublicKeysResponse,
  ListVirtualMFADevicesRequest,
  ListVirtualMFADevicesResponse,
  UpdateAccessKeyRequest,
} from "@aws-sdk/client-iam";
import { AwsFault, alreadyExists, noSuchEntity } from "../aws-fault.ts";
import { page, userOf, type HandlerMap, type IamCall } from "./call.ts";

function keyPlace(input: { UserName?: string | undefined; AccessKeyId?: string | undefined }, call: IamCall) {
  const user = userOf(call, input.UserName);
  const index = user.keys.findIndex((key) => key.AccessKeyId === input.AccessKeyId);
  const key = user.keys[index];
  if (key === undefined) throw noSuchEntity("Access Key", input.AccessKeyId ?? "");
  return { user, index, key };
}

/** Access keys, console passwords, second factors and the other things users sign in with. */
export const credentialHandlers = {
  ListAccessKeys(input: ListAccessKeysRequest, call: IamCall): ListAccessKeysResponse {
    const user = userOf(call, input.UserName);
    const { items, ...rest } = page(user.keys, input, call);
    const keys = items.map(({ AccessKeyId, Status, CreateDate }) => ({
      UserName: user.UserName,
      AccessKeyId,
      Status,
      CreateDate,
    }));
    return { AccessKeyMetadata: keys, ...rest };
  },

  GetAccessKeyLastUsed(input: GetAccessKeyLastUsedRequest, call: IamCall): GetAccessKeyLastUsedResponse {
    for (const user of call.tenant.users.values()) {
      const key = user.keys.find((candidate) => candidate.AccessKeyId === input.AccessKeyId);
      if (key === undefined) continue;
      // AWS answers "N/A" for a key that was never used, with no date.
      const lastUsed = key.lastUsed ?? { ServiceName: "N/A", Region: "N/A", LastUsedDate: undefined };
      return { UserName: user.UserName, AccessKeyLastUsed: lastUsed };
    }
    throw new AwsFault("AccessDenied", `no access key ${input.AccessKeyId ?? ""}`, 403);
  },

  CreateAccessKey(input: CreateAccessKeyRequest, call: IamCall): CreateAccessKeyResponse {
    const user = userOf(call, input.UserName);
    if (user.keys.length >= 2) throw new AwsFault("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", 409);
    const key = {
      AccessKeyId: call.ids.make("AKIA"),
      Status: "Active" as const,
      CreateDate: call.now,
      lastUsed: undefined,
    };
    user.keys.push(key);
    const { lastUsed: _lastUsed, ...shown } = key;
    return { AccessKey: { ...shown, UserName: user.UserName, SecretAccessKey: `secret-${call.canary}` } };
  },

  UpdateAccessKey(input: UpdateAccessKeyRequest, call: IamCall): object {
    const { user, index, key } = keyPlace(input, call);
    user.keys[index] = { ...key, Status: input.Status ?? "Active" };
    return {};
  },

  DeleteAccessKey(input: DeleteAccessKeyRequest, call: IamCall): object {
    const { user, index } = keyPlace(input, call);
    user.keys.splice(index, 1);
    return {};
  },

  GetLoginProfile(input: GetLoginProfileRequest, call: IamCall): GetLoginProfileResponse {
    const user = userOf(call, input.UserName);
    if (user.loginProfile === undefined) throw noSuchEntity("Login Profile for User", user.UserName);
    return { LoginProfile: user.loginProfile };
  },

  CreateLoginProfile(input: CreateLoginProfileRequest, call: IamCall): CreateLoginProfileResponse {
    const user = userOf(call, input.UserName);
    if (user.loginProfile !== undefined) throw alreadyExists("Login Profile for User", user.UserName);
    user.loginProfile = {
      UserName: user.UserName,
      CreateDate: call.now,
      PasswordResetRequired: input.PasswordResetRequired ?? false,
    };
    return { LoginProfile: user.loginProfile };
  },

  DeleteLoginProfile(input: DeleteLoginProfileRequest, call: IamCall): object {
    const user = userOf(call, input.UserName);
    if (user.loginProfile === undefined) throw noSuchEntity("Login Profile for User", user.UserName);
    user.loginProfile = undefined;
    return {};
  },

  CreateVirtualMFADevice(input: CreateVirtualMFADeviceRequest, call: IamCall): CreateVirtualMFADeviceResponse {
    const serial = `arn:aws:iam::${call.tenant.id}:mfa/${input.VirtualMFADeviceName ?? ""}`;
    call.tenant.spareMfaDevices.add(serial);
    return { VirtualMFADevice: { SerialNumber: serial, Base32StringSeed: Buffer.from(call.canary) } };
  },

  EnableMFADevice(input: EnableMFADeviceRequest, call: IamCall): object {
    const user = userOf(call, input.UserName);
    if (!call.tenant.spareMfaDevices.delete(input.SerialNumber ?? ""))
      throw noSuchEntity("MFA device", input.SerialNumber ?? "");
    user.mfaDevices.push({ UserName: user.UserName, SerialNumber: input.SerialNumber, EnableDate: call.now });
    return {};
  },

  ListMFADevices(input: ListMFADevicesRequest, call: IamCall): ListMFADevicesResponse {
    const { items, ...rest } = page(userOf(call, input.UserName).mfaDevices, input, call);
    return { MFADevices: items, ...rest };
  },

  ListVirtualMFADevices(input: ListVirtualMFADevicesRequest, call: IamCall): ListVirtualMFADevicesResponse {
    const assigned = [...call.tenant.users.values()].flatMap((user) =>
      user.mfaDevices.map((device) => ({
        SerialNumber: device.SerialNumber,
        EnableDate: device.EnableDate,
        User: {
          Path: user.Path,
          UserName: user.UserName,
          UserId: user.UserId,
          Arn: user.Arn,
          CreateDate: user.CreateDate,
        },
      })),
    );
    const { items, ...rest } = page(assigned, input, call);
    return { VirtualMFADevices: items, ...rest };
  },

  ListSSHPublicKeys(input: ListSSHPublicKeysRequest, call: IamCall): ListSSHPublicKeysResponse {
    const { items, ...rest } = page(userOf(call, input.UserName).sshKeys, input, call);
    return { SSHPublicKeys: items, ...rest };
  },

  ListServiceSpecificCredentials(
    input: ListServiceSpecificCredentialsRequest,
    call: IamCall,
  ): ListServiceSpecificCredentialsResponse {
    const { items, ...rest } = page(userOf(call, input.UserName).serviceCredentials, input, call);
    return { ServiceSpecificCredentials: items, ...rest };
  },

  ListSigningCertificates(input: ListSigningCertificatesRequest, call: IamCall): ListSigningCertificatesResponse {
    const { items, ...rest } = page(userOf(call, input.UserName).certificates, input, call);
    return { Certificates: items, ...rest };
  },
} satisfies HandlerMap;
