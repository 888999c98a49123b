import { controls } from "./controls.ts";
import { operations } from "./operations.ts";
import { people } from "./people.ts";
import type { FakeSlice } from "./slice.ts";

/** The one list. */
export const SLICES: readonly FakeSlice[] = [people, operations, controls];
