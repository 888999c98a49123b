import type { FakeSlice } from "./slice.ts";

export const controls: FakeSlice = {
  name: "controls",
  start: () => ({}),
  rest: () => undefined,
};
