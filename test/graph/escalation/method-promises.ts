import type { EscalationMethod, NeededPermission } from "../../../src/graph/escalation/method.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";

const table = await loadActionTable();

/** All spellings of a method: each is a way of its own. */
const spellings = (method: EscalationMethod): readonly (readonly NeededPermission[])[] => [
  method.permissions,
  ...(method.alternatives ?? []),
];
const needed = (method: EscalationMethod): readonly NeededPermission[] => spellings(method).flat();
const places = (method: EscalationMethod): ReadonlySet<string> => new Set(needed(method).map(({ on }) => on));
const passes = (method: EscalationMethod): boolean => needed(method).some(({ action }) => action === "iam:PassRole");

/** Types of resource an action can be limited to, by their last part: `instance` of `ec2:instance`. */
const typesOf = (action: string): readonly string[] => {
  const id = table.idOf(action);
  return id === undefined ? [] : table.resourceTypesOf(id).map(({ name }) => name);
};

/** Whether AWS knows the type: some action of the service can be limited to it. */
const isType = (type: string): boolean => {
  const [service = "", name = ""] = type.split(":");
  const run = table.range(service);
  if (run === undefined) return false;
  for (let id = run.first; id < run.end; id += 1) {
    if (table.resourceTypesOf(id).some((known) => known.name === name)) return true;
  }
  return false;
};

/** App Runner is handed a role under one name and assumes it under another. */
const ASSUMED_AS: Readonly<Record<string, string>> = { "apprunner.amazonaws.com": "tasks.apprunner.amazonaws.com" };

/** Passing the target is possible: it is passed to a service that it trusts. */
const passedToAServiceThatTheRoleTrusts = (method: EscalationMethod): boolean => {
  const trusted = [
    ...(method.target?.trustsService ?? []),
    ...(method.target?.trustsProvider === "cognito" ? ["cognito-identity.amazonaws.com"] : []),
  ];
  return needed(method)
    .filter(({ action, on }) => action === "iam:PassRole" && on === "target")
    .every(({ context }) => {
      const service = context?.["iam:PassedToService"] ?? "";
      return trusted.includes(ASSUMED_AS[service] ?? service);
    });
};

/** A promise every method keeps, and what would break it when put into a method that keeps it. */
export interface Promised {
  readonly promise: string;
  readonly kept: (method: EscalationMethod) => boolean;
  readonly broken: Partial<EscalationMethod>;
}

const on = (action: string, place: NeededPermission["on"]): NeededPermission => ({ action, on: place });

/** What the engine and the reader rely on, for next year's method too. */
export const PROMISES: readonly Promised[] = [
  {
    promise: "has an id in lower case: letters, digits and hyphens",
    kept: ({ id }) => /^(lw(-[a-z0-9]+)+|[a-z0-9]+-\d{3})$/.test(id),
    broken: { id: "Lambda_1" },
  },
  {
    promise: "has a name in the third person that can be read behind the actor's",
    kept: ({ name }) => /^[a-z-]+s /.test(name) && !/[.!]$/.test(name) && name.length <= 100,
    broken: { name: "Create a function." },
  },
  {
    promise: "has a note that is one short clause, if any",
    kept: ({ note }) =>
      note === undefined || (/^(?:[a-z]|AWS )/.test(note) && !note.endsWith(".") && note.length <= 120),
    broken: { note: "The function has to exist." },
  },
  {
    promise: "needs at least one permission in every spelling",
    kept: (method) => spellings(method).every((permissions) => permissions.length > 0),
    broken: { alternatives: [[]] },
  },
  {
    promise: "names actions as AWS spells them, unless the service is retired",
    kept: (method) =>
      needed(method).every(({ action }) => {
        const id = table.idOf(action);
        return id === undefined ? method.legacy === true : table.nameOf(id) === action;
      }),
    broken: { permissions: [on("lambda:MakeFunction", "somewhere")] },
  },
  {
    promise: "names no permission twice in the same place and way",
    kept: (method) =>
      spellings(method).every((list) => new Set(list.map((needs) => JSON.stringify(needs))).size === list.length),
    broken: { permissions: [on("lambda:InvokeFunction", "somewhere"), on("lambda:InvokeFunction", "somewhere")] },
  },
  {
    promise: "has a target exactly where a permission or the gain is about one",
    kept: (method) => {
      const about = ["target", "target-policy", "reached-through", "provider"].some((place) =>
        places(method).has(place),
      );
      return (method.target !== undefined) === (about || /target/.test(method.gains));
    },
    broken: { permissions: [on("lambda:InvokeFunction", "somewhere")], gains: "writes-own-policy" },
  },
  {
    promise: "reaches through a resource of a type that AWS knows, or through none",
    kept: (method) =>
      places(method).has("reached-through") === (method.target?.runsOn !== undefined) &&
      (method.target?.runsOn ?? []).every(isType),
    broken: {
      target: { kind: "role", runsOn: ["lambda:program"] },
      permissions: [on("lambda:InvokeFunction", "reached-through")],
    },
  },
  {
    promise: "does to the resource it reaches through what can be done to such a resource",
    kept: (method) =>
      needed(method)
        .filter((needs) => needs.on === "reached-through")
        .every(({ action }) =>
          method.target?.runsOn?.every((type) => typesOf(action).includes(type.split(":")[1] ?? "")),
        ),
    broken: {
      target: { kind: "role", runsOn: ["ec2:instance"] },
      permissions: [on("lambda:InvokeFunction", "reached-through")],
    },
  },
  {
    promise: "does to a user, role, group, policy or provider what can be done to one",
    kept: (method) => {
      const kinds: Readonly<Record<string, readonly (string | undefined)[]>> = {
        self: method.actor === undefined ? ["user", "role"] : [method.actor],
        "own-group": ["group"],
        "held-policy": ["policy"],
        target: [method.target?.kind],
        "target-policy": ["policy"],
        provider: [`${method.target?.trustsProvider}-provider`],
        "permission-set": ["PermissionSet"],
      };
      return needed(method).every(
        (needs) => kinds[needs.on]?.every((kind) => typesOf(needs.action).includes(kind ?? "")) ?? true,
      );
    },
    broken: { permissions: [on("iam:AttachUserPolicy", "target")] },
  },
  {
    promise: "is left to users where it is about groups or users, to roles where it is about roles",
    kept: ({ permissions, gains, actor }) =>
      (gains !== "joins-target-group" && permissions.every((needs) => needs.on !== "own-group")) || actor === "user",
    broken: { gains: "joins-target-group" },
  },
  {
    promise: "passes a role in the passrole categories, and in no other",
    kept: (method) => passes(method) === method.category.endsWith("-passrole"),
    broken: { category: "existing-resource" },
  },
  {
    promise: "uses an existing resource in that category, and in no other",
    kept: (method) => places(method).has("reached-through") === (method.category === "existing-resource"),
    broken: { category: "existing-resource" },
  },
  {
    promise: "says to which service every role is passed",
    kept: (method) =>
      needed(method).every(
        ({ action, context }) =>
          action !== "iam:PassRole" || /^[a-z0-9-]+\.amazonaws\.com$/.test(context?.["iam:PassedToService"] ?? ""),
      ),
    broken: { permissions: [on("iam:PassRole", "somewhere")] },
  },
  {
    promise: "passes the target to a service that it trusts",
    kept: passedToAServiceThatTheRoleTrusts,
    broken: { target: { kind: "role", trustsService: ["ec2.amazonaws.com"] } },
  },
  {
    promise: "knows only condition keys of the action",
    kept: (method) =>
      needed(method).every(({ action, context }) => {
        const id = table.idOf(action);
        const known = id === undefined ? [] : table.conditionKeysOf(id);
        return Object.keys(context ?? {}).every((key) => known.includes(key.toLowerCase()));
      }),
    broken: { permissions: [{ ...on("lambda:InvokeFunction", "somewhere"), context: { "iam:PassedToService": "x" } }] },
  },
  {
    promise: "assumes a role only where the role trusts the actor, and asks for the trust only then",
    kept: (method) =>
      needed(method).some(({ action }) => action === "sts:AssumeRole") === (method.target?.trustsActor === true),
    broken: { target: { kind: "role", trustsService: ["lambda.amazonaws.com"], trustsActor: true } },
  },
  {
    promise: "asks of the target what such a target can have",
    kept: ({ target }) => {
      if (target === undefined) return true;
      const { kind, password, keys, secondFactor, ...ofRoles } = target;
      const ofUsers = [password, keys, secondFactor].some((need) => need !== undefined);
      return (kind === "user" || !ofUsers) && (kind === "role" || Object.keys(ofRoles).length === 0);
    },
    broken: { target: { kind: "role", trustsService: ["lambda.amazonaws.com"], keys: "below-limit" } },
  },
  {
    promise: "makes an access key only for a user with room for one, or deletes one first",
    kept: (method) => {
      const actions = new Set(needed(method).map(({ action }) => action));
      if (!actions.has("iam:CreateAccessKey")) return true;
      return method.target?.keys === (actions.has("iam:DeleteAccessKey") ? "at-limit" : "below-limit");
    },
    broken: { permissions: [on("iam:CreateAccessKey", "target")], target: { kind: "user" } },
  },
  {
    promise: "gives a first password to a user without one, and another to a user with one",
    kept: (method) =>
      needed(method).every(({ action }) => {
        if (action === "iam:CreateLoginProfile") return method.target?.password === "absent";
        return action !== "iam:UpdateLoginProfile" || method.target?.password === "present";
      }),
    broken: { permissions: [on("iam:UpdateLoginProfile", "target")], target: { kind: "user", password: "absent" } },
  },
  {
    promise: "signs in with a password only without a second factor, or takes that away first",
    kept: (method) => {
      const actions = new Set(needed(method).map(({ action }) => action));
      if (!actions.has("iam:CreateLoginProfile") && !actions.has("iam:UpdateLoginProfile")) return true;
      return method.target?.secondFactor === (actions.has("iam:DeactivateMFADevice") ? "present" : "absent");
    },
    broken: { permissions: [on("iam:UpdateLoginProfile", "target")], target: { kind: "user", password: "present" } },
  },
  {
    promise: "says which denies it sheds, exactly where it sheds any",
    kept: ({ gains, sheds }) => (gains === "sheds-denies") === (sheds !== undefined),
    broken: { gains: "sheds-denies" },
  },
  {
    promise: "limits what is gained to services that AWS has, if at all",
    kept: ({ onlyFor }) =>
      onlyFor === undefined || (onlyFor.length > 0 && onlyFor.every((service) => table.range(service))),
    broken: { onlyFor: ["lambada"] },
  },
  {
    promise: "lists what has an order in order: services, types, further ids",
    kept: ({ target, onlyFor, alsoKnownAs }) =>
      [target?.trustsService, target?.runsOn, onlyFor, alsoKnownAs].every(
        (list) => list === undefined || (list.length > 0 && list.join() === list.toSorted().join()),
      ),
    broken: { alsoKnownAs: ["sts-003", "sts-002"] },
  },
];
