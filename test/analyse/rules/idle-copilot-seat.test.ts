import { idleCopilotSeat } from "../../../src/analyse/rules/idle-copilot-seat.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Grant } from "../../../src/model/grant.ts";
import { T } from "../given-github.ts";
import { checkRule, daysAgo, type Given } from "../given.ts";

function seat(g: Given, name: string, more: Partial<Grant>): void {
  const id = `${T}#copilot-seat`;
  g.entitlement({ id, system: "github", tenantId: T, kind: "seat", displayName: "Copilot seat", targetId: T });
  g.grant("seat", g.member(name).id, id, more);
}

checkRule(idleCopilotSeat, [
  {
    name: "a seat idle for 30 days is found",
    given: (g) => seat(g, "robin-sample", { lastUsedAt: known(daysAgo(30)) }),
    finds: ["robin-sample"],
    says: "has not used the Copilot seat for 30 days",
    suggests: "revoke",
  },
  {
    name: "a seat that the identity provider assigns is not to be taken back here",
    given: (g) => seat(g, "robin-sample", { lastUsedAt: known(daysAgo(60)), governedElsewhere: true }),
    finds: ["robin-sample"],
    suggests: "ask-owner",
  },
  {
    name: "a seat that was never used is found 30 days after it was given",
    given: (g) => seat(g, "robin-sample", { lastUsedAt: known("never"), grantedAt: known(daysAgo(31)) }),
    finds: ["robin-sample"],
    says: "never used the Copilot seat in the 31 days",
  },
  {
    name: "a seat used 29 days ago, and a new one, are fine",
    given: (g) => {
      seat(g, "robin-sample", { lastUsedAt: known(daysAgo(29)) });
      seat(g, "kim-sample", { lastUsedAt: known("never"), grantedAt: known(daysAgo(3)) });
    },
    finds: [],
    examined: 2,
  },
  {
    name: "a seat whose use is not known is undecided",
    given: (g) => {
      seat(g, "robin-sample", { lastUsedAt: unknown("not shown") });
      seat(g, "kim-sample", { lastUsedAt: known("never") });
    },
    finds: [],
    undecided: 2,
  },
]);
