import type { SweptRepository } from "./client.ts";

/** Whether jobs may run there: only they use secrets and variables of Actions. No job runs in an archived repository. */
export const asksForSecrets = ({ hasWorkflows, archived }: SweptRepository): boolean =>
  hasWorkflows !== false && !archived;

/** Whether its jobs use variables, or nobody could tell: on others nothing hangs. */
export const asksForVariables = (repository: SweptRepository): boolean =>
  asksForSecrets(repository) && repository.usesVariables !== false;
