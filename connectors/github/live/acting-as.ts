import { AuditError } from "../../../src/model/audit-error.ts";
import type { OpenOctokit } from "./open-octokit.ts";
import { refusalOf } from "./refused.ts";
import { sizeOf } from "./size-organization.ts";

/**
 * Whom a sign-in acts as, so that it is never revoked: a login, or the slug of an app. Null for a token of a kind that is nobody's.
 * Throws `provider-answer` where GitHub does not say: what is not known is not "nobody".
 */
export async function actingAs(one: OpenOctokit): Promise<string | null> {
  const { octokit, kind, settings } = one;
  try {
    if (kind !== "app") return (await octokit.request("GET /user")).data.login;
    try {
      const { data } = await octokit.request("GET /app");
      if (data !== null) return data.slug ?? null;
    } catch {
      // Without the app's own key GitHub tells only GraphQL who it is.
    }
    return (await sizeOf(one)).viewer;
  } catch (error) {
    const { verdict } = refusalOf(error);
    // A token without a known beginning may be an installation's: GitHub refuses it a user, and it has none.
    if (kind === "other" && verdict.kind === "denied") return null;
    throw new AuditError(
      "provider-answer",
      "github-self",
      `whom the sign-in to \`${settings.organization}\` acts as is not known: ${verdict.reason}`,
      { hint: "nothing is changed while leastwise cannot tell its own access from others'; try again", cause: error },
    );
  }
}
