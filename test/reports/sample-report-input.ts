import type { ReportInput } from "../../reports/index.ts";
import type { WithoutRevocation } from "../../reports/revocations-csv.ts";
import type { ChokeGrant, TenantChokePoints } from "../../src/model/choke-points.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { FindingsDocument } from "../../src/model/findings-document.ts";
import type { PermissionMatrix } from "../../src/model/permission-matrix.ts";
import type { Verification } from "../../src/model/verification.ts";
import { aRevocation } from "../revoke/a-revocation.ts";

const AS_OF = "2026-11-20T08:00:00Z";
const TENANT = "aws:111122223333";

/** Names as somebody chooses them who wants more than a name. */
export const HOSTILE = {
  markup: `<script>alert("x")</script>`,
  attribute: `" onmouseover="alert(1)`,
  formula: `=HYPERLINK("https://attacker.example","open")`,
  bar: "left|right",
  code: "tick`<img src=x onerror=alert(1)>",
  override: "\u202Egnp.exe",
  lines: "first\r\n| second",
} as const;

/** One finding with everything a finding can have. */
export function aFinding(name: string, more: Partial<Finding> = {}): Finding {
  return {
    id: "a".repeat(26),
    rule: "idle-access-key",
    concern: "stale",
    severity: "high",
    score: 52,
    terms: [
      { name: "privilege: write", value: 30 },
      { name: "disuse: unused 180 days", value: 22 },
    ],
    subject: {
      id: `${TENANT}:AIDASAMPLE`,
      kind: "user",
      locator: `arn:aws:iam::111122223333:user/${name}`,
      displayName: name,
      tenant: TENANT,
    },
    credential: { id: `${TENANT}:KEYSAMPLE1`, hint: "…PLE1" },
    grants: ["g".repeat(26)],
    summary: `access key \`…PLE1\` of \`${name}\` has not been used for 200 days`,
    evidence: [{ source: "access-key-last-used", observedAt: AS_OF }],
    suggestion: "revoke",
    controls: ["CIS AWS 1.11", "PCI DSS 8.2.6"],
    ...more,
  };
}

/** A document with one finding per name, worst first. */
export function documentOf(findings: readonly Finding[]): FindingsDocument {
  return {
    schema: "leastwise/findings@1",
    asOf: AS_OF,
    asOfSource: "recording",
    coverage: [
      { tenant: TENANT, kind: "access-key", state: "complete", reason: null },
      { tenant: TENANT, kind: "organization", state: "denied", reason: "refused: organizations:ListRoots" },
    ],
    rules: [
      {
        id: "idle-access-key",
        state: "evaluated",
        examined: 12,
        found: findings.length,
        undecided: 1,
        reason: "1 key without a date",
      },
      {
        id: "idle-role",
        state: "not-evaluated",
        examined: 0,
        found: 0,
        undecided: 0,
        reason: "role-last-used was not read",
      },
    ],
    findings,
  };
}

const FINDINGS = [
  aFinding("root", {
    id: "b".repeat(26),
    rule: "admin-by-grant",
    concern: "overbroad",
    severity: "critical",
    score: 88,
    path: [
      {
        from: "robin-sample",
        fromId: `${TENANT}:A`,
        to: "admins",
        toId: `${TENANT}:G`,
        technique: { id: "member-of", name: "is a member of" },
        grants: ["g1"],
      },
      {
        from: "admins",
        fromId: `${TENANT}:G`,
        to: "AdministratorAccess",
        toId: `${TENANT}:P`,
        technique: { id: "attached", name: "is attached" },
        grants: ["g2"],
      },
    ],
    summary: "`robin-sample` is granted administration through `admins`",
    suggestion: "narrow",
  }),
  aFinding("ci-sample"),
  aFinding("sam-sample", {
    id: "e".repeat(26),
    rule: "conditional-escalation-to-admin",
    concern: "overbroad",
    severity: "medium",
    score: 20,
    path: [
      {
        from: "sam-sample",
        fromId: `${TENANT}:S`,
        to: "operator",
        toId: `${TENANT}:O`,
        technique: { id: "sts-001", name: "assumes the role" },
        permissions: ["sts:AssumeRole"],
        grants: ["g3"],
        conditions: [{ key: "aws:MultiFactorAuthPresent", operator: "Bool", values: ["true"] }],
        state: "conditional",
      },
      {
        from: "operator",
        fromId: `${TENANT}:O`,
        to: "admin",
        toId: TENANT,
        technique: { id: "sample-001", name: "replaces the code of a function with the role" },
        permissions: ["lambda:UpdateFunctionCode"],
        grants: ["g4"],
        conditions: [],
        state: "yes",
        note: "something has to invoke the function",
      },
    ],
    summary: "`sam-sample` can become administrator: assumes the role `operator`",
    suggestion: "narrow",
  }),
  aFinding("kim-sample", {
    id: "c".repeat(26),
    severity: "low",
    score: 8,
    suggestion: "ask-owner",
    summary: "`kim-sample` belongs to nobody in the roster",
    concern: "unapproved",
    rule: "unowned-principal",
  }),
];

/** A tenant that one grant cuts, and beside it others that cut less; nothing proven. */
const CUTS: TenantChokePoints = {
  tenant: TENANT,
  tenantName: "sample-production",
  escalating: 5,
  removals: [
    cut("attachment", "operator", "policy AdministratorSample"),
    cut("trust", "sam-sample", "assume role operator"),
  ],
  exact: false,
  lowerBound: 1,
  supports: 9,
  cannotCut: false,
  ranking: [
    { grant: cut("attachment", "operator", "policy AdministratorSample"), cutsOff: 4 },
    { grant: cut("membership", "kim-sample", "group helpers"), cutsOff: 1 },
  ],
  tried: 40,
  candidates: 52,
};

function cut(kind: string, holder: string, access: string): ChokeGrant {
  return { id: `${kind}-${holder}`, kind, holder, holderId: `${TENANT}:${holder}`, access };
}

const MATRIX: PermissionMatrix = {
  asOf: AS_OF,
  columns: [
    { id: "s3", title: "s3", group: "sample-production" },
    { id: "iam", title: "iam", group: "sample-production" },
    { id: "website", title: "sample/website", group: "sample" },
  ],
  rows: [
    {
      id: `${TENANT}:A`,
      who: "robin-sample",
      kind: "user",
      tenant: "sample-production",
      identity: "Robin Sample (linked)",
      cells: { s3: { level: "read", use: "unused" }, iam: { level: "admin", use: "used" } },
    },
    {
      id: "github:O_1:U_1",
      who: "kim-sample",
      kind: "user",
      tenant: "sample",
      identity: "unmatched",
      cells: { website: { level: "write", use: "unknown" } },
    },
  ],
  omittedRows: 3,
  omittedColumns: 1,
};

const REVOCATIONS = [
  aRevocation({
    id: "revocation:1",
    state: "verified",
    campaignId: "campaign-1",
    decisionId: "decision-1",
    findingId: null,
  }),
  aRevocation({
    id: "revocation:2",
    dueAt: "2026-11-27T08:00:00Z",
    summary: "detach managed policy: `kim-sample` in sample-production: policy PowerSample",
    operation: "aws/detach-managed-policy",
  }),
  aRevocation({
    id: "revocation:3",
    state: "held",
    stateReason: "it was used on 2026-11-19, after it was planned",
    dueAt: "2026-11-19T08:00:00Z",
  }),
];

const BY_HAND: WithoutRevocation = {
  state: "by-hand",
  summary: "take away: `robin-sample` in sample-production: permission set SampleReader",
  reason: "works elsewhere now",
  why: "no operation takes this away yet",
  decisionId: "decision-2",
  findingId: null,
  subjectId: "grant-sample-1",
};

const seen = (revocationId: string, more: Partial<Verification>): Verification => ({
  id: `verification:of-${revocationId}`,
  revocationId,
  kind: "after-revoke",
  passed: true,
  observed: "gone when read again",
  remainingGrants: [],
  at: "2026-11-20T08:00:05Z",
  simulated: false,
  ...more,
});

/** One small review, with everything every report needs. */
export const SAMPLE_INPUT: ReportInput = {
  findings: {
    document: documentOf(FINDINGS),
    rules: [
      {
        id: "idle-access-key",
        title: "Active access key is not used",
        rationale: "an unused key still opens every door it ever opened",
        remediation: "deactivate the key, wait one business cycle, then delete it",
        controls: ["CIS AWS 1.11"],
      },
      {
        id: "admin-by-grant",
        title: "Principal is granted administration",
        rationale: "who can do everything can also give it away",
        remediation: "narrow the policy to what is used",
        controls: ["CIS AWS 1.16"],
      },
    ],
    tenantNames: { [TENANT]: "sample-production (111122223333)" },
    chokePoints: [
      CUTS,
      {
        ...CUTS,
        tenant: "aws:222233334444",
        tenantName: "sample-test",
        escalating: 1,
        removals: [],
        cannotCut: true,
        ranking: [],
        tried: 0,
        candidates: 0,
      },
    ],
  },
  matrixPage: MATRIX,
  matrix: { ...MATRIX, omittedRows: 0, omittedColumns: 0 },
  revocations: {
    revocations: REVOCATIONS,
    verifications: [seen("revocation:1", {}), seen("revocation:2", { simulated: true })],
    withoutRevocation: [BY_HAND],
  },
  campaign: {
    name: "Access review November 2026",
    state: "closed",
    asOf: AS_OF,
    openedAt: "2026-11-20T09:00:00Z",
    closedAt: "2026-11-24T16:00:00Z",
    population: 12,
    excluded: 2,
    decided: 9,
    excepted: 1,
    open: 0,
    outcomes: { keep: 5, revoke: 3, reduce: 1 },
    reviewers: [
      { name: "Kim Sample", items: 6, decided: 6, toRevoke: 2 },
      { name: "Robin Sample", items: 4, decided: 4, toRevoke: 1 },
    ],
    findings: { before: 3, after: 2, bySeverity: { critical: 1, high: 1, medium: 0, low: 1 } },
    takings: [
      {
        outcome: "revoke",
        summary: "take away: `robin-sample` in sample-production: permission set SampleReader",
        reason: "works elsewhere now",
        state: "by-hand",
        undoClass: null,
        open: "by hand: no operation takes this away yet",
        owner: { name: "Kim Sample", as: "reviewer" },
        proof: "",
      },
      {
        outcome: "reduce",
        summary: "reduce: `robin-sample` in sample-production: policy AdminSample",
        reason: "reads only",
        state: "by-hand",
        undoClass: null,
        open: "by hand: the reviewer wants less of it, not none: narrow it",
        owner: { name: "Robin Sample", as: "reviewer" },
        proof: "",
      },
      {
        outcome: "revoke",
        summary: "deactivate access key: `ci-sample` in sample-production",
        reason: "nobody knows it",
        state: "verified",
        undoClass: "A",
        open: null,
        owner: { name: "Kim Sample", as: "technical owner" },
        proof: "gone when read again on 2026-11-20",
      },
      {
        outcome: "revoke",
        summary: "detach managed policy: `kim-sample` in sample-production: policy PowerSample",
        reason: "was for a migration",
        state: "scheduled",
        undoClass: "A",
        open: "due on 2026-11-27, waiting for its notice; only rehearsed so far",
        owner: { name: "Robin Sample", as: "technical owner" },
        proof: "",
      },
    ],
    tieOut: [
      "population 12 = decided 9 + excepted 1 + excluded 2",
      "to be revoked 3 = proven gone 1 + open with an owner 2 (of which 1 rehearsed, which proves nothing)",
    ],
    coverageGaps: ["organization of sample-production: denied (refused: organizations:ListRoots)"],
    evidence: {
      path: "evidence.zip",
      verdict: "The archive was checked offline: 40 events in an unbroken chain, every file as it was written.",
      head: "0123456789abcdef".repeat(4),
    },
  },
};

/** The sample with hostile words in every place where a person or a provider chooses them. */
export function hostileInput(name: string): ReportInput {
  const finding = aFinding(name, {
    credential: { id: `${TENANT}:${name}`, hint: name },
    path: [
      {
        from: name,
        fromId: name,
        to: name,
        toId: name,
        technique: { id: "member-of", name: "is a member of" },
        permissions: [name],
        grants: [name],
        conditions: [{ key: name, operator: name, values: [name] }],
        note: name,
      },
    ],
    evidence: [{ source: name, observedAt: AS_OF }],
    controls: [name],
    terms: [{ name, value: 52 }],
  });
  const document = {
    ...documentOf([
      finding,
      aFinding(name, { id: "d".repeat(26), subject: { ...finding.subject, tenant: name }, summary: name }),
    ]),
  };
  const coverage = [{ tenant: name, kind: "access-key", state: "denied" as const, reason: name }];
  const rules = [
    { id: "idle-access-key", state: "not-evaluated" as const, examined: 1, found: 2, undecided: 0, reason: name },
  ];
  const matrix: PermissionMatrix = {
    asOf: AS_OF,
    columns: [{ id: name, title: name, group: name }],
    rows: [
      {
        id: name,
        who: name,
        kind: "user",
        tenant: name,
        identity: name,
        cells: { [name]: { level: "write", use: "unused" } },
      },
    ],
    omittedRows: 0,
    omittedColumns: 0,
  };
  return {
    findings: {
      document: { ...document, coverage, rules },
      rules: [],
      tenantNames: { [TENANT]: name },
      chokePoints: [
        {
          ...CUTS,
          tenant: name,
          tenantName: name,
          removals: [cut("attachment", name, name)],
          ranking: [{ grant: cut("membership", name, name), cutsOff: 2 }],
        },
      ],
    },
    matrixPage: matrix,
    matrix,
    revocations: {
      revocations: [aRevocation({ summary: `deactivate: \`${name}\``, reason: name, stateReason: name })],
      verifications: [seen("revocation:sample-1", { observed: name })],
      withoutRevocation: [{ ...BY_HAND, summary: name, reason: name, why: name }],
    },
    campaign: {
      ...(SAMPLE_INPUT.campaign ?? failure()),
      name,
      reviewers: [{ name, items: 1, decided: 1, toRevoke: 0 }],
      takings: [
        {
          outcome: "revoke",
          summary: `\`${name}\``,
          reason: name,
          state: "held",
          undoClass: "A",
          open: `held: ${name}`,
          owner: { name, as: "reviewer" },
          proof: "",
        },
        {
          outcome: "revoke",
          summary: name,
          reason: name,
          state: "verified",
          undoClass: "B",
          open: null,
          owner: { name, as: "technical owner" },
          proof: name,
        },
      ],
      tieOut: [name],
      coverageGaps: [name],
      evidence: { path: name, verdict: name, head: name },
    },
  };
}

function failure(): never {
  throw new Error("the sample has no campaign");
}
