import type { FakeSlice } from "./slice.ts";

export const people: FakeSlice = {
  name: "people",
  start: () => ({}),
  rest: () => undefined,
};
