import { accessDocument, type AccessDocument, type ServiceShown } from "../../app/effective-access.ts";
import { counted } from "../../text/counted.ts";
import { askedSnapshot, tellReading } from "../asked-snapshot.ts";
import { assumedInWords } from "../question-options.ts";
import type { CommandModule, CommonOptions } from "../program.ts";
import { columns, plain } from "../tell.ts";

type Acting = AccessDocument["acts"][number];
type OpenCondition = Acting["admin"]["conditions"][number];

/** `leastwise access <principal>`: everything it can do, by service. */
export const access: CommandModule = {
  register(program, context) {
    program
      .command("access")
      .description("everything an AWS principal can do after every policy, by service, and what of it is not used")
      .argument("<principal>", "an ARN, an id, a name or an access key id")
      .option("--from <path>", "recorded input instead of the newest snapshot")
      .option("--snapshot <id>", "another snapshot than the newest")
      .option("--service <prefix>", "one service only, as actions begin: s3")
      .option("--json", "print one JSON document (leastwise/access@1)")
      .action(
        async (principal: string, options: { from?: string; snapshot?: string; service?: string; json?: boolean }) => {
          const { questioned, settings } = await askedSnapshot(context, program.opts<CommonOptions>(), options);
          const document = accessDocument(questioned, {
            principal,
            windowDays: settings.thresholds.unusedServiceDays,
            ...(options.service === undefined ? {} : { service: options.service }),
          });
          if (options.json === true) context.tell.json(document);
          else context.tell.answer(words(document, options.service !== undefined));
          await tellReading(context, questioned, options.from);
        },
      );
  },
};

function words(document: AccessDocument, one: boolean): string {
  const { principal, acts, windowDays, asOf } = document;
  if (acts.length === 0) return `${plain(principal)} can do nothing: no permission set is assigned to it`;
  const texts = acts.map((acting) => {
    const lines = [`${plain(acting.as)} in ${plain(acting.tenant)}`, adminSentence(acting)];
    for (const unread of acting.unread) lines.push(`not read: ${plain(unread)}`);
    lines.push(...assumedInWords(acting.assumes.filter((layer) => layer !== "resource")));
    lines.push("", acting.services.length === 0 ? "can do nothing there" : columns([HEADER, ...rows(acting)]));
    if (one) lines.push(...acting.services.flatMap(inDetail));
    lines.push("", unusedSentence(acting, windowDays, asOf), LEFT_OUT);
    return lines.join("\n");
  });
  return (acts.length > 1 ? [`${plain(principal)} acts through ${acts.length} permission sets`, ...texts] : texts).join(
    "\n\n",
  );
}

const HEADER = ["service", "highest level", "actions", "on", "how surely", "last used"];
const LEFT_OUT =
  "policies of resources (buckets, keys, roles' trust) are not in this: they can give more, and some have to agree";
/** From here on lines that say the same are put into one. */
const MANY = 10;

function adminSentence({ admin, everythingOnEverything }: Acting): string {
  const reason = plain(admin.reason);
  switch (admin.state) {
    case "no":
      return `does not administer its tenant: ${reason}`;
    case "yes":
      return `administers its tenant: ${reason}${everythingOnEverything ? "" : ", but for what is denied"}`;
    case "conditional":
      return `administers its tenant under conditions: ${reason}${inWords(" if ", admin.conditions)}`;
    default:
      return `may administer its tenant: ${reason}`;
  }
}

/** Lines that differ in nothing but the service are put into one, where there are many. */
function rows({ services }: Acting): readonly (readonly string[])[] {
  const told = services.map((service) => ({ service, cells: row(service) }));
  const alike = new Map<string, number>();
  const keyOf = ({ service, cells }: (typeof told)[number]): string =>
    isAll(service) && service.use === "unknown" ? JSON.stringify(cells.slice(3)) : "";
  for (const one of told) alike.set(keyOf(one), (alike.get(keyOf(one)) ?? 0) + 1);
  alike.delete("");
  const together = told.filter((one) => (alike.get(keyOf(one)) ?? 0) >= MANY);
  const summed = [...new Map(together.map((one) => [keyOf(one), one]))].map(([key, { cells }]) => [
    counted(alike.get(key) ?? 0, "more service"),
    "Permissions management",
    "all",
    ...cells.slice(3),
  ]);
  return [...told.filter((one) => !together.includes(one)).map(({ cells }) => cells), ...summed];
}

function row(one: ServiceShown): readonly string[] {
  const { service, highest, levels, documented, lastUsed } = one;
  const counts = levels
    .filter(({ granted: some }) => some > 0)
    .map(({ level, granted: some }) => `${some} ${SHORT[level]}`);
  return [
    service,
    highest,
    isAll(one) ? `all ${documented}` : `${counts.join(", ")} of ${documented}`,
    on(one),
    surely(one),
    lastUsed === null ? "not known" : lastUsed === "never" ? "never" : lastUsed.slice(0, 10),
  ];
}

/** What takes a token of an identity provider is no principal's to have, so `everything` can be less than what is documented. */
function isAll({ everything, granted, documented }: ServiceShown): boolean {
  return everything || granted === documented;
}

const SHORT = {
  List: "list",
  Read: "read",
  Tagging: "tag",
  Write: "write",
  "Permissions management": "permissions",
} as const;

function on({ regions }: ServiceShown): string {
  const patterns = [...new Set(regions.map(({ within }) => within.join(" and ")))];
  const limited = regions.some(({ except, denied }) => except.length > 0 || denied.length > 0);
  if (patterns.includes("*")) return limited ? "everything but some" : "everything";
  const [first = ""] = patterns;
  return patterns.length === 1 ? plain(first) : `${plain(first)} and ${patterns.length - 1} more`;
}

function surely({ states, regions }: ServiceShown): string {
  const words = (["yes", "conditional", "unknown"] as const).filter((state) => states[state] > 0);
  const [only = "yes"] = words;
  const keys = [
    ...new Set(regions.flatMap(({ conditions, unless }) => [...conditions, ...unless]).map(({ key }) => key)),
  ];
  const said = words.length < 2 ? only : words.map((state) => `${states[state]} ${state}`).join(", ");
  return keys.length === 0 || states.conditional === 0 ? said : `${said} (${keys.sort().map(plain).join(", ")})`;
}

function inDetail({ regions, unusedActions, use }: ServiceShown): readonly string[] {
  const lines = regions.flatMap((region) => {
    const { actions, within, except, denied, state, conditions, unless, policies } = region;
    return [
      "",
      `${state === "yes" ? "may" : state === "conditional" ? "may under conditions" : "may or may not"}: ${actions.map(plain).join(", ")}`,
      ...within.map((pattern) => `  on               ${plain(pattern)}`),
      ...except.map((pattern) => `  but not on       ${plain(pattern)}`),
      ...denied.map(
        ({ resources, allBut, conditions: when }) =>
          `  denied on        ${allBut ? "everything but " : ""}${resources.map(plain).join(", ")}${inWords(" if ", when)}`,
      ),
      ...conditions.map((condition) => `  if               ${inWords("", [condition])}`),
      ...unless.map((condition) => `  unless           ${inWords("", [condition])}`),
      ...(policies.length === 0 ? [] : [`  through          ${policies.map(plain).join(", ")}`]),
    ];
  });
  return use === "unused" || unusedActions.length === 0
    ? lines
    : [...lines, "", `not used: ${unusedActions.map(plain).join(", ")}`];
}

function unusedSentence({ services, usageRead }: Acting, days: number, asOf: string): string {
  if (!usageRead) return "what it used was not read";
  const unused = services.filter(({ use }) => use === "unused").map(({ service }) => service);
  const unknown = services.filter(({ use }) => use === "unknown").length;
  const first = unused.slice(0, 8).join(", ");
  const more = unused.length > 8 ? ` and ${unused.length - 8} more` : "";
  return `not used for ${days} days as of ${asOf.slice(0, 10)}: ${unused.length === 0 ? "nothing that is known" : `${first}${more}`}; not known of ${counted(unknown, "service")}`;
}

function inWords(before: string, conditions: readonly OpenCondition[]): string {
  if (conditions.length === 0) return "";
  const told = conditions.map(({ key, operator, values }) =>
    operator === "variable" || operator === "session"
      ? plain(key)
      : `${plain(key)} ${operator} ${values.map(plain).join(" or ")}`,
  );
  return `${before}${told.join(" and ")}`;
}
