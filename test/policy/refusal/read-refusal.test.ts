import { describe, expect, test } from "vitest";
import type { GraphError } from "../../../src/policy/refusal/answer.ts";
import { acceptedPermissions, missingScopes, needsOf } from "../../../src/policy/refusal/needs.ts";
import { readRefusal } from "../../../src/policy/refusal/read-refusal.ts";
import { SIGNALS } from "../../../src/policy/refusal/signals/index.ts";
import { bodyOf, SAID } from "./said.ts";

/** Rows of the list that are about answers with status 200 stand in tests of their own. */
const SUCCEEDED = [7, 8];

describe("what GitHub answers", () => {
  test.each(SAID.map((one) => [`${one.status} ${one.message}`, one] as const))("%s", (_name, one) => {
    const verdict = readRefusal({ status: one.status, headers: one.headers ?? {}, body: bodyOf(one) });
    expect(verdict).toMatchObject({ signal: one.signal, kind: one.kind });
    const words = [verdict?.reason, ...(verdict?.next ?? [])];
    expect(words.join("\n")).toMatch(one.says);
    // Messages have a style: no capital at the start but names, no full stop.
    for (const line of words) {
      expect(line).toMatch(/^(GitHub|OAuth|Advanced|Secret|Custom|[a-z`])/);
      expect(line).not.toMatch(/\.$/);
    }
  });

  test("every row of the list of signals is among them", () => {
    const rows = new Set([...SAID.map(({ row }) => row), ...SUCCEEDED]);
    expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, i) => i + 1));
  });

  test("the names of the signals are one each", () => {
    expect(new Set(SIGNALS.map(({ id }) => id)).size).toBe(SIGNALS.length);
  });

  test("a success says nothing, whatever it quotes", () => {
    const body = JSON.stringify({ message: "Resource not accessible by integration" });
    expect(readRefusal({ status: 200, headers: {}, body })).toBeNull();
  });

  test("a list that single sign-on filtered is incomplete although it was answered", () => {
    const headers = { "X-GitHub-SSO": "partial-results; organizations=21955855,20582480" };
    expect(readRefusal({ status: 200, headers, body: "[]" })).toMatchObject({
      signal: "single-sign-on-partial",
      kind: "incomplete",
      reason: expect.stringContaining("(organizations 21955855, 20582480)"),
    });
  });

  test("words decide before a budget that happens to be used up", () => {
    const headers = { "x-ratelimit-remaining": "0" };
    const body = JSON.stringify({ message: "Resource not accessible by integration" });
    expect(readRefusal({ status: 403, headers, body })?.signal).toBe("app-permission");
  });

  test("a branch without protection and a branch one may not look at are told apart", () => {
    const of = (message: string) => readRefusal({ status: 404, headers: {}, body: JSON.stringify({ message }) })?.kind;
    expect([of("Branch not protected"), of("Not Found")]).toEqual(["none", "gone"]);
  });

  test.each<[body: string]>([
    [""],
    ["{"],
    ["null"],
    ["[]"],
    ['{"errors":[null,1,{"message":2}]}'],
    ["<!DOCTYPE html>"],
  ])("a body that is not what it should be is no obstacle: %s", (body) => {
    expect(readRefusal({ status: 403, headers: {}, body })).toMatchObject({ signal: "refused" });
  });

  // Beyond the list: what GitHub answers besides.
  test.each<[status: number, message: string, signal: string, kind: string]>([
    [409, "Git Repository is empty.", "empty-repository", "none"],
    [409, "Reference cannot be updated", "conflict", "invalid"],
    [410, "Gone", "removed", "not-applicable"],
    [403, "This team is managed by team synchronization.", "governed-elsewhere", "governed"],
    [403, "Sorry. Your account was suspended.", "suspended-person", "sign-in"],
    [403, "Request forbidden by administrative rules.", "user-agent", "invalid"],
    [500, "Server Error", "outage", "outage"],
    [504, "", "too-deep", "outage"],
  ])("%i %s", (status, message, signal, kind) => {
    expect(readRefusal({ status, headers: {}, body: JSON.stringify({ message }) })).toMatchObject({ signal, kind });
  });

  test("the fields of a 422 are named", () => {
    const body = JSON.stringify({ message: "Validation Failed", errors: [{ field: "role", code: "missing_field" }] });
    expect(readRefusal({ status: 422, headers: {}, body })?.reason).toContain("role is missing field");
  });
});

describe("errors inside a GraphQL answer", () => {
  test.each<[name: string, errors: readonly GraphError[], signal: string, kind: string, says: RegExp]>([
    [
      "single sign-on, though another error stands before it",
      [
        { type: "FORBIDDEN", message: "Must have push access" },
        { type: "FORBIDDEN", message: "Resource protected", extensions: { saml_failure: true } },
      ],
      "single-sign-on-graphql",
      "denied",
      /not authorised for single sign-on/,
    ],
    [
      "forbidden for an app",
      [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
      "app-permission",
      "denied",
      /the app lacks a permission/,
    ],
    ["forbidden in new words", [{ type: "FORBIDDEN", message: "No." }], "refused", "denied", /GitHub refused: No/],
    ["a limit", [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }], "primary-limit", "limit", /rate limit/],
    [
      "a scope",
      [
        {
          type: "INSUFFICIENT_SCOPES",
          message:
            "Your token has not been granted the required scopes to execute this query. The 'email' field requires one of the following scopes: ['user:email', 'read:user'], but your token has only been granted the: ['repo'] scopes.",
        },
      ],
      "missing-scope",
      "denied",
      /the scope for `email`.*one of the scopes `user:email, read:user`/s,
    ],
    [
      "nothing there",
      [{ type: "NOT_FOUND", message: "Could not resolve to a Repository with the name 'a/b'." }],
      "hidden-or-gone",
      "gone",
      /also hides/,
    ],
    [
      "too much at once",
      [{ message: "Something went wrong while executing your query. This may be the result of a timeout." }],
      "too-deep",
      "outage",
      /halve the page/,
    ],
    [
      "a field that is none",
      [{ message: "Field 'x' doesn't exist on type 'User'", extensions: { code: "undefinedField" } }],
      "invalid-request",
      "invalid",
      /Field 'x'/,
    ],
  ])("%s", (_name, errors, signal, kind, says) => {
    const verdict = readRefusal({ status: 200, headers: {}, body: "", errors });
    expect(verdict).toMatchObject({ signal, kind });
    expect([verdict?.reason, ...(verdict?.next ?? [])].join("\n")).toMatch(says);
    // The body tells the same as the errors read out of it.
    expect(readRefusal({ status: 200, headers: {}, body: JSON.stringify({ data: null, errors }) })).toEqual(verdict);
  });
});

describe("what would have been enough", () => {
  test.each<[header: string, expected: readonly string[]]>([
    ["contents=read", ["contents=read"]],
    ["pull_requests=write,contents=read", ["pull_requests=write+contents=read"]],
    ["issues=read; pull_requests=read", ["issues=read", "pull_requests=read"]],
    ["a=read,b=write ; c=admin", ["a=read+b=write", "c=admin"]],
    ["allows_permissionless_access=true", []],
    ["metadata=read; allows_permissionless_access=true", ["metadata=read"]],
    ["", []],
  ])("%s", (header, expected) => {
    expect(
      acceptedPermissions(header).map((list) => list.map(({ name, level }) => `${name}=${level}`).join("+")),
    ).toEqual(expected);
  });

  test("scopes are missing only where none that is accepted is held, nor one that includes it", () => {
    expect(missingScopes(["admin:org"], ["read:org"])).toEqual(["admin:org"]);
    expect(missingScopes(["read:org", "user"], ["admin:org"])).toEqual([]);
    expect(missingScopes(["public_repo", "repo"], ["repo"])).toEqual([]);
    expect(missingScopes([], ["repo"])).toEqual([]);
  });

  test("a token that has no scopes by nature lacks none; a classic one without any lacks them", () => {
    expect(needsOf({ "x-accepted-oauth-scopes": "repo" }).scopes).toEqual([]);
    expect(needsOf({ "x-accepted-oauth-scopes": "repo", "x-oauth-scopes": "" }).scopes).toEqual(["repo"]);
  });
});

describe("when to ask again", () => {
  const limited = (headers: Record<string, string>) =>
    readRefusal({ status: 403, headers, body: '{"message":"API rate limit exceeded"}' })?.retry;

  test("after the seconds GitHub names", () => {
    expect(limited({ "retry-after": "17" })).toEqual({ again: true, afterSeconds: 17, at: null });
  });

  test("at the reset, counted by GitHub's own clock", () => {
    const at = Date.parse("2026-11-20T10:00:00Z") / 1_000;
    expect(
      limited({
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(at),
        date: "Fri, 20 Nov 2026 09:59:00 GMT",
      }),
    ).toEqual({ again: true, afterSeconds: 60, at: "2026-11-20T10:00:00Z" });
  });

  test("a reset of a budget that is not used up is another one's", () => {
    expect(limited({ "x-ratelimit-remaining": "40", "x-ratelimit-reset": "1795500000" })).toEqual({
      again: true,
      afterSeconds: 60,
      at: null,
    });
  });

  test("a permission does not come by waiting", () => {
    const body = '{"message":"Resource not accessible by integration"}';
    expect(readRefusal({ status: 403, headers: {}, body })?.retry).toEqual({
      again: false,
      afterSeconds: null,
      at: null,
    });
  });
});
