import { isUnread, type Applies } from "./applies.ts";
import { resourceTruth, type Allows } from "./combine.ts";
import type { Decision, DecisionWord, Layer } from "./decision.ts";
import { UNREAD, type OpenTruth } from "./open-truth.ts";
import type { Placed, PolicySet } from "./policy-set.ts";
import { MAYBE, NO, YES } from "./request-context.ts";
import type { Verdicts } from "./verdicts.ts";

type Word = DecisionWord | "absent";
type Words = Decision["layers"];

/** In the order of their numbers. */
const WORDS: readonly Word[] = [
  "absent",
  "allowed",
  "conditional",
  "unknown",
  "implicitly-denied",
  "explicitly-denied",
];
const ABSENT = 0;
const IMPLICITLY = 4;
const EXPLICITLY = 5;
const OF_TRUTH: Readonly<Record<OpenTruth, number>> = { [YES]: 1, [MAYBE]: 2, [UNREAD]: 3, [NO]: IMPLICITLY };

/** Few combinations occur: each is one record. What hostile input makes up is not remembered without end. */
const made = new Map<number, Words>();
const MOST_MADE = 5_000;

/** What each layer says by itself. */
export function layerWords(set: PolicySet, applies: Applies, denies: Verdicts, allows: Allows): Words {
  const { layers } = set;
  const word = (layer: Placed["layer"], truth: OpenTruth, unread: boolean): number => {
    const denied = denies.strongest === NO ? NO : denies.of(layer);
    if (denied === YES) return EXPLICITLY;
    if (truth === NO) return IMPLICITLY;
    return OF_TRUTH[unread ? UNREAD : denied === MAYBE && truth === YES ? MAYBE : truth];
  };
  const own =
    layers.resource === undefined
      ? applies.resourceNeeded
        ? IMPLICITLY
        : ABSENT
      : word("resource", resourceTruth(allows), isUnread(layers.resource));
  return wordsOf(
    applies.traits.trust ? "trust" : "resource",
    applies.rcp ? word("rcp", YES, (layers.rcps ?? []).some(isUnread)) : ABSENT,
    applies.scp ? word("scp", allows.scps, (layers.scps ?? []).some(isUnread)) : ABSENT,
    layers.endpoint === undefined ? ABSENT : word("endpoint", allows.endpoint, isUnread(layers.endpoint)),
    own,
    applies.identity ? word("identity", allows.identity, isUnread(layers.identity)) : ABSENT,
    applies.boundary ? word("boundary", allows.boundary, isUnread(layers.boundary)) : ABSENT,
    applies.session ? word("session", allows.session, isUnread(layers.session)) : ABSENT,
  );
}

/** Nothing was asked: a decision in which no policy has a part. */
export function noLayers(applies: Applies): Words {
  return wordsOf(applies.traits.trust ? "trust" : "resource", 0, 0, 0, 0, 0, 0, 0);
}

function wordsOf(
  own: Layer,
  rcp: number,
  scp: number,
  endpoint: number,
  resource: number,
  identity: number,
  boundary: number,
  session: number,
): Words {
  let combination = own === "trust" ? 1 : 0;
  combination = combination * WORDS.length + rcp;
  combination = combination * WORDS.length + scp;
  combination = combination * WORDS.length + endpoint;
  combination = combination * WORDS.length + resource;
  combination = combination * WORDS.length + identity;
  combination = combination * WORDS.length + boundary;
  combination = combination * WORDS.length + session;
  let words = made.get(combination);
  if (words === undefined) {
    const at = (number: number): Word => WORDS[number] ?? "absent";
    words = {
      rcp: at(rcp),
      scp: at(scp),
      endpoint: at(endpoint),
      [own]: at(resource),
      identity: at(identity),
      boundary: at(boundary),
      session: at(session),
    };
    if (made.size < MOST_MADE) made.set(combination, words);
  }
  return words;
}

/** The first layer with a word, in the order in which AWS names them. */
export function firstWith(words: Words, wanted: DecisionWord): Layer | null {
  for (const layer in words) if (words[layer as Layer] === wanted) return layer as Layer;
  return null;
}
