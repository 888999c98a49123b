import { licenses as convert } from "../convert/licenses.ts";
import { rawLicenses } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { only } from "./only.ts";

const ROUTE = "GET /enterprises/{enterprise}/consumed-licenses";

/** Licenses of the enterprise, which its owners are shown. */
export const licenses: GitHubStep = {
  manifest: {
    id: "licenses",
    title: "licenses",
    provides: ["license"],
    permissions: ["read:enterprise (classic token of an enterprise owner; closed to apps)"],
    dependsOn: ["organization", "members", "outside-collaborators"],
  },
  shapes: { [ROUTE]: rawLicenses },
  needsEnterprise: true,
  usually: "licenses are shown to owners of the enterprise with a classic token, not to apps; ",
  // People's names, e-mails and other organizations are nobody's business here.
  read({ rest, enterprise }) {
    const row = only("github_com_login", "license_type", "visual_studio_subscription_user");
    return rest.list(ROUTE, { enterprise: enterprise ?? "" }, { member: "users", row });
  },
  convert,
  cost: ({ members }) => restCalls(Math.max(1, Math.ceil(members / 100))),
};
