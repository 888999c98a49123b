import { known } from "../../../src/model/observed.ts";
import type { Policy } from "../../../src/model/policy.ts";
import type { Workflow } from "../../../src/model/workflow.ts";
import { hasWorkflows } from "../asked-repositories.ts";
import type { RawBlob, RawWorkflows } from "../raw-controls.ts";
import { control, repositoryHolder, unansweredControls } from "./control.ts";
import type { Convert } from "./converted.ts";
import { nodeRows } from "./node-rows.ts";
import { readWorkflow, unreadableWorkflow } from "./workflow-file.ts";

const FOLDER = ".github/workflows";

/** Workflow files of default branches as what they say about access, and which repositories ask for OIDC tokens. */
export const workflows: Convert = (requests, context) => {
  const policies: Policy[] = [];
  const answered = new Set<string>();
  for (const { nameWithOwner, workflows: folder } of nodeRows<RawWorkflows>(requests)) {
    answered.add(nameWithOwner);
    const holder = repositoryHolder(context, nameWithOwner);
    const files = (folder?.entries ?? [])
      // Only these run; a folder of that name is none.
      .filter(({ name, type }) => /\.ya?ml$/.test(name) && type !== "tree")
      .map(({ name, object }) => workflowOf(`${FOLDER}/${name}`, object));
    for (const file of files)
      policies.push(
        control(context, "workflow", holder, {
          id: `${holder.id}/workflow/${file.path}`,
          name: file.path,
          document: known(file),
        }),
      );
    context.minting.set(nameWithOwner, mintsTokens(files));
    context.variables.set(nameWithOwner, usesVariables(folder?.entries ?? [], files));
  }
  const items = policies.length;
  const expected = context.sweep().repositories.filter(hasWorkflows);
  const why = "there are workflows here which GitHub did not show";
  policies.push(...unansweredControls(context, "workflow", expected, answered, why));
  return { records: { policies }, kinds: { workflow: { items } } };
};

function workflowOf(path: string, file: RawBlob | null): Workflow {
  const { text, isTruncated, isBinary } = file ?? {};
  if (isBinary === true) return unreadableWorkflow(path, "the file is no text");
  if (isTruncated === true) return unreadableWorkflow(path, "the file is too long to be shown whole");
  return typeof text === "string" ? readWorkflow(path, text) : unreadableWorkflow(path, "GitHub shows no text of it");
}

/** The context `vars`, in an expression; `secrets` and others have members of that name too. */
const VARIABLES = /(?<![\w.])vars\s*[.[]/;

/** Null where it cannot be told: a file that was not read, or a workflow of another repository, which sees the caller's variables. */
function usesVariables(
  entries: readonly { readonly object: RawBlob | null }[],
  files: readonly Workflow[],
): boolean | null {
  if (entries.some(({ object }) => VARIABLES.test(object?.text ?? ""))) return true;
  const elsewhere = files.some(({ jobs }) => jobs.some(({ calls }) => calls !== null && !calls.startsWith("./")));
  return elsewhere || files.some(({ unreadable }) => unreadable !== null) ? null : false;
}

/** Null where no file that was read asks for tokens and one could not be read. */
function mintsTokens(files: readonly Workflow[]): boolean | null {
  if (files.some(({ jobs }) => jobs.some((job) => job.mintsToken))) return true;
  return files.some(({ unreadable }) => unreadable !== null) ? null : false;
}
