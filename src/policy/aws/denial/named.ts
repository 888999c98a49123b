const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/i;
const UNIQUE_ID = /^A(?:ROA|IDA|SIA|KIA|GPA)[A-Z0-9]{12,}(?::[\w+=,.@-]+)?$/;
const PRINCIPAL_ARN = /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[\w+=,.@:/-]+$/;
const MASK = /\*{2,}|(?<![a-z0-9])x{3,}(?![a-z0-9])|\.\.\.|…|[<>[\]{}]|redacted/i;

/** A principal as a refusal names it, or null where it is masked or no principal. */
export function namedPrincipal(text: string): string | null {
  const name = text.replaceAll(/^["'`\s]+|["'`\s.,]+$/g, "");
  if (name.toLowerCase() === "anonymous") return "anonymous";
  if (SERVICE.test(name) || UNIQUE_ID.test(name)) return name;
  // Neither paths nor session names hold white space: a line break inside is a wrap.
  const arn = name.replaceAll(/\s+/g, "");
  return PRINCIPAL_ARN.test(arn) && !MASK.test(arn) ? arn : null;
}

/** A resource as a refusal names it, or null where it is masked, cut off or not named. */
export function namedResource(text: string): string | null {
  const name = text.trim();
  if (name === "" || /^(?:this|the)\s+resource$/i.test(name) || /\.\.\.$|…|^[<[({]/.test(name)) return null;
  if (!name.startsWith("arn:")) return /^\*{2,}|^x{3,}$|redacted/i.test(name) ? null : name;
  const [, partition = "", service = "", , tenant = "", rest] = name.split(":");
  if (partition === "" || service === "" || rest === undefined) return null;
  return /^(?:\d{12}|aws[a-z-]*|cloudfront|amazon|)$/.test(tenant) || tenant === "*" ? name : null;
}

/** The tenant an ARN names, if it names one. */
export function tenantOf(arn: string | null): string | null {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn ?? "")?.[1] ?? null;
}

/** The region an ARN names, if it names one. */
export function regionOf(arn: string | null): string | null {
  return /^arn:[^:]*:[^:]*:([a-z]{2}(?:-[a-z]+)+-\d+):/.exec(arn ?? "")?.[1] ?? null;
}
