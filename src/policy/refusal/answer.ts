/** Headers as an SDK or a pasted text gives them; names in any case. */
export type AnswerHeaders = Readonly<Record<string, string | number | undefined>>;

/** An error inside a GraphQL answer, as far as it tells why. */
export interface GraphError {
  readonly type?: string;
  readonly message: string;
  readonly extensions?: { readonly saml_failure?: boolean; readonly code?: string };
}

/** Something GitHub answered: over REST, over GraphQL, to `git push` or in the log of a workflow. */
export interface GitHubAnswer {
  /** Null where nobody told: git and error messages often have none. */
  readonly status: number | null;
  readonly headers: AnswerHeaders;
  /** As it came: JSON, HTML or plain words. */
  readonly body: string;
  /** Of a GraphQL answer, where the caller has read them already; else they are found in the body. */
  readonly errors?: readonly GraphError[];
  /** Where it happened: the same words ask for another remedy in a workflow. `api` where left out. */
  readonly where?: "api" | "git" | "actions";
}

/** The value of a header, whatever the case of its name; undefined where there is none. */
export function headerOf(headers: AnswerHeaders, name: string): string | undefined {
  const exact = headers[name];
  if (exact !== undefined) return String(exact);
  const found = Object.keys(headers).find((one) => one.toLowerCase() === name);
  const value = found === undefined ? undefined : headers[found];
  return value === undefined ? undefined : String(value);
}

/** Characters of a body in plain words that are read: what GitHub says is said before. */
const LONGEST_WORDS = 8_000;

/** What a body says. */
export interface AnswerBody {
  /** GitHub's own sentence; of a 422 with the sentences about its fields; empty for a page for people. */
  readonly message: string;
  readonly errors: readonly GraphError[];
  /** A page for people instead of JSON, as GitHub's edge sends it. */
  readonly html: boolean;
}

/** Reads a body without ever throwing: GitHub's edge answers HTML where its API answers JSON. */
export function bodyOf(body: string): AnswerBody {
  const text = body.trim();
  if (text.startsWith("<")) return { message: "", errors: [], html: true };
  const parsed = parse(text);
  if (!isRecord(parsed)) return { message: text.slice(0, LONGEST_WORDS), errors: [], html: false };
  const message = typeof parsed["message"] === "string" ? parsed["message"] : "";
  const listed: readonly unknown[] = Array.isArray(parsed["errors"]) ? parsed["errors"] : [];
  // REST lists errors beside its message, GraphQL has nothing but errors.
  if (message !== "") {
    const more = listed.map(sentenceOf).filter((one) => one !== "" && !message.includes(one));
    return { message: [message, ...more].join("; "), errors: [], html: false };
  }
  return { message: "", errors: listed.flatMap(graphErrorOf), html: false };
}

function graphErrorOf(value: unknown): readonly GraphError[] {
  if (!isRecord(value) || typeof value["message"] !== "string") return [];
  const { type, extensions } = value;
  const more = isRecord(extensions) ? extensions : {};
  return [
    {
      message: value["message"],
      ...(typeof type === "string" ? { type } : {}),
      extensions: {
        ...(more["saml_failure"] === true ? { saml_failure: true } : {}),
        ...(typeof more["code"] === "string" ? { code: more["code"] } : {}),
      },
    },
  ];
}

function sentenceOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (!isRecord(value)) return "";
  if (typeof value["message"] === "string") return value["message"];
  const { field, code } = value;
  return typeof field === "string" && typeof code === "string" ? `${field} is ${code.replaceAll("_", " ")}` : "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
