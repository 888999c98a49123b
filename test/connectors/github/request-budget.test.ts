import { expect, test } from "vitest";
import { collectTwice } from "../../bench/collect-organization.ts";

/** What reading two thousand repositories and fifteen hundred members may take, answers "not modified" counted. */
const FIRST_DAY = 7_800;
const NEXT_DAY = 2_300;

test("two thousand repositories are read within their budget, and within the forecast", async () => {
  const [first, next] = await collectTwice(2_000, true);
  expect(first.requests).toBeLessThanOrEqual(FIRST_DAY);
  expect(next.requests).toBeLessThanOrEqual(NEXT_DAY);
  // Nothing was saved by not being read.
  expect(first.requests).toBeGreaterThan(5_000);
  expect(next.gaps).toEqual(first.gaps);
  for (const { requests, forecast } of [first, next]) {
    expect(requests).toBeLessThanOrEqual(forecast);
    expect(forecast).toBeLessThan(requests * 1.5);
  }
}, 120_000);
