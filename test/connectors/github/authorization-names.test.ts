import { expect, test } from "vitest";
import { singleSignOnAuthorizations } from "../../../connectors/github/convert/single-sign-on-authorizations.ts";
import { OrganizationContext } from "../../../connectors/github/organization-context.ts";

const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ["its title", { authorized_credential_title: "workstation", fingerprint: "abcd0011" }, "workstation …0011"],
  ["its note, where the title is empty", { authorized_credential_title: "", authorized_credential_note: "ci" }, "ci"],
  ["its note, where there is no title", { authorized_credential_title: null, authorized_credential_note: "ci" }, "ci"],
  ["what it is, where it has neither", { authorized_credential_note: "", token_last_eight: "0001" }, "SSH key …0001"],
];

test.each(cases)("an authorisation is called by %s", (_name, given, hint) => {
  const answer = [
    {
      login: "ada-sample",
      credential_id: 1,
      credential_type: "SSH key",
      credential_authorized_at: "2026-01-01T00:00:00Z",
      credential_accessed_at: null,
      ...given,
    },
  ];
  const route = "GET /orgs/{org}/credential-authorizations";
  const context = new OrganizationContext("acme-sample");
  const { records } = singleSignOnAuthorizations([{ route, parameters: {}, answer }], context, true);
  expect(records.credentials?.map(({ displayHint }) => displayHint)).toEqual([hint]);
});
