import type { NotAccess, OtherCause } from "../../denial.ts";
import { bareCode } from "./error-code.ts";

/**
 * A cause of failures that no policy refused. Sources: "Common errors" of the API references (EC2, S3, STS, DynamoDB),
 * "Troubleshoot errors" of the AWS CLI User Guide.
 */
interface Cause {
  readonly what: OtherCause;
  /** Codes, without `Client.` and `Exception` at the end. */
  readonly codes: RegExp;
  /** Words that say so even beside a code of refusal: S3 answers an expired link with `AccessDenied`. */
  readonly words: RegExp;
  /** Words that say so where nothing else speaks of a refusal. */
  readonly weak?: RegExp;
  readonly hint: string;
}

const CAUSES: readonly Cause[] = [
  {
    what: "dry-run",
    codes: /^DryRunOperation$/,
    words: /\bRequest would have succeeded, but DryRun flag is set/i,
    hint: "the dry run says that the request is allowed: nothing was denied",
  },
  {
    what: "clock-skew",
    codes: /^(?:RequestTimeTooSkewed|RequestInTheFuture)$/,
    words:
      /\bSignature expired: [^\n]{1,80}|\bSignature not yet current|\bdifference between the request time and the (?:current|server) time is too large/i,
    hint: "the clock of the machine that signed the request is wrong: set it by a time server",
  },
  {
    what: "expired-credentials",
    codes:
      /^(?:ExpiredToken|RequestExpired|TokenRefreshRequired|CredentialsExpired|ExpiredIteratorToken|SSOTokenExpired)$/,
    words:
      /\bsecurity token included in the request is expired|\bRequest has expired|\btoken has expired and refresh failed|\bSSO session (?:associated with this profile )?has expired|\btoken (?:provided )?has expired/i,
    hint: "sign in again or renew the session; a link that was signed in advance has to be made anew",
  },
  {
    what: "rate-limit",
    codes:
      /^(?:Throttling|Throttled|TooManyRequests|RequestLimitExceeded|SlowDown|ProvisionedThroughputExceeded|RequestThrottled|RequestThrottlingException|BandwidthLimitExceeded|EC2Throttled|ThrottlingError)$/,
    words: /\brate exceeded\b|\btoo many requests\b|\bPlease reduce your request rate/i,
    hint: "the call was too frequent: try again with growing pauses",
  },
  {
    what: "signature",
    codes:
      /^(?:SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|AuthorizationHeaderMalformed|AuthorizationQueryParametersError)$/,
    words: /\brequest signature we calculated does not match/i,
    hint: "the request was signed with another secret or changed on its way: check the secret key and proxies",
  },
  {
    what: "region-disabled",
    codes: /^(?:OptInRequired|RegionDisabled|UnsupportedRegion)$/,
    words: /\bSTS is not activated in this region|\bregion [\w-]{0,20} ?is (?:not enabled|disabled)/i,
    hint: "the region or the service is not enabled in this tenant",
  },
  {
    what: "invalid-credentials",
    codes:
      /^(?:InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|AuthFailure|MissingAuthenticationToken|InvalidToken|InvalidIdentityToken)$/,
    words:
      /\bsecurity token included in the request is invalid|\bUnable to locate credentials|\bNoCredentialProviders\b|\bCould not load credentials from any providers|\bMissing Authentication Token|\bnot able to validate the provided access credentials|\bfailed to (?:refresh cached|retrieve) credentials|\bFailed authentication\b/i,
    hint: "AWS did not recognise who asked: check which credentials and which profile are used",
  },
  {
    what: "quota",
    codes: /^(?:\w*(?:LimitExceeded|QuotaExceeded)|LimitExceeded|TooManyBuckets|MaxSpotInstanceCountExceeded)$/,
    words: /\bexceeded (?:the|your) (?:\w+ ){0,3}(?:quota|limit)\b/i,
    hint: "a quota of the tenant is used up: ask for a higher one or delete what is not needed",
  },
  {
    what: "not-found",
    codes:
      /^(?:404|NoSuch\w+|ResourceNotFound|NotFound|[\w.]+\.NotFound|\w+NotFound(?:Fault)?|AWS\.SimpleQueueService\.NonExistentQueue|QueueDoesNotExist)$/,
    words: /\bspecified (?:bucket|key) does not exist/i,
    hint: "the resource does not exist where it was looked for: check name, region and tenant",
  },
  {
    what: "service-error",
    codes:
      /^(?:InternalError|InternalFailure|InternalServerError|InternalServer|ServiceUnavailable|Unavailable|ServiceFailure|5\d\d)$/,
    words: /\binternal error occurred\b|\bwe encountered an internal error\b/i,
    hint: "AWS failed by itself: try again, then look at the health dashboard",
  },
  {
    what: "validation",
    codes:
      /^(?:Validation(?:Error)?|InvalidParameter\w*|MissingParameter|MalformedPolicyDocument|InvalidRequest|InvalidInput|SerializationException|Serialization|ParamValidation\w*|InvalidArgument|InvalidAction|UnknownOperation)$/,
    words: /\bParameter validation failed:/,
    hint: "the request itself is not valid: no policy was asked",
  },
  {
    what: "network",
    codes:
      /^(?:EndpointConnectionError|ConnectTimeoutError|ReadTimeoutError|TimeoutError|NetworkingError|RequestTimeout)$/,
    words:
      /\bCould not connect to the endpoint URL|\bENOTFOUND\b|\bECONNREFUSED\b|\bEHOSTUNREACH\b|\bgetaddrinfo\b|\bno such host\b/i,
    weak: /\bECONNRESET\b|\bETIMEDOUT\b|\bdial tcp\b|\bconnection (?:timed out|refused|reset)\b|\bi\/o timeout\b|\bcertificate verify failed\b/i,
    hint: "the request did not reach AWS: check network, proxy, name resolution and VPC endpoints",
  },
];

/** What other cause a code or a text shows; null where none. `denied`: a code or a phrase says the request was refused. */
export function otherCause(code: string | null, text: string, denied: boolean): NotAccess | null {
  const said = code === null || denied ? null : bareCode(code);
  // `ThrottlingException` and `Throttling` are the same in two protocols.
  const names = said === null ? [] : [said, said.replace(/(?:Exception|Error)$/, "")];
  const flat = text.replaceAll("\n", " ");
  for (const cause of CAUSES) {
    const byCode = names.some((name) => cause.codes.test(name)) ? code : null;
    const evidence = byCode ?? cause.words.exec(flat)?.[0] ?? (denied ? undefined : cause.weak?.exec(flat)?.[0]);
    if (evidence !== undefined) return { kind: "not-access", what: cause.what, evidence, hint: cause.hint };
  }
  return null;
}
