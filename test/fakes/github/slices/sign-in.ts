import type { FakeSlice } from "./slice.ts";

/** What an app's installation may do at the fake; tests take permissions away. */
export interface SignInState {
  permissions: Record<string, string>;
  installed: boolean;
  /** Tokens handed out, none of which may be found in anything that was written. */
  tokens: number;
}

/** The app's side: its installation, and tokens for it. */
export const signIn: FakeSlice = {
  name: "sign-in",
  start: (): SignInState => ({
    permissions: { metadata: "read", members: "read", administration: "read", organization_administration: "read" },
    installed: true,
    tokens: 0,
  }),
  rest(state, _bad, { method, parts }) {
    const own = state.slices["sign-in"] as SignInState;
    const [top, first = "", second = "", third = ""] = parts;
    const notFound = { status: 404, body: { message: "Not Found", documentation_url: "", status: "404" } };
    if (top === "orgs" && second === "installation" && parts.length === 3)
      return own.installed
        ? {
            status: 200,
            body: { id: 4_000_099, app_id: 99, app_slug: "leastwise-reader", permissions: own.permissions },
          }
        : notFound;
    if (top === "app" && first === "installations" && third === "access_tokens" && method === "POST") {
      own.tokens += 1;
      const token = `ghs_sampleTokenNumber${own.tokens}`;
      return { status: 201, body: { token, expires_at: "2026-11-20T09:00:00Z", permissions: own.permissions } };
    }
    if (top === "app" && first === "")
      return { status: 200, body: { id: 99, slug: "leastwise-reader", name: "Reader" } };
    return undefined;
  },
};
