import { controls } from "./controls.ts";
import { operations } from "./operations.ts";
import { people } from "./people.ts";
import { signIn } from "./sign-in.ts";
import type { FakeSlice } from "./slice.ts";

/** The one list. */
export const SLICES: readonly FakeSlice[] = [signIn, people, operations, controls];
