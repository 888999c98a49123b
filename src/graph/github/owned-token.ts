import type { PushActor } from "../../policy/github/push-actor.ts";

/** A token or key of somebody, which acts as them within what it may itself. */
export interface OwnedToken {
  readonly ownerId: string;
  /** Whether it can be used on that repository at all, or may be. */
  open(repositoryId: string): boolean;
  /** What it is where its owner is this. The same for the same owner, so that what is worked out of it is kept. */
  make(owner: PushActor): PushActor;
}

/** Remembers what was made of each owner: one who has the same everywhere has the same token everywhere. */
export function oncePerOwner(make: (owner: PushActor) => PushActor): (owner: PushActor) => PushActor {
  const made = new WeakMap<PushActor, PushActor>();
  return (owner) => {
    let token = made.get(owner);
    if (token === undefined) made.set(owner, (token = make(owner)));
    return token;
  };
}
