/** Rules of which the sample has no true case, each with the reason: one company cannot be everything at once. */
export const NOT_IN_SAMPLE: Readonly<Record<string, string>> = {
  "wide-base-permission": "with write for everybody no other rule about who may push where would have a case",
  "repository-with-one-administrator": "the organization has six owners, who administer every repository",
  "oidc-trust-without-subject":
    "every provider of tokens in the sample is GitHub, whose trusts have rules of their own",
};
