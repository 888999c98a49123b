import { parseDocument } from "yaml";
import type { Workflow, WorkflowJob } from "../../../src/model/workflow.ts";
import { expanded, injectableIn, isMap, matrixOf, secretsIn, textsIn, type JobScope } from "./workflow-expressions.ts";

type YamlMap = Readonly<Record<string, unknown>>;

/** The role that configure-aws-credentials and the AWS SDKs take. */
const ROLE_NAMES = new Set(["role-to-assume", "aws_role_arn", "aws_role_to_assume"]);
const ROLE_ARN = /^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/;
/** Events that have the repository's secrets though a stranger's pull request or comment starts them. */
const TRUSTED_FOR_STRANGERS = new Set(["pull_request_target", "workflow_run", "issue_comment"]);
const HEAD =
  /github\.head_ref|pull_request\.head|refs\/pull\/|workflow_run\.head_|workflow_run\.pull_requests|issue\.number/;
const FETCHES_HEAD = /\bgh\s+pr\s+checkout\b|\bgit\s+(?:fetch|pull)\b[^\n]*(?:pull\/|pull_request|head_ref)/;

/**
 * What a workflow file says about access. Nothing of its text is kept but names: a file that is no YAML, or no workflow, is told as
 * unreadable with its line and without an excerpt. Whether it was disabled stands in no file: it counts as enabled. Source: "Workflow
 * syntax for GitHub Actions", GitHub documentation.
 */
export function readWorkflow(path: string, text: string): Workflow {
  const parsed = parsedYaml(text);
  if (typeof parsed === "string") return unreadableWorkflow(path, parsed);
  if (!isMap(parsed)) return unreadableWorkflow(path, "the file holds no workflow");
  const { jobs } = parsed;
  if (!isMap(jobs)) return unreadableWorkflow(path, "the file has no jobs");
  // YAML 1.1 takes a bare `on` for true, and tools that write it leave that behind.
  const events = eventsOf(parsed["on"] ?? parsed["true"]);
  return {
    path,
    name: typeof parsed["name"] === "string" && parsed["name"] !== "" ? parsed["name"] : path,
    enabled: true,
    unreadable: null,
    events,
    jobs: Object.entries(jobs).flatMap(([id, job]) => (isMap(job) ? [jobOf(id, job, parsed, events)] : [])),
  };
}

/** A workflow that nobody could read, for that reason. */
export function unreadableWorkflow(path: string, why: string): Workflow {
  return { path, name: path, enabled: true, unreadable: why, events: [], jobs: [] };
}

/** The value of the file, or why it has none. */
function parsedYaml(text: string): unknown {
  try {
    // Messages of the parser quote the file: only the place is told.
    const document = parseDocument(text, { prettyErrors: false, logLevel: "silent", merge: true });
    const [error] = document.errors;
    if (error !== undefined) return `the file is no YAML: line ${text.slice(0, error.pos[0]).split("\n").length}`;
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    return "the file is no YAML: it repeats itself without end or refers to what is not there";
  }
}

function eventsOf(on: unknown): readonly string[] {
  if (typeof on === "string") return [on];
  if (Array.isArray(on)) return on.filter((event): event is string => typeof event === "string");
  return isMap(on) ? Object.keys(on) : [];
}

function jobOf(id: string, job: YamlMap, workflow: YamlMap, events: readonly string[]): WorkflowJob {
  const steps = Array.isArray(job["steps"]) ? job["steps"].filter(isMap) : [];
  const scope: JobScope = {
    env: { ...plainTexts(workflow["env"]), ...plainTexts(job["env"]) },
    matrix: matrixOf(job["strategy"]),
  };
  const calls = typeof job["uses"] === "string" ? job["uses"] : null;
  const secrets = new Set([
    ...secretsIn(workflow["env"]),
    ...secretsIn(job),
    // The called workflow takes whichever it likes.
    ...(job["secrets"] === "inherit" ? ["*"] : []),
  ]);
  return {
    id,
    mintsToken: mintsToken(job["permissions"] === undefined ? workflow["permissions"] : job["permissions"]),
    environment: environmentOf(job["environment"]),
    calls,
    runsOn: runsOn(job["runs-on"], scope),
    uses: unique(steps.flatMap(({ uses }) => (typeof uses === "string" && !uses.startsWith(".") ? [uses] : []))),
    secrets: [...secrets].sort(),
    roles: rolesOf(job, workflow, steps, scope),
    checksOutHead: events.some((event) => TRUSTED_FOR_STRANGERS.has(event)) && steps.some(takesHead),
    injectable: unique(steps.flatMap((step) => scriptsOf(step).flatMap(injectableIn))),
  };
}

/**
 * Whether `id-token: write` is in effect: those of the job replace those of the workflow whole, and no default of the repository
 * holds it. What only a run can tell counts as yes.
 */
function mintsToken(permissions: unknown): boolean {
  if (typeof permissions === "string") return permissions === "write-all" || permissions.includes("${{");
  const level = isMap(permissions) ? permissions["id-token"] : undefined;
  return typeof level === "string" && (level === "write" || level.includes("${{"));
}

function environmentOf(value: unknown): string | null {
  const name = isMap(value) ? value["name"] : value;
  return typeof name === "string" && name !== "" ? name : null;
}

function runsOn(value: unknown, scope: JobScope): readonly string[] {
  if (isMap(value)) {
    const group = typeof value["group"] === "string" ? [`group:${value["group"]}`] : [];
    return unique([...runsOn(value["labels"], scope), ...group]);
  }
  const labels = Array.isArray(value) ? value : [value];
  return unique(
    labels.flatMap((label) => {
      if (typeof label !== "string") return [];
      // A matrix may hold lists of labels, each for one runner.
      const name = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(label)?.[1];
      const lists = scope.matrix[name ?? ""]?.filter((one) => typeof one === "object" && one !== null) ?? [];
      return [...lists.flatMap((list) => textsIn(list).map(({ text }) => text)), ...expanded(label, scope)];
    }),
  );
}

/** Roles that a step or the environment of the job names; an expression that only a run can tell is none. */
function rolesOf(job: YamlMap, workflow: YamlMap, steps: readonly YamlMap[], scope: JobScope): readonly string[] {
  const places: { readonly from: unknown; readonly env: JobScope["env"] }[] = [
    { from: workflow["env"], env: scope.env },
    { from: job["env"], env: scope.env },
    // A called workflow takes its inputs, whatever they are called.
    { from: job["with"], env: scope.env },
    ...steps.map((step) => ({ from: [step["with"], step["env"]], env: { ...scope.env, ...plainTexts(step["env"]) } })),
  ];
  const texts = places.flatMap(({ from, env }) =>
    textsIn(from)
      .filter(({ name, text }) => ROLE_NAMES.has(name.toLowerCase()) || (from === job["with"] && /role/i.test(text)))
      .flatMap(({ text }) => expanded(text.trim(), { ...scope, env })),
  );
  return unique(texts.filter((text) => ROLE_ARN.test(text))).toSorted();
}

/** Whether a step brings in the code of a pull request. */
function takesHead(step: YamlMap): boolean {
  const { uses, with: inputs, run } = step;
  if (typeof run === "string" && FETCHES_HEAD.test(run)) return true;
  if (typeof uses !== "string" || !/^actions\/checkout@/i.test(uses) || !isMap(inputs)) return false;
  return [inputs["ref"], inputs["repository"]].some((value) => typeof value === "string" && HEAD.test(value));
}

/** Texts of a step that are run: shell, and JavaScript given to github-script. */
function scriptsOf({ run, uses, with: inputs }: YamlMap): readonly string[] {
  const script =
    isMap(inputs) && typeof uses === "string" && /github-script@/i.test(uses) ? inputs["script"] : undefined;
  return [run, script].filter((text): text is string => typeof text === "string");
}

function plainTexts(value: unknown): Readonly<Record<string, string>> {
  if (!isMap(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
