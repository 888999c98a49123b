import type { Credential } from "../../model/credential.ts";
import { known, unknown, type Observed } from "../../model/observed.ts";
import type { Principal } from "../../model/principal.ts";
import type { Attributes } from "../../model/tenant.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { AccessGraph } from "../access-graph.ts";
import { authorizedToken } from "./authorized-tokens.ts";
import { oncePerOwner, type OwnedToken } from "./owned-token.ts";
import { gapOf } from "./unread-kinds.ts";

/** Apps, keys and tokens of one organization that can change a repository of it, where they are open to it. */
export interface MachineActors {
  apps(repositoryId: string): readonly PushActor[];
  deployKeys(repositoryId: string): readonly PushActor[];
  /**
   * Tokens of people, in order of id: fine-grained ones that write contents, workflows or administration, and classic tokens and SSH
   * keys that single sign-on let in. GitHub lists no classic tokens and keys where there is none.
   */
  readonly tokens: readonly OwnedToken[];
}

/** Permissions without which an app or a token changes nothing about what is pushed. */
const CHANGING: readonly string[] = ["contents", "administration", "workflows"];

/** The machine actors of one organization: whoever cannot write any of {@link CHANGING}, is suspended or expired is left out. */
export function machineActors(graph: AccessGraph, tenantId: string): MachineActors {
  const apps = graph.snapshot.principals
    .filter((one) => one.tenantId === tenantId && one.nativeType === "app-installation")
    .flatMap((app) => appOf(graph, app));
  const keys = new Map<string, PushActor[]>();
  const tokens: OwnedToken[] = [];
  for (const credential of graph.snapshot.credentials) {
    if (credential.tenantId !== tenantId || credential.holderId === null || isInactive(credential)) continue;
    if (credential.kind === "deploy-key" && credential.attributes["readOnly"] !== true) {
      const list = keys.get(credential.holderId);
      if (list === undefined) keys.set(credential.holderId, [keyOf(credential)]);
      else list.push(keyOf(credential));
    }
    let token: OwnedToken | null = null;
    if (credential.kind === "fine-grained-token") token = tokenOf(graph, credential, credential.holderId);
    if (credential.kind === "single-sign-on-authorization")
      token = authorizedToken(graph, credential, credential.holderId);
    if (token !== null) tokens.push(token);
  }
  return {
    apps: (repositoryId) => apps.filter(({ place }) => place.open(repositoryId)).map(({ actor }) => actor),
    deployKeys: (repositoryId) => keys.get(repositoryId) ?? [],
    tokens,
  };
}

/** Which repositories an app or token is open to. */
interface Place {
  open(repositoryId: string): boolean;
  /** Why that is not known; empty when it is. */
  readonly missing: readonly string[];
}

/**
 * From the selection grants. A selection of which no repository is listed was not read, unless all lists were; neither was one that
 * says of itself that it was cut. What was not read may be any repository.
 */
function placeOf(graph: AccessGraph, holder: Principal | Credential, what: string): Place {
  const selection = holder.attributes["repositorySelection"];
  if (selection === "all") return { open: () => true, missing: [] };
  if (selection === "none") return { open: () => false, missing: [] };
  const chosen = new Set(
    graph.grantsOf(holder.id).flatMap(({ kind, entitlementId }) => {
      const entitlement = kind === "selection" ? graph.entitlement(entitlementId) : undefined;
      return entitlement === undefined ? [] : [entitlement.resourceId ?? entitlement.targetId];
    }),
  );
  const kind = "displayHint" in holder ? "token-repository" : "installation-repository";
  const gap = gapOf(graph, holder.tenantId, kind);
  // A token is open to one repository at least where it says so: an empty list is no answer.
  const empty = chosen.size === 0 && (gap !== undefined || kind === "token-repository");
  if (!empty && holder.attributes["selectionCut"] !== true)
    return { open: (repositoryId) => chosen.has(repositoryId), missing: [] };
  const reason = gap === undefined ? null : (graph.coverage(holder.tenantId, kind)?.reason ?? null);
  const why = reason === null ? "" : `: ${reason}`;
  return { open: () => true, missing: [`which repositories ${what} is open to was not read${why}`] };
}

function appOf(graph: AccessGraph, app: Principal): readonly { readonly actor: PushActor; readonly place: Place }[] {
  if (app.attributes["suspended"] === true) return [];
  const may = permissionsOf(app.attributes);
  const what = `app \`${app.locator}\``;
  if (may !== undefined && !CHANGING.some((name) => writes(may, name))) return [];
  const place = placeOf(graph, app, what);
  const unread = unknown(`what ${what} may do was not read`);
  const contents = may === undefined || writes(may, "contents");
  return [
    {
      place,
      actor: {
        ...MACHINE,
        id: app.id,
        name: app.locator,
        kind: "app",
        role: contents && may !== undefined ? "write" : may?.has("contents") === true ? "read" : "none",
        enterpriseOwner: known(false),
        editsWorkflows: may === undefined ? unread : known(writes(may, "workflows")),
        writesContents: contents,
        opensPullRequests: may === undefined ? unread : known(writes(may, "pull_requests")),
        administers: may !== undefined && writes(may, "administration"),
        missing: may === undefined ? [unread.why, ...place.missing] : place.missing,
      },
    },
  ];
}

function keyOf({ id, displayHint, status, attributes }: Credential): PushActor {
  const readable = typeof attributes["readOnly"] === "boolean";
  return {
    ...MACHINE,
    id,
    name: displayHint,
    kind: "deploy-key",
    role: "write",
    enterpriseOwner: known(false),
    editsWorkflows: known(true),
    writesContents: true,
    administers: false,
    missing: [
      ...(status.known ? [] : [`whether deploy key \`${displayHint}\` is enabled: ${status.why}`]),
      ...(readable ? [] : [`whether deploy key \`${displayHint}\` may write`]),
    ],
  };
}

function tokenOf(graph: AccessGraph, token: Credential, ownerId: string): OwnedToken | null {
  const may = permissionsOf(token.attributes);
  const what = `token \`${token.displayHint}\``;
  if (may !== undefined && !CHANGING.some((name) => writes(may, name))) return null;
  const place = placeOf(graph, token, what);
  const unread = unknown(`what ${what} may do was not read`);
  const own = [
    ...(may === undefined ? [unread.why] : []),
    ...(token.status.known ? [] : [`whether ${what} is active: ${token.status.why}`]),
    ...place.missing,
  ];
  const told = (name: string): Observed<boolean> => (may === undefined ? unread : known(writes(may, name)));
  const make = (owner: PushActor): PushActor => ({
    ...owner,
    id: token.id,
    name: token.displayHint,
    kind: "token",
    editsWorkflows: told("workflows"),
    writesContents: may === undefined || writes(may, "contents"),
    opensPullRequests: told("pull_requests"),
    administers: owner.administers && (may === undefined || writes(may, "administration")),
    manages: may === undefined || writes(may, "organization_administration") ? ["organization"] : [],
    missing: [...own, ...owner.missing],
  });
  return { ownerId, open: place.open, make: oncePerOwner(make) };
}

/** What no machine has of its own. */
const MACHINE = {
  customRoles: [],
  permissions: known([]),
  teams: [],
  organizationOwner: false,
  login: null,
  userId: null,
} as const satisfies Partial<PushActor>;

/** `contents:write, metadata:read` by name; undefined where it was not read. */
function permissionsOf(attributes: Attributes): ReadonlyMap<string, string> | undefined {
  const text = attributes["permissions"];
  if (typeof text !== "string") return undefined;
  return new Map(
    text.split(/,\s*/).map((entry) => {
      const colon = entry.lastIndexOf(":");
      return [entry.slice(0, colon), entry.slice(colon + 1)];
    }),
  );
}

function writes(permissions: ReadonlyMap<string, string>, name: string): boolean {
  const level = permissions.get(name);
  return level === "write" || level === "admin";
}

function isInactive({ status }: Credential): boolean {
  return status.known && status.value === "inactive";
}
