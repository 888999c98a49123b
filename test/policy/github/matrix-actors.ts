import { known, unknown } from "../../../src/model/observed.ts";
import type { ProtectionActor } from "../../../src/model/protection.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";

/** Somebody with a role on the repository. */
export function user(login: string, role: PushActor["role"], more: Partial<PushActor> = {}): PushActor {
  const writes = role === "write" || role === "maintain" || role === "admin";
  return {
    id: `user:${login}`,
    name: login,
    kind: "user",
    role,
    customRoles: [],
    permissions: known([]),
    teams: [],
    organizationOwner: false,
    enterpriseOwner: known(false),
    login,
    userId: null,
    editsWorkflows: known(writes),
    writesContents: writes,
    administers: role === "admin",
    missing: [],
    ...more,
  };
}

/** Without a role. */
export const NOBODY = user("nobody", "none");
/** Reads. */
export const READER = user("rita-reads", "read");
/** Triages. */
export const TRIAGER = user("tom-triages", "triage");
/** Writes; the one most rows are about. */
export const WRITER = user("wanda-writes", "write");
/** Writes too. */
export const OTHER_WRITER = user("wilma-writes", "write");
/** Writes too. */
export const THIRD_WRITER = user("walter-writes", "write");
/** Maintains. */
export const MAINTAINER = user("mona-maintains", "maintain");
/** Administers the repository, and owns nothing. */
export const ADMIN = user("anna-administers", "admin");
/** Owns the organization. */
export const OWNER = user("olga-owns", "admin", { organizationOwner: true });
/** In the team `platform`. */
export const MEMBER = user("mia-member", "write", { teams: ["team:platform"] });

/** Somebody with a custom role that was built on write. */
export function custom(...permissions: readonly string[]): PushActor {
  return user("carla-custom", "write", { customRoles: ["releaser"], permissions: known(permissions) });
}

/** A writer whose custom roles could not be read. */
export const UNREAD_ROLE = user("ulla-unread", "write", { permissions: unknown("custom roles were not read") });

/** A deploy key with write access, or without. */
export function deployKey(writes: boolean): PushActor {
  return user("deploy", writes ? "write" : "read", {
    id: "deploy-key:1",
    kind: "deploy-key",
    login: null,
    editsWorkflows: known(writes),
    administers: false,
  });
}

/** An installed app that may write contents and workflows, and what else is set. */
export function app(more: Partial<PushActor> = {}): PushActor {
  return user("release-bot", "write", { id: "app:release-bot", kind: "app", login: null, ...more });
}

/** A fine-grained token of the writer. */
export function tokenOf(person: PushActor, more: Partial<PushActor> = {}): PushActor {
  return { ...person, id: `token:${person.name}`, name: `token of ${person.name}`, kind: "token", ...more };
}

type Mode = ProtectionActor["mode"];

/** Entries of bypass lists. */
export const passes = {
  user: (actor: PushActor, mode: Mode = "always"): ProtectionActor => ({
    type: "user",
    id: actor.id,
    name: actor.name,
    mode,
  }),
  team: (slug: string, mode: Mode = "always"): ProtectionActor => ({
    type: "team",
    id: `team:${slug}`,
    name: slug,
    mode,
  }),
  app: (actor: PushActor, mode: Mode = "always"): ProtectionActor => ({
    type: "app",
    id: actor.id,
    name: actor.name,
    mode,
  }),
  role: (name: string, mode: Mode = "always"): ProtectionActor => ({ type: "repository-role", id: null, name, mode }),
  deployKeys: (): ProtectionActor => ({ type: "deploy-key", id: null, name: "deploy keys", mode: "always" }),
  organizationOwners: (mode: Mode = "always"): ProtectionActor => ({
    type: "organization-owner",
    id: null,
    name: "organization owners",
    mode,
  }),
  enterpriseOwners: (mode: Mode = "always"): ProtectionActor => ({
    type: "enterprise-owner",
    id: null,
    name: "enterprise owners",
    mode,
  }),
};
