import { verify } from "node:crypto";
import { onTestFinished, vi } from "vitest";
import type { GitHubState } from "../github-state.ts";
import type { Answer } from "../rest-routes.ts";
import type { FakeSlice } from "./slice.ts";

/** What the fake knows of apps that can sign in themselves. */
export interface OwnAppsState {
  /** Public keys (PEM) under the id of the app. */
  readonly keys: Record<string, string>;
}

/** How whoever asks last signed in. */
const lastSignIn = new WeakMap<GitHubState, string>();

/** Lets the fake see how requests are signed, until the test is over, and gives it the public keys of apps. */
export function watchSignIns(state: GitHubState, keys: Readonly<Record<string, string>>): void {
  Object.assign((state.slices["own-apps"] as OwnAppsState).keys, keys);
  const send = globalThis.fetch;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
    lastSignIn.set(state, new Headers(init?.headers).get("authorization") ?? "");
    return send(url, init);
  });
  onTestFinished(() => spy.mockRestore());
}

const refusal = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: "https://docs.github.invalid", status: String(status) },
});
const NO_TOKEN = refusal(401, "A JSON web token could not be decoded");
const NOT_FOUND = refusal(404, "Not Found");

/** What only an app itself may do, for whoever signs with its key; without {@link watchSignIns} the routes are other parts'. */
export const ownApps: FakeSlice = {
  name: "own-apps",
  start: (): OwnAppsState => ({ keys: {} }),
  rest(state, _bad, { method, parts: [top, what = "", id = "", part] }) {
    const signIn = lastSignIn.get(state);
    if (top !== "app" || signIn === undefined || part === "access_tokens") return undefined;
    const issuer = issuerOf(signIn, (state.slices["own-apps"] as OwnAppsState).keys);
    if (issuer === undefined) return NO_TOKEN;
    const at = state.installations.findIndex((one) => String(one.app_id) === issuer);
    const own = state.installations[at];
    if (what === "")
      return own === undefined ? undefined : { status: 200, body: { id: own.app_id, slug: own.app_slug } };
    if (what !== "installations" || own === undefined || String(own.id) !== id) return NOT_FOUND;
    if (part === undefined && method === "DELETE") state.installations.splice(at, 1);
    else if (part === "suspended" && method !== "GET")
      state.installations[at] = { ...own, suspended_at: method === "PUT" ? "2026-11-20T08:00:00Z" : null };
    else return NOT_FOUND;
    return { status: 204 };
  },
};

/** The id of the app that signed, as GitHub checks it: RS256 by the app's own key, and ten minutes at most. */
function issuerOf(signIn: string, keys: OwnAppsState["keys"]): string | undefined {
  const [head = "", claims = "", signature = ""] = signIn.replace(/^bearer /i, "").split(".");
  const read = (text: string): Record<string, unknown> => {
    try {
      return JSON.parse(Buffer.from(text, "base64url").toString()) as Record<string, unknown>;
    } catch {
      return {};
    }
  };
  const { iss, iat, exp } = read(claims);
  const key = keys[String(iss)];
  if (key === undefined || read(head)["alg"] !== "RS256" || Number(exp) - Number(iat) > 660) return undefined;
  const isSigned = verify("RSA-SHA256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"));
  return isSigned ? String(iss) : undefined;
}
