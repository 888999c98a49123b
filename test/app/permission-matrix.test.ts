import { describe, expect, test } from "vitest";
import { permissionMatrix } from "../../src/app/permission-matrix.ts";
import type { PermissionMatrix } from "../../src/model/permission-matrix.ts";
import { DEFAULT_THRESHOLDS } from "../../src/model/thresholds.ts";
import { allow, document, Given } from "../analyse/given.ts";

const ALL = { rows: Infinity, columns: Infinity };

const matrixOf = (give: (given: Given) => void, limits = ALL): Promise<PermissionMatrix> => {
  const given = new Given();
  give(given);
  return permissionMatrix(given.graph(), DEFAULT_THRESHOLDS, limits);
};

/** `who: what level use`, one line per cell. */
const lines = (matrix: PermissionMatrix): string[] => {
  const titles = new Map(matrix.columns.map(({ id, title }) => [id, title]));
  return matrix.rows
    .flatMap(({ who, cells }) =>
      Object.entries(cells).map(([id, { level, use }]) => `${who}: ${titles.get(id)} ${level} ${use}`),
    )
    .sort();
};

describe("who is granted what", () => {
  test("the highest level counts, through groups as well, and use only where it is known", async () => {
    const matrix = await matrixOf((g) => {
      const [user, team] = [g.user("u"), g.group("team")];
      g.inline(user, "look", document(allow("s3:ListBucket")));
      g.attach(team, "Write", document(allow(["s3:PutObject", "sqs:SendMessage"])));
      g.join(user, team);
      g.used(user, "s3", 3);
      g.used(user, "sqs", "never");
    });
    expect(lines(matrix)).toEqual(["u: s3 write used", "u: sqs write unused"]);
  });

  test("everything is one column, a repository another, and an owner has the organization", async () => {
    const matrix = await matrixOf((g) => {
      g.attach(g.user("u"), "Admin", document(allow("*")));
      const owner = g.member("o");
      g.organizationRole(owner, "owner");
      g.onRepository("collaboration", owner.id, g.repository("site"), "write");
    });
    expect(lines(matrix)).toEqual([
      "o: sample/site write unknown",
      "o: the organization admin unknown",
      "u: every service admin unknown",
    ]);
  });

  test("a policy that could not be read is a question mark and not an empty row", async () => {
    const matrix = await matrixOf((g) => void g.attach(g.user("u"), "Hidden", null));
    expect(lines(matrix)).toEqual(["u: policies not read unknown unknown"]);
  });

  test("a service that the action table does not know is a question mark too", async () => {
    const matrix = await matrixOf((g) => void g.inline(g.user("u"), "new", document(allow("brandnewservice:*"))));
    expect(lines(matrix)).toEqual(["u: brandnewservice unknown unknown"]);
  });

  test("what does not fit is what matters least, and is counted", async () => {
    const matrix = await matrixOf(
      (g) => {
        for (let n = 0; n < 12; n += 1) g.inline(g.user(`reader-${n}`), "read", document(allow("s3:GetObject")));
        g.inline(g.user("admin"), "keys", document(allow("kms:*")));
      },
      { rows: 2, columns: 1 },
    );
    expect([matrix.omittedRows, matrix.omittedColumns]).toEqual([12, 1]);
    expect(lines(matrix)).toEqual(["admin: kms admin unknown"]);
  });

  test("whoever may look at everything does not crowd out the one thing that somebody else may write", async () => {
    const matrix = await matrixOf(
      (g) => {
        const wide = ["ec2", "sns", "sqs", "ecs", "eks", "rds", "ssm", "kms"].map((service) => `${service}:Describe*`);
        g.inline(g.user("auditor"), "look", document(allow(wide)));
        g.inline(g.user("writer"), "one", document(allow("athena:StartQueryExecution")));
      },
      { rows: 9, columns: 2 },
    );
    expect(lines(matrix)).toContain("writer: athena write unknown");
  });
});
