import { insecureWebhook } from "../../../src/analyse/rules/insecure-webhook.ts";
import { repo, T, thing } from "../given-github.ts";
import { checkRule } from "../given.ts";

const sound = { active: true, insecureSsl: false, hasSecret: true };

checkRule(insecureWebhook, [
  {
    name: "a hook without TLS verification and one without a secret are found",
    given: (g) => {
      thing(g, "webhook", `${T}:hook-1`, { ...sound, insecureSsl: true });
      thing(g, "webhook", `${repo(g, "a")}:hook-2`, { ...sound, hasSecret: false });
    },
    finds: ["hook-1", "hook-2"],
  },
  {
    name: "both faults are one finding, and one that is known is enough",
    given: (g) => {
      thing(g, "webhook", `${T}:hook-1`, { ...sound, insecureSsl: true, hasSecret: false });
      thing(g, "webhook", `${T}:hook-2`, { ...sound, insecureSsl: true, hasSecret: null });
    },
    finds: ["hook-1", "hook-2"],
    says: "is sent without TLS verification and carries no secret",
  },
  {
    name: "host and holder are names of their own",
    given: (g) => {
      thing(g, "webhook", `${T}:hook-1`, { ...sound, hasSecret: false });
      const hook = g.records.resources.pop();
      if (hook !== undefined) g.records.resources.push({ ...hook, displayName: "chat.acme.invalid of acme/api" });
    },
    finds: ["chat.acme.invalid of acme/api"],
    says: "webhook `chat.acme.invalid` of `acme/api` carries no secret",
  },
  {
    name: "a sound hook is fine; one that is off or of an archived repository sends nothing",
    given: (g) => {
      thing(g, "webhook", `${T}:hook-1`, sound);
      thing(g, "webhook", `${T}:hook-2`, { active: false, insecureSsl: true, hasSecret: false });
      thing(g, "webhook", `${repo(g, "a", { archived: true })}:hook-3`, { ...sound, insecureSsl: true });
    },
    finds: [],
    examined: 1,
  },
  {
    name: "a hook whose security was not shown is undecided",
    given: (g) => void thing(g, "webhook", `${T}:hook-1`, { active: true, insecureSsl: null, hasSecret: true }),
    finds: [],
    undecided: 1,
  },
]);
