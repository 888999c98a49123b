import type { Credential } from "../../model/credential.ts";
import { known, unknown } from "../../model/observed.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { AccessGraph } from "../access-graph.ts";
import { oncePerOwner, type OwnedToken } from "./owned-token.ts";

/**
 * What a classic token, an app's token or an SSH key that was let in with single sign-on may do in its owner's stead; null for one
 * that changes nothing or has ended. Unread scopes, and tokens of GitHub Apps (whose permissions no list shows), may be anything.
 *
 * `repo` is all its owner may on repositories, their settings included, `public_repo` the same on public ones; changing workflow
 * files takes `workflow` too, the organization's rules `admin:org`, the enterprise's `admin:enterprise`. An SSH key is git only: it
 * pushes, workflow files included, and cannot open, approve or set anything. Sources: "Scopes for OAuth apps", "REST API endpoints
 * for rules", GitHub documentation.
 */
export function authorizedToken(graph: AccessGraph, credential: Credential, ownerId: string): OwnedToken | null {
  const { expiresAt, attributes } = credential;
  const ends = expiresAt.known ? expiresAt.value : "never";
  if (ends !== "never" && ends <= graph.snapshot.asOf) return null;
  const type = String(attributes["type"] ?? "").toLowerCase();
  if (type === "ssh key") return owned(ownerId, credential, "SSH key", everywhere, throughGit);
  const scopes = type === "github app token" ? null : scopesOf(credential);
  if (scopes === null) {
    const why = `what token \`${credential.displayHint}\` may do was not read`;
    return owned(ownerId, credential, "token", everywhere, (owner) => undecided(owner, why));
  }
  const may = within(scopes);
  if (scopes.has("repo")) return owned(ownerId, credential, "token", everywhere, may);
  const isPublic = (id: string): boolean => graph.resource(id)?.attributes["visibility"] === "public";
  return scopes.has("public_repo") ? owned(ownerId, credential, "token", isPublic, may) : null;
}

const everywhere = (): boolean => true;

/** Named as people know it, with whose it is: titles are anybody's. */
function owned(
  ownerId: string,
  { id, displayHint, status }: Credential,
  what: string,
  open: OwnedToken["open"],
  limit: (owner: PushActor) => PushActor,
): OwnedToken {
  const own = status.known ? [] : [`whether ${what} \`${displayHint}\` is active: ${status.why}`];
  const make = (owner: PushActor): PushActor => {
    const limited = limit(owner);
    return {
      ...limited,
      id,
      name: `${displayHint} (${what} of ${owner.login ?? owner.name})`,
      kind: "token",
      missing: [...own, ...limited.missing],
    };
  };
  return { ownerId, open, make: oncePerOwner(make) };
}

function throughGit(owner: PushActor): PushActor {
  return {
    ...owner,
    gitOnly: true,
    editsWorkflows: known(true),
    opensPullRequests: known(false),
    administers: false,
    manages: [],
  };
}

function within(scopes: ReadonlySet<string>): (owner: PushActor) => PushActor {
  const manages = (["organization", "enterprise"] as const).filter((level) => scopes.has(MANAGING[level]));
  return (owner) => ({ ...owner, editsWorkflows: known(scopes.has("workflow")), manages });
}

const MANAGING = { organization: "admin:org", enterprise: "admin:enterprise" } as const;

/** Nothing is certain of it, neither that it writes nor that it does not. */
function undecided(owner: PushActor, why: string): PushActor {
  return {
    ...owner,
    editsWorkflows: unknown(why),
    writesContents: false,
    opensPullRequests: unknown(why),
    administers: false,
    manages: [],
    missing: [why, ...owner.missing],
  };
}

/** `repo, workflow`; null where GitHub did not show them. */
function scopesOf({ attributes }: Credential): ReadonlySet<string> | null {
  const text = attributes["scopes"];
  return typeof text === "string" ? new Set(text.split(/,\s*/)) : null;
}
