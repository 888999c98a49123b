/** JSON of an AWS answer. */
export type Json = Record<string, unknown>;

/** A policy document. */
export const doc = (...statements: Json[]): Json => ({ Version: "2012-10-17", Statement: statements });

/** A statement that allows; `more` adds conditions. */
export const allow = (actions: string | string[], resources: string | string[] = "*", more: Json = {}): Json => ({
  Effect: "Allow",
  Action: actions,
  Resource: resources,
  ...more,
});

/** A statement that denies. */
export const deny = (actions: string | string[], resources: string | string[] = "*", more: Json = {}): Json => ({
  ...allow(actions, resources, more),
  Effect: "Deny",
});

/** A trust policy of one statement. */
export const trust = (principal: Json, action: string | string[] = "sts:AssumeRole", condition?: Json): Json =>
  doc({
    Effect: "Allow",
    Principal: principal,
    Action: action,
    ...(condition === undefined ? {} : { Condition: condition }),
  });

/** A trust policy for an AWS service, `ec2` for `ec2.amazonaws.com`. */
export const service = (name: string): Json => trust({ Service: `${name}.amazonaws.com` });
