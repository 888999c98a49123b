/** What SDKs, command lines and protocols say around the message of a failed call. */
export interface ErrorFrame {
  readonly code: string | null;
  /** `RunInstances`. */
  readonly operation: string | null;
  /** As the SDK calls the service: `S3`, `Secrets Manager`. */
  readonly service: string | null;
  readonly requestId: string | null;
}

/** Codes with which AWS services answer a refused request; compared without `Client.` and without case. */
const DENIAL_CODES = [
  "AccessDenied",
  "AccessDeniedException",
  "AccessDeniedFault",
  "AllAccessDisabled",
  "AuthorizationError",
  "AuthorizationErrorException",
  "ForbiddenException",
  "KMS.AccessDeniedException",
  "KMSAccessDenied",
  "KMSAccessDeniedException",
  "NotAuthorized",
  "NotAuthorizedException",
  "OperationNotPermittedException",
  "UnauthorizedAccess",
  "UnauthorizedException",
  "UnauthorizedOperation",
];
const DENIAL_SET: ReadonlySet<string> = new Set(DENIAL_CODES.map((code) => code.toLowerCase()));
const DENIAL_WORD = new RegExp(
  String.raw`(?<![\w.#-])(?:Client\.)?(?:${DENIAL_CODES.map((code) => code.replace(".", String.raw`\.`)).join("|")})(?![\w-])`,
);

/** Where a code stands, most telling first. */
const CODE_PLACES: readonly RegExp[] = [
  /\bAn error occurred \(([\w.]+)\)(?= when calling)/,
  /\bapi error ([\w.]+):/,
  /\bError Code:\s*([\w.]+)/,
  /<Code>\s*([\w.]+)\s*<\/Code>/i,
  /\bx-amzn-errortype:?["']?\s*[:=]?\s*["']?([\w.]+)/i,
  /["'](?:__type|[cC]ode|errorCode|errorType|name)["']\s*:\s*["'](?:[\w.]+#)?([A-Z][\w.]+|[45]\d\d)["']/,
  /(?:^|\s|:|")([A-Z]\w*(?:\.[A-Z]\w*)*(?:Exception|Error|Denied|Fault|Operation)|Throttling|SlowDown|ExpiredToken|RequestExpired)(?=:\s)/m,
  DENIAL_WORD,
];
const OPERATION_PLACES: readonly RegExp[] = [
  /\bwhen calling the (\w+) operation/,
  /\boperation error [\w ]{1,60}: (\w+)/,
  /\bdo(?:es)?\s+not\s+have\s+permissions?\s+to\s+call\s+(\w+)\s+on\s+\w+/i,
];
const SERVICE_PLACES: readonly RegExp[] = [
  /\boperation error ([\w ]{1,60}): \w+/,
  /\(Service:\s*([\w ]{1,60}?)\s*[;,)]/,
  /\bdo(?:es)?\s+not\s+have\s+permissions?\s+to\s+call\s+\w+\s+on\s+(\w+)/i,
];
const REQUEST_ID_PLACES: readonly RegExp[] = [
  /\brequest[ _-]?id["']?\s*[:=]\s*["']?([\w-]{8,80})/i,
  /<RequestI[dD]>\s*([\w-]{8,80})/,
  /\bx-amzn?-request-?id["']?\s*[:=]\s*["']?([\w-]{8,80})/i,
];

/** The frame of a text (see `plainText`); what it does not say is null. */
export function errorFrame(text: string): ErrorFrame {
  const flat = text.replaceAll("\n", " ");
  return {
    code: codeIn(flat),
    operation: firstOf(OPERATION_PLACES, flat),
    service: firstOf(SERVICE_PLACES, flat),
    requestId: firstOf(REQUEST_ID_PLACES, flat),
  };
}

/** Whether a code means that the request was refused. */
export function isDenialCode(code: string): boolean {
  return DENIAL_SET.has(bareCode(code).toLowerCase());
}

/** A code without the side EC2 puts before it. */
export function bareCode(code: string): string {
  return code.replace(/^(?:Client|Server)\./, "");
}

function codeIn(text: string): string | null {
  const found = CODE_PLACES.flatMap((place) => {
    const match = place.exec(text);
    return match === null ? [] : [match[1] ?? match[0]];
  });
  // A general word (`Error`) may stand before the code that says what happened.
  return found.find(isDenialCode) ?? found.find((code) => !/^(?:\w*Client)?(?:Error|Exception)$/.test(code)) ?? null;
}

function firstOf(places: readonly RegExp[], text: string): string | null {
  for (const place of places) {
    const found = place.exec(text)?.[1];
    if (found !== undefined) return found.trim();
  }
  return null;
}
