import { singleSignOnIdentities as convert } from "../convert/single-sign-on-identities.ts";
import type { ReadAnswer } from "../live/refused.ts";
import { PEOPLE_QUERIES } from "../queries-people.ts";
import { rawSingleSignOn } from "../raw-people.ts";
import { graphCalls, type GitHubStep, type StepReader } from "../step.ts";

/** Identities of the identity provider and the members they are linked to: of the organization's provider, else of the enterprise's. */
export const singleSignOnIdentities: GitHubStep = {
  manifest: {
    id: "single-sign-on-identities",
    title: "single sign-on identities",
    provides: ["single-sign-on-identity"],
    permissions: ["organization_administration: read", "read:enterprise of an enterprise owner, for its provider"],
    dependsOn: ["organization", "members"],
  },
  shapes: { "POST /graphql": rawSingleSignOn },
  usually: "identities of single sign-on are shown to owners of organizations of GitHub Enterprise Cloud; ",
  async read(reader) {
    const { graph, enterprise } = reader;
    const own = await graph.answer("identityProvider", PEOPLE_QUERIES.identityProvider);
    const provider = answerOf<OfOrganization>(own).organization?.samlIdentityProvider;
    // Null with an error beside it is hidden, not absent.
    if (provider === null || provider === undefined)
      return own.gaps.length > 0 || enterprise === null ? own : join(own, await ofEnterprise(reader, enterprise));
    const identities = await graph.below("identities", PEOPLE_QUERIES.identities, [
      "organization",
      "samlIdentityProvider",
      "externalIdentities",
    ]);
    return join(own, identities);
  },
  convert,
  cost: ({ members }) => graphCalls(1 + Math.ceil(members / 50)),
};

async function ofEnterprise({ graph }: StepReader, enterprise: string): Promise<ReadAnswer> {
  const own = await graph.answer("enterpriseIdentityProvider", PEOPLE_QUERIES.enterpriseIdentityProvider, {
    enterprise,
  });
  const ownerInfo = answerOf<OfEnterprise>(own).enterprise?.ownerInfo;
  if (ownerInfo === null || ownerInfo === undefined)
    return { ...own, gaps: [...own.gaps, "the identity provider of the enterprise is shown to its owners only"] };
  if (ownerInfo.samlIdentityProvider === null) return own;
  const path = ["enterprise", "ownerInfo", "samlIdentityProvider", "externalIdentities"];
  return join(
    own,
    await graph.below("enterpriseIdentities", PEOPLE_QUERIES.enterpriseIdentities, path, { enterprise }),
  );
}

const join = (a: ReadAnswer, b: ReadAnswer): ReadAnswer => ({
  requests: [...a.requests, ...b.requests],
  gaps: [...a.gaps, ...b.gaps],
});

interface OfOrganization {
  readonly organization?: { readonly samlIdentityProvider?: unknown } | null;
}
interface OfEnterprise {
  readonly enterprise?: { readonly ownerInfo?: { readonly samlIdentityProvider?: unknown } | null } | null;
}

const answerOf = <T extends object>({ requests }: ReadAnswer): Partial<T> => (requests[0]?.answer ?? {}) as Partial<T>;
