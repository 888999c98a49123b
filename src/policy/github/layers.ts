import type { Protection } from "../../model/protection.ts";
import type { NamePattern } from "../names/name-pattern.ts";
import { matchesName } from "../names/find-name.ts";
import type { RepositoryControls } from "./repository-controls.ts";

/** One active layer about one kind of refs, its patterns ready. */
export interface Layer {
  readonly protection: Protection;
  readonly include: readonly NamePattern[];
  readonly exclude: readonly NamePattern[];
  /** `classic rule \`main\``, `organization's ruleset \`releases\``. */
  readonly words: string;
}

/** The active layers about one kind of refs. */
export interface Layers {
  readonly rulesets: readonly Layer[];
  /**
   * Classic rules in order of priority: only the first that matches a branch holds for it. Those that name it come first, then those
   * with wildcards as they were created ("Managing a branch protection rule", GitHub documentation).
   */
  readonly classic: readonly Layer[];
  /** Names that exist for certain, or as good as: the default branch and what a protection names in full. */
  readonly existing: readonly string[];
  /** The patterns of all layers as text: repositories protected alike share what is worked out for one. */
  readonly key: string;
}

const compiled = new WeakMap<RepositoryControls, Map<"branch" | "tag", Layers>>();

/**
 * Active layers of a repository whose protections were read; none otherwise, so ask `controls.protections.known` first. Protections
 * are taken to stand in the order in which they were created.
 */
export function layersOf(controls: RepositoryControls, refKind: "branch" | "tag"): Layers {
  let kinds = compiled.get(controls);
  if (kinds === undefined) compiled.set(controls, (kinds = new Map<"branch" | "tag", Layers>()));
  let layers = kinds.get(refKind);
  if (layers === undefined) kinds.set(refKind, (layers = compile(controls, refKind)));
  return layers;
}

/** The layers that hold for one name. */
export function layersOn(layers: Layers, name: string): readonly Layer[] {
  const governing = layers.classic.find((layer) => layerMatches(layer, name));
  const rulesets = layers.rulesets.filter((layer) => layerMatches(layer, name));
  return governing === undefined ? rulesets : [governing, ...rulesets];
}

/** Whether the layer is about the name. */
export function layerMatches({ include, exclude }: Layer, name: string): boolean {
  return (
    include.some((pattern) => matchesName(pattern, name)) && !exclude.some((pattern) => matchesName(pattern, name))
  );
}

/** Whether the text is a pattern and not a name. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[\]\\]/.test(pattern);
}

function compile(controls: RepositoryControls, refKind: "branch" | "tag"): Layers {
  const protections = controls.protections.known ? controls.protections.value : [];
  const about = protections.filter(({ target, include }) => target === refKind && include.length > 0);
  const layers = about.filter(({ enforcement }) => enforcement === "active").map((p) => layerOf(p, controls));
  const classic = layers.filter(({ protection }) => protection.source === "classic");
  const named = ({ protection }: Layer): boolean => !protection.include.some(hasWildcard);
  const literals = about.flatMap(({ include }) => include.filter((p) => !hasWildcard(p) && !p.startsWith("~")));
  const { defaultBranch } = controls;
  const ordered = [...classic.filter(named), ...classic.filter((layer) => !named(layer))];
  const rulesets = layers.filter(({ protection }) => protection.source === "ruleset");
  const existing = [
    ...new Set([...(refKind === "branch" && defaultBranch !== null ? [defaultBranch] : []), ...literals]),
  ];
  const texts = (list: readonly Layer[]): unknown => list.map(({ include, exclude }) => [include, exclude]);
  return {
    rulesets,
    classic: ordered,
    existing,
    key: JSON.stringify([existing, texts(ordered), texts(rulesets)]),
  };
}

function layerOf(protection: Protection, controls: RepositoryControls): Layer {
  const patterns = (texts: readonly string[]): readonly NamePattern[] =>
    texts.flatMap((text): readonly NamePattern[] => {
      if (text === "~ALL") return [{ syntax: "aws", pattern: "*" }];
      if (text !== "~DEFAULT_BRANCH") return [{ syntax: "fnmatch", pattern: text }];
      const main = protection.target === "branch" ? controls.defaultBranch : null;
      return main === null ? [] : [{ syntax: "exact", pattern: main }];
    });
  return {
    protection,
    include: patterns(protection.include),
    exclude: patterns(protection.exclude),
    words: wordsOf(protection),
  };
}

/** What a layer is called. */
export function wordsOf({ source, level, name }: Protection): string {
  if (source === "classic") return `classic rule \`${name}\``;
  return level === "repository" ? `ruleset \`${name}\`` : `${level}'s ruleset \`${name}\``;
}
