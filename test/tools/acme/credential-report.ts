import { daysAgo } from "./moment.ts";
import type { Key, Tenant, User } from "./tenant.ts";

const KEY = ["active", "last_rotated", "last_used_date", "last_used_region", "last_used_service"];
const COLUMNS = [
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active",
  ...KEY.map((column) => `access_key_1_${column}`),
  ...KEY.map((column) => `access_key_2_${column}`),
  "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated",
].join(",");

/** credential-report.csv as AWS returns it, root first. */
export function credentialReport({ digits, root, users }: Tenant): string {
  const rootKey: Key | undefined = root.key === null ? undefined : { made: root.key, used: null };
  const rootCells = [
    "<root_account>",
    `arn:aws:iam::${digits}:root`,
    daysAgo(1_700),
    "not_supported",
    root.used === null ? "no_information" : daysAgo(root.used),
    "not_supported",
    "not_supported",
    String(root.mfa),
    ...keyCells(rootKey),
    ...keyCells(undefined),
    ...certificateCells(undefined),
  ];
  const lines = [rootCells, ...users.map((user) => userCells(user, digits))].map((cells) => cells.join(","));
  return `${[COLUMNS, ...lines].join("\n")}\n`;
}

function userCells(user: User, digits: string): string[] {
  const made = daysAgo(user.made ?? 365);
  return [
    user.name,
    `arn:aws:iam::${digits}:user/${user.name}`,
    made,
    String(user.password !== undefined),
    user.password === undefined ? "N/A" : user.password === "never" ? "no_information" : daysAgo(user.password),
    user.password === undefined ? "N/A" : made,
    "N/A",
    String(user.mfa === true),
    ...keyCells(user.keys?.[0]),
    ...keyCells(user.keys?.[1]),
    ...certificateCells(user.certificate),
  ];
}

function keyCells(key: Key | undefined): string[] {
  if (key === undefined) return ["false", "N/A", "N/A", "N/A", "N/A"];
  const active = String(key.active !== false);
  if (key.used === null) return [active, daysAgo(key.made), "N/A", "N/A", "N/A"];
  const [service = "s3", region = "eu-west-1"] = key.where ?? [];
  return [active, daysAgo(key.made), daysAgo(key.used), region, service];
}

const certificateCells = (made: number | undefined): string[] => [
  String(made !== undefined),
  made === undefined ? "N/A" : daysAgo(made),
  "false",
  "N/A",
];
