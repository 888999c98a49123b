import type { PushedRole, PushPlace } from "../src/model/pushed-role.ts";
import { pushedByInWords } from "../src/text/pushed-by-in-words.ts";
import { sentenceHtml, shownHtml } from "./shown-text.ts";
import { stackingTable } from "./page.ts";

/** Places of a role that are shown; the others are counted. */
const MOST_PLACES = 12;

/** Who can become administrator of AWS by pushing to which branch: role by role, the surest places first, with the cheapest cut. */
export function pushedRolesHtml(roles: readonly PushedRole[]): string {
  if (roles.length === 0) return "";
  const title = "Who can become AWS administrator by pushing to which branch";
  return `<h2 id="pushes">${title}</h2>${roles.map(roleHtml).join("\n")}`;
}

function roleHtml(role: PushedRole): string {
  const { roleName, tenantName, places, strangers, unread, cuts, administers, did } = role;
  const shown = places.slice(0, MOST_PLACES);
  const rows = shown.map((place) => [
    `<strong>${place.state}</strong>`,
    `${shownHtml(place.repository)}<br>${sentenceHtml(place.place)}`,
    whoHtml(place),
    place.subject === null ? "" : `<code>${shownHtml(place.subject)}</code>`,
    place.lastDid === null
      ? did === null
        ? "no log was read"
        : "never, by the log"
      : shownHtml(place.lastDid.slice(0, 10)),
  ]);
  const title = `Pushes that lead to ${roleName} in ${tenantName}`;
  const columns = [
    { title: "Answer" },
    { title: "Where" },
    { title: "Who" },
    { title: "Subject, for example" },
    { title: "Last did" },
  ];
  const [first, ...others] = cuts;
  const said = [
    ...(administers === "yes" ? [] : [`The role may come to administer its tenant (${administers}).`]),
    ...(strangers === null ? [] : [`<strong>Open to anybody on GitHub:</strong> ${sentenceHtml(strangers)}.`]),
    ...(unread === null ? [] : [`Its trust policy could not be judged: ${sentenceHtml(unread)}.`]),
  ];
  return `<h3>${shownHtml(roleName)} in ${shownHtml(tenantName)}</h3>
${said.length === 0 ? "" : `<p>${said.join(" ")}</p>\n`}${rows.length === 0 ? "" : stackingTable(title, columns, rows)}
${places.length > shown.length ? `<p class="soft">${places.length - shown.length} further places are told by <code>leastwise explain</code>.</p>` : ""}
${first === undefined ? "" : `<p><strong>Cheapest cut:</strong> ${sentenceHtml(first.what)} (closes ${first.closes === 1 ? "1 way" : `${first.closes} ways`}).${others.length === 0 ? "" : ` Else: ${others.map(({ what }) => sentenceHtml(what)).join("; ")}.`}</p>`}
${first?.policy === null || first?.policy === undefined ? "" : `<details><summary>The trust policy as it should be</summary><pre>${shownHtml(first.policy)}</pre></details>`}`;
}

function whoHtml({ by, missing, state }: PushPlace): string {
  const lines = by
    .filter((one) => one.state !== "no" || state === "no")
    .map((one) => `${one.state === state ? "" : `<em>${one.state}</em> `}${sentenceHtml(pushedByInWords(one))}`);
  if (missing.length > 0)
    lines.push(`<span class="soft">there may be others: ${sentenceHtml(missing.join("; "))}</span>`);
  return lines.length === 0 ? "nobody" : lines.join("<br>");
}
