import type { EscalationMethod, NeededPermission } from "../../../src/graph/escalation/method.ts";
import type { Principal } from "../../../src/model/principal.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { document, Given, NOW } from "../../analyse/given.ts";

const TENANT = "111122223333";
const AWS = `aws:${TENANT}`;
const arn = (path: string): string => `arn:aws:iam::${TENANT}:${path}`;

/** What one world differs in from the one in which everything a method needs holds. */
export interface Twist {
  /** The statement of the permission at this place; undefined: the permission is not given. */
  readonly statement?: (at: number, statement: Statement) => object | undefined;
  /** Further statements of an inline policy of the actor's own. */
  readonly beside?: readonly object[];
  /** The actor's boundary. */
  readonly boundary?: object;
  /** An SCP beside the one that allows everything. */
  readonly scp?: object;
  /** Trust of the target: somebody else's. */
  readonly trustsNobody?: true;
  readonly trustUnread?: true;
  readonly trustCondition?: object;
  /** Facts about the target are the other way round. */
  readonly otherFacts?: true;
  readonly nothingRuns?: true;
  readonly unread?: true;
  readonly awsManaged?: true;
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string;
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** A world in which exactly what the method needs holds, and whom its path leads to. */
export function methodWorld(
  method: EscalationMethod,
  permissions: readonly NeededPermission[],
  twist: Twist = {},
): { readonly given: Given; readonly actor: Principal } {
  const given = new Given();
  const { gains, target: need } = method;
  given.root();
  const actor = method.actor === "role" ? given.role("worker") : given.user("ana");
  const target = need === undefined ? undefined : targetOf(given, method, twist);
  const managed = (holder: Principal, name: string, text: string): string => {
    const locator = twist.awsManaged === true ? `arn:aws:iam::aws:policy/${name}` : arn(`policy/${name}`);
    given.policy(locator, text, { locator, kind: twist.awsManaged === true ? "aws-managed" : "customer-managed" });
    given.entitlement({ id: `${locator}#policy`, kind: "policy", displayName: name, targetId: locator });
    given.grant("attachment", holder.id, `${locator}#policy`);
    return locator;
  };
  const all = document({ Effect: "Allow", Action: "*", Resource: "*" });

  if (gains === "administers-tenants" || permissions.some(({ on }) => on === "permission-set")) identityCenter(given);
  const groups = permissions.some(({ on }) => on === "own-group") ? [given.group("team")] : [];
  for (const group of groups) given.join(actor as Principal, group);
  const mine = permissions.some(({ on }) => on === "held-policy")
    ? managed(actor, "mine", document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }))
    : "";
  const theirs =
    target !== undefined && permissions.some(({ on }) => on === "target-policy")
      ? managed(target, "theirs", document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }))
      : "";
  const running = permissions.some(({ on }) => on === "reached-through")
    ? runningResource(need?.runsOn?.[0] ?? "")
    : "";
  if (running !== "" && target !== undefined && twist.nothingRuns !== true)
    given.records.resources.push({
      id: `${AWS}:running`,
      system: "aws",
      tenantId: AWS,
      kind: "aws-resource",
      nativeId: "running",
      locator: running,
      displayName: "running",
      attributes: { type: need?.runsOn?.[0] ?? "", runsAs: target.locator },
    });
  const places: Readonly<Record<NeededPermission["on"], string>> = {
    self: actor.locator,
    "own-group": arn("group/team"),
    "held-policy": mine,
    target: target?.locator ?? "",
    "target-policy": theirs,
    "reached-through": running,
    "permission-set": SET,
    provider: provider(need?.trustsProvider),
    somewhere: "*",
  };
  const statements = permissions.flatMap(({ action, on, context }, at) => {
    const statement: Statement = {
      Effect: "Allow",
      Action: action,
      Resource: places[on],
      ...(context === undefined ? {} : { Condition: { StringEquals: context } }),
    };
    const twisted = twist.statement === undefined ? statement : twist.statement(at, statement);
    return twisted === undefined ? [] : [twisted];
  });
  given.inline(actor, "needed", document(...statements));
  if (twist.beside !== undefined) given.inline(actor, "beside", document(...twist.beside));
  if (gains === "sheds-boundary" || gains === "sheds-denies") given.inline(actor, "all", all);
  if (gains === "sheds-boundary") given.bounded(actor, document(...statements));
  if (gains === "sheds-denies") {
    const denies = document({ Effect: "Deny", Action: "organizations:*", Resource: "*" });
    if (method.sheds === "inline") given.inline(actor, "denies", denies);
    else given.attach(actor, "denies", denies);
  }
  if (twist.boundary !== undefined) given.bounded(actor, document(twist.boundary));
  if (twist.scp !== undefined) {
    for (const [name, text] of Object.entries({
      full: { Effect: "Allow", Action: "*", Resource: "*" },
      limit: twist.scp,
    })) {
      const id = `aws:organization/${name}`;
      given.policy(id, document(text), { kind: "scp" });
      given.records.guardrails.push({ id: `scp ${name}`, kind: "scp", policyId: id, targetId: AWS } as never);
    }
  }
  return { given, actor };
}

const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";

function provider(kind: string | undefined): string {
  return kind === "saml" ? arn("saml-provider/corp") : arn("oidc-provider/id.sample.example");
}

function runningResource(type: string): string {
  const [service = "", name = ""] = type.split(":");
  return `arn:aws:${service}:eu-central-1:${TENANT}:${name}/one`;
}

function targetOf(given: Given, { target: need, gains }: EscalationMethod, twist: Twist): Principal {
  if (need === undefined) throw new Error("no target");
  const turned = twist.otherFacts === true;
  const administers = gains !== "writes-target-policy-and-becomes-it";
  const all = document({ Effect: "Allow", Action: "*", Resource: "*" });
  if (need.kind === "group") {
    const group = given.group("admins");
    given.inline(group, "all", all);
    return group;
  }
  if (need.kind === "user") {
    const second = (need.secondFactor === "present") !== turned;
    const user = given.user("kim", {
      secondFactor: twist.unread === true ? unknown("refused") : known(need.secondFactor === undefined ? null : second),
    });
    if (administers) given.inline(user, "all", all);
    if ((need.password === "present") !== turned && need.password !== undefined && twist.unread !== true)
      given.credential("console-password", "kim-password", user.id);
    const keys =
      need.keys === undefined
        ? 0
        : need.keys === "at-limit"
          ? turned
            ? 1
            : 2
          : need.keys === "inactive"
            ? 1
            : turned
              ? 2
              : 1;
    for (let at = 0; at < keys && twist.unread !== true; at += 1)
      given.credential("access-key", `key-${at}`, user.id, {
        status: known(need.keys === "inactive" && !turned ? "inactive" : "active"),
      });
    if (twist.unread === true) given.cannotRead("access-key").cannotRead("console-password");
    return user;
  }
  const trusted: { party: object; id: string; kind: Principal["kind"]; native: string; more?: object }[] = [];
  if (twist.trustsNobody !== true) {
    for (const service of need.trustsService ?? [])
      trusted.push({ party: { Service: service }, id: `aws-service:${service}`, kind: "service", native: service });
    if (need.trustsActor === true)
      trusted.push({ party: { AWS: arn("root") }, id: `${AWS}:root`, kind: "root", native: "root" });
    if (need.trustsProvider !== undefined) {
      const native =
        need.trustsProvider === "cognito" ? "cognito-identity.amazonaws.com" : provider(need.trustsProvider);
      const there = need.provider !== "absent" || turned;
      trusted.push({
        party: { Federated: native },
        id: `${AWS}:${native}`,
        kind: "federated",
        native,
        more: there ? { attributes: { url: "id.sample.example" } } : {},
      });
    }
    if (need.runsOn !== undefined && trusted.length === 0)
      trusted.push({
        party: { Service: "ec2.amazonaws.com" },
        id: "aws-service:ec2.amazonaws.com",
        kind: "service",
        native: "ec2.amazonaws.com",
      });
  }
  const party = trusted.map((one) => one.party);
  const role = given.role(
    "boss",
    {},
    {
      Effect: "Allow",
      Principal: party[0] ?? { Service: "support.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
      ...(twist.trustCondition === undefined ? {} : { Condition: twist.trustCondition }),
    },
  );
  if (twist.trustUnread === true) {
    const at = given.records.policies.findIndex(({ id }) => id === `${role.id}/trust`);
    const policy = given.records.policies[at];
    if (policy !== undefined) given.records.policies[at] = { ...policy, document: unknown("refused") };
  }
  for (const { id, kind, native, more } of trusted) {
    if (!given.records.principals.some((one) => one.id === id))
      given.records.principals.push({
        ...role,
        id,
        kind,
        nativeType: kind,
        nativeId: native,
        locator: native,
        displayName: native,
        ...more,
      });
    given.trusted(role, id);
  }
  if (administers) given.inline(role, "all", all);
  if (gains === "becomes-target-without-boundary")
    given.bounded(role, document({ Effect: "Allow", Action: "s3:*", Resource: "*" }));
  if (twist.unread === true) given.cannotRead("running-as").cannotRead("identity-provider");
  return role;
}

function identityCenter(given: Given): void {
  const person = given.user("kim", { nativeType: "identity-center-user", locator: "kim" });
  given.records.principals.push({
    ...person,
    id: `${AWS}:set`,
    kind: "role",
    nativeType: "permission-set",
    nativeId: SET,
    locator: SET,
    displayName: "Set",
    createdAt: known(NOW),
  });
}
