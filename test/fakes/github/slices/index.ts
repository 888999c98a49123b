import { controls } from "./controls.ts";
import { operations } from "./operations.ts";
import { ownApps } from "./own-apps.ts";
import { people } from "./people.ts";
import { signIn } from "./sign-in.ts";
import type { FakeSlice } from "./slice.ts";

/** The one list. */
export const SLICES: readonly FakeSlice[] = [ownApps, signIn, people, operations, controls];
