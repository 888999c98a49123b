/** What a refusal is about, as far as the text tells. */
export interface About {
  /** `GET /repos/acme/api/keys`; null where nobody said. */
  readonly call: string | null;
  readonly organization: string | null;
  /** `owner/name`. */
  readonly repository: string | null;
  readonly ref: string | null;
  /** The login that was refused. */
  readonly actor: string | null;
  /** What GitHub's support asks for. */
  readonly requestId: string | null;
}

const NAME = String.raw`[\w.-]+`;

const CALLS: readonly RegExp[] = [
  /["']?method["']?\s*:\s*["'](?<method>[A-Z]+)["'][\s\S]{0,400}?["']?url["']?\s*:\s*["'](?<url>[^"']+)["']/,
  /(?:^|[\s>"'])(?<method>GET|POST|PUT|PATCH|DELETE)\s+(?<url>(?:https:\/\/[^\s"'/]+)?\/[^\s"']+)/m,
];

const REPOSITORIES: readonly RegExp[] = [
  new RegExp(String.raw`\/repos\/(${NAME}\/${NAME})`),
  new RegExp(String.raw`Permission to (${NAME}\/${NAME}?)(?:\.git)? denied`),
  new RegExp(String.raw`github\.com[:/](${NAME}\/${NAME}?)(?:\.git)?(?:['"\s/]|$)`, "m"),
  new RegExp(String.raw`(?:not allowed (?:to be used )?in |name ')(${NAME}\/${NAME})`),
];

const ORGANIZATIONS: readonly RegExp[] = [
  new RegExp(String.raw`\/orgs\/(${NAME})`),
  new RegExp("[`'\"](" + NAME + ")[`'\"] (?:organization|forbids access)", "i"),
  new RegExp(String.raw`Organization with the login of '(${NAME})'`),
];

/** Paths of github.com that are no owners. */
const RESERVED = new Set([
  "orgs",
  "organizations",
  "settings",
  "rest",
  "en",
  "apps",
  "login",
  "enterprises",
  "features",
]);

/** Reads what a refusal is about out of the text around it. */
export function aboutIn(text: string): About {
  const call = CALLS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const path = (call?.["url"] ?? "").replace(/^https:\/\/[^/]+/, "").replace(/^\/api\/v3/, "");
  const repository = first(REPOSITORIES, text, (one) => !RESERVED.has(one.split("/")[0] ?? ""));
  const ref =
    /(?:failed|found) for (refs\/[^\s.]+(?:\.[^\s.]+)*)/.exec(text)?.[1] ??
    /\[remote rejected\]\s+\S+ -> (\S+)/.exec(text)?.[1] ??
    null;
  return {
    call:
      call === undefined || path === ""
        ? null
        : `${call["method"] ?? "GET"} ${path.replace(/\?.*/, "").replace(/[:,.]+$/, "")}`,
    organization: first(ORGANIZATIONS, text) ?? repository?.split("/")[0] ?? null,
    repository,
    ref,
    actor: /denied to ((?!deploy key)[\w-]+(?:\[bot\])?)/.exec(text)?.[1] ?? null,
    requestId: /x-github-request-id['"]?\s*[:=]\s*['"]?([\w:]+)/i.exec(text)?.[1] ?? null,
  };
}

function first(forms: readonly RegExp[], text: string, counts: (found: string) => boolean = () => true): string | null {
  for (const form of forms) {
    const found = form.exec(text)?.[1]?.replace(/\.(?:git)?$/, "");
    if (found !== undefined && counts(found)) return found;
  }
  return null;
}
