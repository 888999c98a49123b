import { invitationOutsideDomains } from "../../../src/analyse/rules/invitation-outside-domains.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import { organizationIs, repo } from "../given-github.ts";
import { checkRule, type Given } from "../given.ts";

function invite(g: Given, name: string, email: Observed<string | null>): void {
  const invited = g.invited(name);
  g.records.principals[g.records.principals.indexOf(invited)] = { ...invited, email };
  g.organizationRole(invited, "member", "invitation");
}

const verified = { verifiedDomains: "sample.example, Sample.test" };

checkRule(invitationOutsideDomains, [
  {
    name: "an address outside of the verified domains is found",
    given: (g) => {
      organizationIs(g, verified);
      invite(g, "robin@mail.example", known("robin@mail.example"));
      invite(g, "kim@sub.sample.example", known("kim@sub.sample.example"));
    },
    finds: ["robin@mail.example", "kim@sub.sample.example"],
    says: "which is not a verified domain",
  },
  {
    name: "addresses of verified domains are fine, in whatever case",
    given: (g) => {
      organizationIs(g, verified);
      invite(g, "robin", known("Robin@SAMPLE.example"));
      invite(g, "kim", known("kim@sample.test"));
    },
    finds: [],
    examined: 2,
  },
  {
    name: "a domain that the owners approved without verifying it is the company's",
    given: (g) => {
      organizationIs(g, { ...verified, approvedDomains: "labs.example" });
      invite(g, "robin", known("robin@labs.example"));
    },
    finds: [],
    examined: 1,
  },
  {
    name: "an invitation to a repository is for somebody outside",
    given: (g) => {
      organizationIs(g, verified);
      const invited = g.invited("robin");
      g.records.principals[g.records.principals.indexOf(invited)] = { ...invited, email: known("robin@mail.example") };
      g.onRepository("invitation", invited.id, repo(g, "a"), "write");
    },
    finds: [],
    examined: 0,
  },
  {
    name: "the domain of a member's verified e-mail is verified, others may be too",
    given: (g) => {
      g.member("val", { email: known("val@sample.example"), attributes: { emailVerified: true } });
      g.member("yan", { email: known("yan@mail.example") });
      invite(g, "robin", known("robin@sample.example"));
      invite(g, "kim", known("kim@mail.example"));
    },
    finds: [],
    examined: 2,
    undecided: 1,
  },
  {
    name: "without known domains nothing is decided",
    given: (g) => {
      organizationIs(g, { verifiedDomains: null });
      invite(g, "robin", known("robin@mail.example"));
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "an invitation to a login is undecided: GitHub tells no address",
    given: (g) => {
      organizationIs(g, verified);
      invite(g, "robin", unknown("the invitation went to a login"));
    },
    finds: [],
    undecided: 1,
  },
]);
