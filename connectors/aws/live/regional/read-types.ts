/** Reads the types of resources of many services in many regions, and tells of each type how much of it was read. */
import { counted } from "../../../../src/text/counted.ts";
import type { Answer, Part } from "../../client.ts";
import { isSignIn, isUnknownHost, reasonOf, signInError } from "../refusal.ts";
import type { Found, Place } from "./place.ts";
import type { Regions } from "./regions.ts";
import type { ServiceReads } from "./typed-read.ts";

/** What is read of where. */
export interface TypedReading<T> {
  readonly services: readonly ServiceReads<T>[];
  /** Names of the services that the settings want. */
  readonly wanted: readonly string[];
  /** The key of the settings that names them, for what is not read. */
  readonly setting: string;
  readonly regions: Regions;
  at(region: string): Place;
}

interface Outcome<T> {
  readonly type: string;
  readonly region: string;
  readonly answer: Found<T> | { readonly error: unknown; readonly call: string };
}

/** In order of ARN, whatever the order of the answers. Throws `sign-in` when AWS accepts the credentials nowhere. */
export async function readTypes<T extends { readonly arn?: string }>({
  services,
  wanted,
  setting,
  regions,
  at,
}: TypedReading<T>): Promise<Answer<readonly T[]>> {
  const asked = services.filter(({ service }) => wanted.includes(service));
  const outcomes = await Promise.all(
    asked.flatMap((service) =>
      Object.entries(service.types).flatMap(([type, read]) =>
        (isGlobal(service, type) ? [regions.home] : regions.asked).map((region) =>
          outcomeOf(type, region, service, () => read(at(region))),
        ),
      ),
    ),
  );
  const errors = outcomes.flatMap(({ answer }) => ("error" in answer ? [answer.error] : []));
  if (errors.length > 0 && errors.length === outcomes.length && errors.every(isSignIn)) throw signInError(errors[0]);
  const answering = new Set(outcomes.filter(({ answer }) => !("error" in answer)).map(({ region }) => region));
  // A region that answers, and has no host for one service, does not have that service.
  const real = outcomes.filter(
    ({ region, answer }) => !("error" in answer && isUnknownHost(answer.error) && answering.has(region)),
  );
  const value = real
    .flatMap(({ answer }) => ("error" in answer ? [] : answer.items))
    .sort((a, b) => ((a.arn ?? "") < (b.arn ?? "") ? -1 : (a.arn ?? "") > (b.arn ?? "") ? 1 : 0));
  const parts: Record<string, Part> = {};
  for (const service of services) {
    for (const type of Object.keys(service.types)) {
      parts[type] = asked.includes(service)
        ? partOf(
            real.filter((outcome) => outcome.type === type),
            isGlobal(service, type) ? undefined : regions.left,
          )
        : { state: "skipped", reason: `not in \`${setting}\`` };
    }
  }
  const notWanted = services.filter((service) => !asked.includes(service)).map(({ service }) => service);
  return whole(value, parts, notWanted, setting);
}

const isGlobal = ({ global = [] }: ServiceReads<unknown>, type: string): boolean => global.includes(type);

async function outcomeOf<T>(
  type: string,
  region: string,
  { permissions }: ServiceReads<T>,
  read: () => Promise<Found<T>>,
): Promise<Outcome<T>> {
  try {
    return { type, region, answer: await read() };
  } catch (error) {
    return { type, region, answer: { error, call: permissions[0] ?? type } };
  }
}

/** How one type was read over all regions. `left`: why there are regions that nobody asked. */
function partOf(outcomes: readonly Outcome<unknown>[], left: string | undefined): Part {
  const regionsOf = new Map<string, string[]>();
  const note = (why: string, region: string): void => void regionsOf.set(why, [...(regionsOf.get(why) ?? []), region]);
  let answered = outcomes.length === 0;
  for (const { answer, region } of outcomes) {
    if ("error" in answer) {
      note(reasonOf(answer.error, answer.call), region);
      continue;
    }
    if (answer.items.length > 0 || answer.refused.length === 0) answered = true;
    if (answer.refused.length > 0) {
      const all = answer.items.length + answer.refused.length;
      note(`${answer.refused.length} of ${all} could not be read: ${[...new Set(answer.refused)].sort()[0]}`, region);
    }
  }
  const reasons = [...regionsOf].sort(([a], [b]) => (a < b ? -1 : 1)).map(([why, at]) => `${why} (${named(at)})`);
  if (!answered) return { state: "denied", reason: reasons.join("; ") };
  if (left !== undefined) reasons.push(left);
  return reasons.length === 0 ? { state: "complete" } : { state: "partial", reason: reasons.join("; ") };
}

/** The answer for all types together: what went wrong first, what nobody wanted last. */
function whole<T>(
  value: readonly T[],
  parts: Readonly<Record<string, Part>>,
  notWanted: readonly string[],
  setting: string,
): Answer<readonly T[]> {
  const typesBy = new Map<string, string[]>();
  for (const [type, part] of Object.entries(parts))
    if (part.state === "partial" || part.state === "denied")
      typesBy.set(part.reason, [...(typesBy.get(part.reason) ?? []), type]);
  const lines = [...typesBy].map(([why, types]) => `${named(types.sort())}: ${why}`);
  const reasons = [
    ...lines.slice(0, SHOWN),
    ...(lines.length > SHOWN ? [`${counted(lines.length - SHOWN, "reason")} more`] : []),
    ...(notWanted.length > 0 ? [`not in \`${setting}\`: ${named(notWanted)}`] : []),
  ];
  if (reasons.length === 0) return { state: "complete", value, parts };
  const reason = reasons.join("; ");
  return Object.values(parts).every(({ state }) => state === "denied" || state === "skipped")
    ? { state: "denied", reason }
    : { state: "partial", value, reason, parts };
}

/** Names and reasons that are told before the rest is only counted. */
const SHOWN = 3;

/** Some names, and how many more there are. */
function named(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return rest < 2 ? names.join(", ") : `${names.slice(0, SHOWN).join(", ")} and ${rest} more`;
}
