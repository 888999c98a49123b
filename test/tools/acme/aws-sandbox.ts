/** Where people try things. Everything is allowed, but the organization keeps IAM out of reach; nobody tidies up. */
import { allow, doc, service, trust } from "./policy.ts";
import { TENANTS, type Tenant } from "./tenant.ts";

/** Its root has an access key, and nobody has set a password policy. Its resources are not listed: a gap that reports show. */
export const sandbox: Tenant = {
  digits: TENANTS.sandbox,
  root: { mfa: true, used: null, key: 800 },
  passwordPolicy: null,
  policies: {
    "play-with-everything": doc(allow("*")),
    "sandbox-boundary": doc(allow(["s3:*", "lambda:*", "logs:*"])),
  },
  groups: [{ name: "players", attached: ["play-with-everything"] }],
  users: [
    // Everything, so administration: were it not for the organization's policy.
    {
      name: "abe.metasyn",
      made: 220,
      groups: ["players"],
      keys: [{ made: 40, used: 2, where: ["lambda", "eu-west-1"] }],
      services: { lambda: 2, s3: 4 },
    },
    { name: "bea.nullson", made: 220, groups: ["players"], password: "never", mfa: true },
    {
      name: "experiment-runner",
      made: 150,
      inline: { "do-anything": doc(allow("*")) },
      boundary: "sandbox-boundary",
      keys: [{ made: 60, used: 5, where: ["s3", "eu-west-1"] }],
      codeCommit: 150,
      certificate: 150,
      services: { s3: 5, lambda: 8, logs: 9 },
    },
  ],
  roles: [
    {
      name: "notebook",
      made: 140,
      trust: service("sagemaker"),
      used: 30,
      attached: ["AmazonS3ReadOnlyAccess"],
      services: { s3: 30 },
    },
    {
      name: "never-started",
      made: 200,
      trust: service("lambda"),
      used: null,
      attached: ["AmazonS3ReadOnlyAccess"],
      tags: { note: "=1+1", owner: "<script>nobody</script>" },
    },
    { name: "brand-new", made: 10, trust: service("lambda"), used: null, attached: ["AmazonS3ReadOnlyAccess"] },
    {
      name: "OrganizationAccountAccessRole",
      made: 1_600,
      trust: trust({ AWS: `arn:aws:iam::${TENANTS.management}:root` }),
      used: 60,
      attached: ["AdministratorAccess"],
    },
  ],
};
