import { z } from "zod";
import { singleSignOnAuthorizations as convert } from "../convert/single-sign-on-authorizations.ts";
import { rawAuthorization } from "../raw-people.ts";
import { NO_LIST } from "../convert/not-listed.ts";
import { redactText } from "../redact-text.ts";
import { restCalls, type GitHubStep } from "../step.ts";

const ROUTE = "GET /orgs/{org}/credential-authorizations";

/** Classic tokens, SSH keys and apps' tokens that were let into an organization with single sign-on. GitHub lists no others. */
export const singleSignOnAuthorizations: GitHubStep = {
  manifest: {
    id: "single-sign-on-authorizations",
    title: "single sign-on authorisations",
    provides: ["single-sign-on-authorization"],
    permissions: ["organization_administration: read"],
    dependsOn: ["organization", "members", "outside-collaborators"],
  },
  shapes: { [ROUTE]: z.array(rawAuthorization) },
  notAsked: { "classic-token": NO_LIST, "personal-key": NO_LIST },
  usually:
    "GitHub lists classic tokens and SSH keys only where an organization of GitHub Enterprise Cloud has SAML single sign-on, to its owners; ",
  read({ rest, organization: org }) {
    // Four characters are enough for its owner to recognise it.
    const end = (value: unknown): unknown => (typeof value === "string" ? value.slice(-4) : value);
    const clean = (value: unknown): unknown => (typeof value === "string" ? redactText(value) : value);
    return rest.list(
      ROUTE,
      { org },
      {
        row: (row) => ({
          ...row,
          ...("token_last_eight" in row ? { token_last_eight: end(row["token_last_eight"]) } : {}),
          ...("fingerprint" in row ? { fingerprint: end(row["fingerprint"]) } : {}),
          authorized_credential_title: clean(row["authorized_credential_title"]),
          authorized_credential_note: clean(row["authorized_credential_note"]),
        }),
      },
    );
  },
  convert,
  cost: ({ members }) => restCalls(Math.max(1, Math.ceil((members * 1.2) / 100))),
};
