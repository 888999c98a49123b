import type { SweptRepository } from "./client.ts";

/**
 * Which repositories a step asks, by what the sweep counted. Reading asks these, and converting expects an answer of each: one that
 * gave none is unknown, not empty. What the sweep did not tell is asked for.
 */
export const hasBranchRules = ({ branchRules }: SweptRepository): boolean => branchRules !== 0;

/** Zero may mean hidden: GitHub shows classic rules to those who administer the repository. */
export const mayHideBranchRules = ({ branchRules, administered }: SweptRepository): boolean =>
  branchRules === 0 && !administered;

export const hasRulesets = ({ rulesets }: SweptRepository): boolean => rulesets !== 0;

export const hasEnvironments = ({ environments }: SweptRepository): boolean => environments !== 0;

export const hasWorkflows = ({ hasWorkflows: has }: SweptRepository): boolean => has !== false;

/** Whether a job may ask for an OIDC token, or nobody could tell. */
export const mayMintTokens = ({ mintsTokens }: SweptRepository): boolean => mintsTokens !== false;
