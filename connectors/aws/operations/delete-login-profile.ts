import { unknown } from "../../../src/model/observed.ts";
import { captured, type AwsOperation } from "./operation.ts";
import { needed } from "./parameters.ts";

/** Removes a console password. Putting it back needs the person, who must set a new one: only rehearsed for now. */
export const deleteLoginProfile: AwsOperation = {
  id: "aws/delete-login-profile",
  capture: async (client, target) =>
    captured(await client.loginProfile(needed(target, "principal").displayName), () => ({ hadPassword: true }), unknown("AWS says it only in the credential report")),
  revoke: (client, target) => client.deleteLoginProfile(needed(target, "principal").displayName),
  restore: (client, target) => client.restoreLoginProfile(needed(target, "principal").displayName),
  look: (client, target) => client.loginProfile(needed(target, "principal").displayName),
};
