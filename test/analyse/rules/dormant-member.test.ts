import { dormantMember } from "../../../src/analyse/rules/dormant-member.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { T } from "../given-github.ts";
import { checkRule, daysAgo, type Given } from "../given.ts";

/** A member of whom the audit log says nothing, and whom another list shows so many days ago. */
const USES: Readonly<Record<string, (g: Given, days: number) => void>> = {
  "a Copilot seat": (g, days) => {
    const id = `${T}#copilot-seat`;
    g.entitlement({ id, system: "github", tenantId: T, kind: "seat", displayName: "Copilot seat", targetId: T });
    g.grant("seat", unread(g).id, id, { lastUsedAt: known(daysAgo(days)) });
  },
  "a fine-grained token": (g, days) =>
    void g.credential("fine-grained-token", "t", unread(g).id, { lastUsedAt: known(daysAgo(days)) }),
  "a single sign-on authorisation": (g, days) =>
    void g.credential("single-sign-on-authorization", "a", unread(g).id, { lastUsedAt: known(daysAgo(days)) }),
  "a codespace": (g, days) => void unread(g, { codespacesLastUsedAt: daysAgo(days) }),
};
const unread = (g: Given, attributes = {}) => g.member("m", { lastUsedAt: unknown("no audit log"), attributes });

checkRule(dormantMember, [
  { name: "somebody active yesterday is fine", given: (g) => void g.member("m"), finds: [] },
  {
    name: "at the limit it is found",
    given: (g) => void g.member("m", { lastUsedAt: known(daysAgo(90)) }),
    finds: ["m"],
    says: "not been active for 90 days",
  },
  {
    name: "no activity on record of an old login is found",
    given: (g) => void g.member("m", { lastUsedAt: known("never") }),
    finds: ["m"],
    says: "no activity",
  },
  {
    name: "without the audit log it is undecided",
    given: (g) => void g.member("m", { lastUsedAt: unknown("no audit log") }),
    finds: [],
    undecided: 1,
  },
  {
    name: "a log that begins later than the limit reaches says nothing about the time before",
    given: (g) =>
      void g.member("m", {
        createdAt: known(daysAgo(900)),
        lastUsedAt: known("never"),
        attributes: { activitySince: daysAgo(89) },
      }),
    thresholds: { dormantMemberDays: 365 },
    finds: [],
    undecided: 1,
  },
  ...Object.entries(USES).flatMap(([source, use]) => [
    {
      name: `without the audit log ${source} used lately shows that somebody is there`,
      given: (g: Given) => use(g, 89),
      finds: [],
      undecided: 0,
      examined: 1,
    },
    {
      name: `without the audit log ${source} used long ago leaves it open, and is named`,
      given: (g: Given) => use(g, 90),
      finds: [],
      undecided: 1,
      reason: `no audit log, and the newest use that is known, of ${source}, is no longer recent`,
    },
  ]),
  {
    name: "a token that was never used shows nothing",
    given: (g) => void g.credential("fine-grained-token", "t", unread(g).id, { lastUsedAt: known("never") }),
    finds: [],
    undecided: 1,
    reason: "no audit log",
  },
  {
    name: "a deploy key somebody added is not that person's activity",
    given: (g) => void g.credential("deploy-key", "k", unread(g).id, { lastUsedAt: known(daysAgo(1)) }),
    finds: [],
    undecided: 1,
  },
  {
    name: "what the audit log knows is not made younger by a token that works on its own",
    given: (g) => {
      const person = g.member("m", { lastUsedAt: known(daysAgo(120)) });
      g.credential("fine-grained-token", "t", person.id, { lastUsedAt: known(daysAgo(1)) });
    },
    finds: ["m"],
  },
]);
