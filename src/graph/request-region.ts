/** The condition key of the region a request goes to, folded. */
export const REQUESTED_REGION = "aws:requestedregion";

/** The region a request goes to, where its action (lower case) or resource leaves no choice: IAM answers from one region only. */
export function requestRegion(action: string, resource: string): string | undefined {
  if (action.startsWith("iam:")) return "us-east-1";
  const region = resource.startsWith("arn:") ? resource.split(":", 4)[3] : undefined;
  return region === undefined || region === "" || /[*?]/.test(region) ? undefined : region;
}
