/** The IAM users of production. Whoever is here and not in Identity Center was here before it was. */
import { allow, doc } from "./policy.ts";
import type { User } from "./tenant.ts";

/** In the order they were made known; ids count along it, so add new ones at the end. */
export const PRODUCTION_USERS: readonly User[] = [
  {
    name: "kai.lorem",
    made: 900,
    groups: ["administrators"],
    keys: [{ made: 60, used: 1, where: ["iam", "us-east-1"] }],
    password: 2,
    mfa: true,
    services: { iam: 1, s3: 3, ec2: 2 },
  },
  {
    name: "lia.ipsum",
    made: 700,
    groups: ["administrators"],
    password: 12,
    mfa: true,
    services: { iam: 15, s3: 20, ec2: 12 },
  },
  // Left in August; the key is old, idle and still an administrator's.
  {
    name: "odo.amet",
    made: 1_200,
    groups: ["administrators"],
    keys: [{ made: 412, used: 200, where: ["s3", "eu-west-1"] }],
    services: { iam: 300, s3: 200 },
  },
  // Administration with a second factor only.
  {
    name: "pia.foobar",
    made: 500,
    groups: ["payments-operators", "on-call"],
    password: 4,
    mfa: true,
    services: { dynamodb: 4, sqs: 4 },
  },
  {
    name: "quin.bazley",
    made: 480,
    groups: ["payments-operators"],
    password: 70,
    mfa: true,
    services: { dynamodb: 70, sqs: 88 },
  },
  {
    name: "ray.quuxton",
    made: 450,
    groups: ["payments-operators"],
    password: 9,
    mfa: false,
    services: { dynamodb: 9, sqs: 9 },
  },
  // Second on call: may become the payments administrator, with a second factor only.
  {
    name: "sue.corge",
    made: 300,
    attached: ["payments-operate"],
    password: 6,
    mfa: true,
    services: { dynamodb: 6, sqs: 110 },
  },
  {
    name: "uma.garply",
    made: 640,
    groups: ["web-deployers"],
    keys: [{ made: 30, used: 0, where: ["s3", "eu-west-1"] }],
    services: { s3: 0, cloudfront: 0 },
  },
  // One day inside the limit.
  {
    name: "vic.waldo",
    made: 620,
    groups: ["web-deployers"],
    keys: [{ made: 80, used: 44, where: ["s3", "eu-west-1"] }],
    services: { s3: 44, cloudfront: 60 },
  },
  {
    name: "eve.iterable",
    made: 200,
    groups: ["auditors"],
    password: 1,
    mfa: true,
    services: { cloudtrail: 1, cloudwatch: 30, config: 2, ec2: 2, iam: 1, logs: 12, s3: 2 },
  },
  // Two keys, one stale and one busy: only the stale one may ever be touched.
  {
    name: "ci-web",
    made: 800,
    inline: { "deploy-anything": doc(allow("s3:*")) },
    keys: [
      { made: 700, used: 210, where: ["s3", "eu-west-1"] },
      { made: 50, used: 0, where: ["s3", "eu-west-1"] },
    ],
    tags: { team: "web" },
    services: { s3: 0 },
  },
  {
    name: "ci-legacy",
    made: 1_500,
    groups: ["web-deployers"],
    keys: [{ made: 1_400, used: 300, where: ["cloudfront", "us-east-1"] }],
    services: { s3: 300, cloudfront: 300 },
  },
  {
    name: "metrics-exporter",
    made: 85,
    groups: ["data-machines"],
    keys: [{ made: 80, used: null }],
    tags: { description: '=HYPERLINK("https://sample.invalid","metrics")' },
    services: { athena: null, glue: null, s3: null },
  },
  // New, and waits for its first night.
  {
    name: "backup-agent",
    made: 22,
    groups: ["data-machines"],
    keys: [{ made: 20, used: null }],
    services: { athena: null, glue: null, s3: null },
  },
  {
    name: "mystery",
    made: 950,
    attached: ["ReadOnlyAccess"],
    keys: [{ made: 940, used: 20, where: ["ec2", "eu-west-1"] }],
    services: { cloudwatch: null, ec2: 20, iam: null, logs: null, s3: 20 },
  },
  // An administrator's group, but away until spring: one statement denies everything.
  {
    name: "nia.sitamet",
    made: 350,
    groups: ["administrators", "on-leave"],
    password: 40,
    mfa: true,
    services: { iam: 70, s3: 40, ec2: 55 },
  },
  // An administrator's policy, but a boundary that lets nothing but reading data through.
  {
    name: "mo.dolor",
    made: 330,
    attached: ["AdministratorAccess"],
    boundary: "data-read",
    password: 5,
    mfa: true,
    services: { athena: 5, glue: 6, s3: 5 },
  },
  // Left in May; nothing signs in any more.
  {
    name: "yan.xyzzy",
    made: 1_000,
    groups: ["web-deployers"],
    keys: [{ active: false, made: 600, used: 260, where: ["s3", "eu-west-1"] }],
  },
  // Decoy: may write a new version of a policy it holds, were it not for another group that denies all of IAM.
  {
    name: "bjoern.umlaeut",
    made: 210,
    groups: ["web-deployers", "web-leads", "no-identity-changes"],
    password: 8,
    mfa: true,
    sshKey: 210,
    services: { s3: 8, cloudfront: 30 },
  },
  // May change the code of a function that runs as an administrator.
  {
    name: "oz.promiset",
    made: 190,
    groups: ["report-developers"],
    keys: [{ made: 70, used: 3, where: ["lambda", "eu-west-1"] }],
    services: { lambda: 3 },
  },
  // May become the role that may hand an administrator's role to a function of its own.
  {
    name: "cal.iterato",
    made: 170,
    groups: ["builders"],
    keys: [{ made: 65, used: 4, where: ["sts", "eu-west-1"] }],
    services: { sts: 4 },
  },
  // Decoy: may attach policies to itself, were it not for the boundary.
  {
    name: "xen.currier",
    made: 160,
    groups: ["self-service"],
    boundary: "data-read",
    password: 11,
    mfa: true,
    services: { iam: 60 },
  },
  // Everything but IAM.
  {
    name: "sal.yieldly",
    made: 150,
    groups: ["developers"],
    keys: [{ made: 45, used: 1, where: ["ec2", "eu-west-1"] }],
    services: { ec2: 1, lambda: 6, s3: 1 },
  },
  // Decoy: may assume the administrator's role as far as its own policy goes; the role trusts functions only.
  {
    name: "xia.plugh",
    made: 140,
    groups: ["report-testers"],
    password: 14,
    mfa: true,
    services: { sts: 14 },
  },
  // Two desks at once: one may do everything but what people are, the other the rest. Nobody made her an administrator.
  {
    name: "pam.asynca",
    made: 130,
    groups: ["platform-builders", "people-desk"],
    password: 1,
    mfa: true,
    services: { ec2: 1, iam: 2, s3: 9 },
  },
  // Makes new keys for others, so one lost password is as many lost keys.
  {
    name: "joy.testwell",
    made: 120,
    groups: ["key-desk"],
    password: 2,
    mfa: true,
    services: { iam: 2 },
  },
];
