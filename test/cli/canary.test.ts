import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectors } from "../../connectors/index.ts";
import { openLiveSession as openAws } from "../../connectors/aws/live-session.ts";
import { openLiveSession as openGitHub } from "../../connectors/github/live-session.ts";
import { parseGitHubSettings } from "../../connectors/github/settings.ts";
import type { Connector } from "../../src/contracts/connector.ts";
import { environmentSecrets } from "../../src/settings/secrets.ts";
import { withDuckdb } from "../../src/store/snapshots/duckdb.ts";
import { quote } from "../../src/store/snapshots/parquet-write.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { HandClock } from "../app/fake-provider.ts";
import { EXTERNAL_ID, HOME, PAYMENTS, SEED } from "../connectors/aws/fake-seed.ts";
import { startFakeAws, type FakeAws } from "../fakes/aws/fake-aws.ts";
import { AWS_CANARY } from "../fakes/aws/world.ts";
import { CANARY, startFakeGitHub, type FakeGitHub } from "../fakes/github/fake-github.ts";
import { ACME, runCli, testWorld, type CliRun } from "./run-cli.ts";

const BIN = join(import.meta.dirname, "../../bin/leastwise.js");
const KEY = "5eed".repeat(16);

/** The secrets the commands are given; the external id is none: AWS shows it to every reader of the role's trust policy. */
const SECRETS = {
  AWS_SECRET_ACCESS_KEY: "awsSecretOfTheTests/MustNotBeKept+0001",
  SAMPLE_TOKEN: "ghp_tokenOfTheTestsThatMustNotBeKept0002",
  LEASTWISE_KEY: KEY,
};
const ENVIRONMENT = {
  ...SECRETS,
  AWS_ACCESS_KEY_ID: "AKIATESTSMUSTNOTKEEP",
  AWS_REGION: "us-east-1",
  SAMPLE_EXTERNAL_ID: EXTERNAL_ID,
};
/** What the fakes plant in their answers, what they hand out for a session, and what the tests sign in with. */
const NEEDLES: readonly string[] = [
  CANARY,
  AWS_CANARY,
  "session-secret-",
  "session-token-",
  ENVIRONMENT.AWS_ACCESS_KEY_ID,
  ...Object.values(SECRETS),
];

/** A needle in the ways programs spell bytes, each with the name of the way. */
function spellings(needle: string): readonly (readonly [way: string, bytes: Buffer])[] {
  const plain = Buffer.from(needle);
  // Base64 of a text inside a longer one depends on where it starts; the first and last characters on its neighbours.
  const base64 = [0, 1, 2].map((before): readonly [string, Buffer] => {
    const text = Buffer.concat([Buffer.alloc(before), plain])
      .toString("base64")
      .replace(/=+$/, "");
    return [`base64 behind ${before}`, Buffer.from(text.slice(before === 0 ? 0 : 4, -2))];
  });
  return [
    ["as it is", plain],
    ["in UTF-16", Buffer.from(needle, "utf16le")],
    ["in hex", Buffer.from(plain.toString("hex"))],
    ["in a URL", Buffer.from(encodeURIComponent(needle))],
    ["in JSON with escaped slashes", Buffer.from(needle.replaceAll("/", "\\/"))],
    ...(/^[0-9a-f]{32,}$/.test(needle) ? ([["as bytes", Buffer.from(needle, "hex")]] as const) : []),
    ...base64,
  ];
}

/** What is found in some bytes, looked at as they are and opened as what they are: zip, Parquet, SQLite. */
async function search(name: string, bytes: Buffer, needles: readonly string[] = NEEDLES): Promise<readonly string[]> {
  const found = needles.flatMap((needle) =>
    spellings(needle)
      .filter(([, spelled]) => bytes.includes(spelled))
      .map(([way]) => `${name}: ${needle} ${way}`),
  );
  const start = bytes.subarray(0, 15).toString("latin1");
  if (start.startsWith("PK\u0003\u0004"))
    for (const [inner, content] of Object.entries(unzipSync(bytes)))
      found.push(...(await search(`${name}/${inner}`, Buffer.from(content), needles)));
  if (start.startsWith("PAR1")) found.push(...(await search(`rows of ${name}`, await parquetRows(bytes), needles)));
  if (start === "SQLite format 3") found.push(...(await search(`rows of ${name}`, await sqliteRows(bytes), needles)));
  return found;
}

/** A copy of the bytes on disk, for readers that want a file. */
async function asFile<T>(bytes: Buffer, read: (path: string) => T | Promise<T>): Promise<T> {
  const copy = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  try {
    const path = join(copy, "copy");
    await writeFile(path, bytes);
    return await read(path);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Every cell of a Parquet file as text: compressed, the bytes themselves show nothing. */
const parquetRows = (bytes: Buffer): Promise<Buffer> =>
  asFile(bytes, (path) =>
    withDuckdb(1, async (connection) => {
      const rows = await connection.runAndReadAll(`select * from read_parquet(${quote(path)})`);
      return Buffer.from(JSON.stringify(rows.getRowObjectsJson()));
    }),
  );

/** Every cell of a database: a long one lies on several pages, in pieces. */
const sqliteRows = (bytes: Buffer): Promise<Buffer> =>
  asFile(bytes, (path) => {
    const database = new DatabaseSync(path);
    try {
      const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
      return Buffer.from(
        JSON.stringify(tables.map(({ name }) => database.prepare(`select * from "${String(name)}"`).all())),
      );
    } finally {
      database.close();
    }
  });

/** Files below a folder, by their path seen from it. */
async function filesIn(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/** The connectors as they are but for their pace: against a fake nothing has to be waited for. */
const AT_ONCE: readonly Connector[] = connectors.map((connector) => ({
  ...connector,
  async open(source, environment) {
    if (source.mode === "live" && connector.manifest.id === "aws")
      return openAws(source.settings, source.recordTo, environment, { attempts: 2, retryMode: "standard", second: 1 });
    if (source.mode === "live" && connector.manifest.id === "github") {
      const { organizations } = parseGitHubSettings(source.settings);
      return openGitHub(organizations, source, environment, { throttled: false, second: 1 });
    }
    return connector.open(source, environment);
  },
}));

let root: string;
let fakeAws: FakeAws;
let fakeGitHub: FakeGitHub;
/** Operations that were proven to have changed something. */
const gone = new Set<string>();
/** Every command line that ran, with what it said. */
const ran: { readonly name: string; readonly run: CliRun }[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  for (const name of ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "LEASTWISE_DATA"])
    vi.stubEnv(name, undefined);
  // The SDK of AWS looks into the environment by itself.
  for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
  [fakeAws, fakeGitHub] = await Promise.all([startFakeAws(SEED, { pageSize: 20 }), startFakeGitHub()]);
  const at = (...path: readonly string[]): string => join(root, ...path);
  const config = at("leastwise.yaml");
  await writeFile(
    config,
    `reports: reports
connectors:
  aws:
    endpoint: ${fakeAws.endpoint}
    organization: true
    identityCenter: true
    resources: {}
    tenants:
      - tenant: "${HOME}"
      - tenant: "${PAYMENTS}"
        roleArn: arn:aws:iam::${PAYMENTS}:role/leastwise-reader
        externalIdFrom: SAMPLE_EXTERNAL_ID
  github:
    organizations:
      - organization: acme-sample
        tokenFrom: SAMPLE_TOKEN
        baseUrl: ${fakeGitHub.url}
  roster:
    directory: ${ACME}
revoke:
  maximumPerRun: 100
  automatic:
    - rule: idle-access-key
      action: deactivate
      noticeDays: 0
`,
  );
  const clock = new HandClock("2026-11-25T09:00:00Z");
  const secrets = environmentSecrets(ENVIRONMENT);
  // No word is taken out of what is said, as the program itself would: what must not be said is not to be there at all.
  const world = testWorld(clock, {
    connectors: AT_ONCE,
    secrets,
    openData: (path) => openDataDirectory(path, { clock, signingKey: secrets.read("LEASTWISE_KEY") }),
  });
  const run = async (...args: readonly string[]): Promise<CliRun> => {
    const done = await runCli(["--config", config, "--data", at("data"), ...args], world);
    // Whatever it found or could not read: it did its work.
    expect([0, 1, 3], `${args.join(" ")}: ${done.err}`).toContain(done.code);
    ran.push({ name: args.join(" "), run: done });
    return done;
  };
  await run("doctor");
  await run("collect", "--record", at("recording"));
  await run("snapshots", "--verify", "--json");
  await run("findings", "--all");
  await run("findings", "--json", "--csv", at("f.csv"), "--html", at("f.html"), "--markdown", at("f.md"));
  await run("explain", "ci-deployer", "--json");
  await run("reports");
  await run("scan", at("recording"), "--json");
  await run("review", "open");
  await run("review", "export", "--out", at("sheets"));
  // One reviewer wants everything gone: decisions, changes at both providers and their capsules are on record.
  const sheet = at("sheets", "review-p003.csv");
  await writeFile(sheet, (await readFile(sheet, "utf8")).replaceAll("\r\n,,", "\r\nrevoke,not needed any more,"));
  await run("review", "import", sheet, "--json", "--apply");
  await run("review", "status", "--json");
  const { hash } = JSON.parse((await run("revoke", "plan", "--json")).out) as { hash: string };
  await run("revoke", "approve", "--plan", hash);
  await run("revoke", "run", "--json");
  // The notice is over.
  clock.at = "2026-12-03T09:00:00Z";
  await run("revoke", "run", "--json");
  const { revocations } = JSON.parse((await run("revoke", "status", "--json")).out) as {
    revocations: { id: string; operation: string; state: string }[];
  };
  const verified = revocations.filter(({ state }) => state === "verified");
  for (const { operation } of verified) gone.add(operation);
  for (const { id } of verified.slice(0, 3)) await run("revoke", "undo", id);
  // From here on AWS refuses, and says who was refused what.
  fakeAws.badDays = { denied: ["GetAccountAuthorizationDetails"] };
  fakeGitHub.bad = { forbid: { "/orgs/acme-sample/installations": { message: "Resource not accessible" } } };
  await run("collect", "--record", at("second-recording"));
  await run("evidence", "export", at("evidence.zip"));
  await run("evidence", "export", at("evidence"));
  await run("evidence", "verify", at("evidence.zip"), "--json");
  await run("evidence", "pin", at("pin.json"));
  // The program itself, put together as people run it: its own secrets, its own words.
  fakeAws.badDays = {};
  const child = await promisify(execFile)(process.execPath, [BIN, "--config", config, "doctor"]);
  ran.push({ name: "the program: doctor", run: { code: 0, out: child.stdout, err: child.stderr } });
}, 120_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([fakeAws.close(), fakeGitHub.close()]);
  await rm(root, { recursive: true, force: true });
});

describe("what was written and said", () => {
  test("holds no secret and nothing that the providers' answers smuggled in", async () => {
    const found: string[] = [];
    for (const file of await filesIn(root)) found.push(...(await search(file, await readFile(join(root, file)))));
    for (const { name, run } of ran) found.push(...(await search(`output of ${name}`, Buffer.from(run.out + run.err))));
    expect(found).toEqual([]);
  });

  test("is all there: no part of it is clean by being absent", async () => {
    const files = await filesIn(root);
    for (const wanted of [
      /^data\/state\.db$/,
      /^data\/blobs\/[0-9a-f]{64}\.parquet$/,
      /^recording\/aws\/111122223333\/account-authorization-details\.json$/,
      /^recording\/aws\/222233334444\/account-authorization-details\.json$/,
      /^recording\/aws\/111122223333\/organization\.json$/,
      /^recording\/aws\/111122223333\/identity-center\.json$/,
      /^recording\/aws\/111122223333\/mfa-devices\.json$/,
      /^recording\/aws\/111122223333\/resources\.json$/,
      /^recording\/aws\/111122223333\/resource-policies\.json$/,
      /^data\/kept-answers\/github\/127\.0\.0\.1_\d+\/acme-sample\/deploy-keys\.ndjson$/,
      /^recording\/github\/acme-sample\/repositories\.json$/,
      /^recording\/github\/acme-sample\/installations\.json$/,
      /^recording\/github\/acme-sample\/outside-collaborators\.json$/,
      /^second-recording\/recording\.json$/,
      /^reports\/findings\.html$/,
      /^sheets\/review-.*\.csv$/,
      /^evidence\.zip$/,
      /^evidence\/manifest\.json$/,
      /^pin\.json$/,
      /^f\.(?:csv|html|md)$/,
    ])
      expect(files.filter((file) => wanted.test(file)).length, String(wanted)).toBeGreaterThan(0);
    // A name that is public, from each provider, is found where the secrets were looked for.
    const everywhere = new Set<string>();
    for (const file of files)
      for (const line of await search(file, await readFile(join(root, file)), ["ci-deployer", "acme-sample"]))
        everywhere.add(line.replace(/[0-9a-f]{64}/, "*"));
    for (const name of ["ci-deployer", "acme-sample"])
      for (const place of [
        "rows of data/blobs/*.parquet",
        "rows of evidence.zip/blobs/*.parquet",
        "f.html",
        "reports/findings.html",
      ])
        expect([...everywhere], place).toContain(`${place}: ${name} as it is`);
    expect([...everywhere]).toContain("rows of data/state.db: ci-deployer as it is");
    // What could leak was asked for: changes at both providers, sessions of roles, and answers of every protocol.
    for (const system of ["aws", "github"])
      expect([...gone].filter((operation) => operation.startsWith(`${system}/`)).length, system).toBeGreaterThan(1);
    const beyond = ["lambda:ListFunctions", "codebuild:BatchGetProjects", "ecs:DescribeTaskDefinition", "glue:GetJobs"];
    for (const call of ["AssumeRole", "UpdateAccessKey", "ListRoots", "ListUsers", "GetCredentialReport", ...beyond])
      expect(fakeAws.calls.get(call) ?? 0, call).toBeGreaterThan(0);
    expect(fakeGitHub.problems).toEqual([]);
  });
});

describe("the search", () => {
  const WORD = "planted-word-that-is-found";

  test("finds a word in a Parquet file, in a database, and in a zip inside which a Parquet file lies", async () => {
    const made = join(root, "..", `planted-${process.pid}.parquet`);
    try {
      await withDuckdb(1, (connection) =>
        connection.run(
          // Its two halves stand in many rows, so that the compressed column holds the word as references to them alone.
          `copy (select case when i = 700 then '${WORD}' when i % 2 = 0 then '${WORD.slice(0, 9)}/' || i else i || '/${WORD.slice(9)}' end as a from range(1000) t(i) union all select 'zzz') to ${quote(made)} (format parquet, compression zstd)`,
        ),
      );
      const parquet = await readFile(made);
      expect(parquet.includes(WORD)).toBe(false);
      const rows = `rows of x: ${WORD} as it is`;
      expect(await search("x", parquet, [WORD])).toContain(rows);
      const zip = Buffer.from(zipSync({ "blobs/y": [parquet, { level: 6 }], "z.txt": Buffer.from(WORD) }));
      expect(await search("x", zip, [WORD])).toEqual(
        expect.arrayContaining([`rows of x/blobs/y: ${WORD} as it is`, `x/z.txt: ${WORD} as it is`]),
      );
    } finally {
      await rm(made, { force: true });
    }
    const database = join(root, "..", `planted-${process.pid}.db`);
    try {
      const open = new DatabaseSync(database);
      open.exec("create table t (a text)");
      // Long enough to lie on several pages, with the word across a border wherever that is.
      open.prepare("insert into t values (?)").run(`${WORD} `.repeat(4_000));
      open.close();
      expect(await search("x", await readFile(database), [WORD])).toContain(`rows of x: ${WORD} as it is`);
    } finally {
      await rm(database, { force: true });
    }
  });

  test.each<[way: string, spelled: (word: string) => string | Buffer]>([
    ["in UTF-16", (word) => Buffer.from(`x${word}`, "utf16le")],
    ["in hex", (word) => Buffer.from(word).toString("hex")],
    ["in base64", (word) => Buffer.from(`${word}:`).toString("base64")],
    ["in base64 of user and password", (word) => Buffer.from(`robin:${word}`).toString("base64")],
    ["in base64 one further on", (word) => Buffer.from(`x${word}x`).toString("base64")],
    ["in a URL", (word) => encodeURIComponent(`?a=${word}`)],
  ])("finds a word %s", async (_way, spelled) => {
    const odd = `${WORD}/with+signs`;
    expect(await search("x", Buffer.from("before and after"), [odd])).toEqual([]);
    const hidden = Buffer.concat([Buffer.from("before "), Buffer.from(spelled(odd)), Buffer.from(" after")]);
    expect(await search("x", hidden, [odd])).not.toEqual([]);
  });

  test("finds each of the secrets where it stands", async () => {
    for (const needle of NEEDLES) expect(await search("x", Buffer.from(`a ${needle} b`))).not.toEqual([]);
  });
});
