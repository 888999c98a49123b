import type { ActionsSettings } from "../../model/actions-settings.ts";
import type { CodeOwners } from "../../model/code-owners.ts";
import type { DeploymentEnvironment } from "../../model/deployment-environment.ts";
import type { Observed } from "../../model/observed.ts";
import type { Protection } from "../../model/protection.ts";
import type { SubjectTemplate } from "../../model/subject-template.ts";
import type { Workflow } from "../../model/workflow.ts";

/** Everything of one repository that decides who can push what and which tokens its jobs can get. Built in `src/graph`. */
export interface RepositoryControls {
  /** Model id. */
  readonly id: string;
  /** `acme/api`. */
  readonly name: string;
  /** Database ids, as tokens say them; null where they were not read. */
  readonly repositoryId: number | null;
  readonly ownerId: number | null;
  readonly enterpriseId: number | null;
  readonly visibility: "public" | "private" | "internal";
  readonly archived: boolean;
  /** Whether whoever reads it may fork it; left out where that is taken to be so. */
  readonly forking?: Observed<boolean>;
  /** Null for an empty repository. */
  readonly defaultBranch: string | null;
  /** Every layer that applies, those of the organization and the enterprise too. */
  readonly protections: Observed<readonly Protection[]>;
  readonly environments: Observed<readonly DeploymentEnvironment[]>;
  readonly subject: Observed<SubjectTemplate>;
  readonly workflows: Observed<readonly Workflow[]>;
  readonly codeOwners: Observed<CodeOwners | null>;
  readonly settings: ActionsSettings;
}
