import { isMap, isScalar, type Document, type LineCounter, type Node } from "yaml";
import type { FilePlace } from "../model/audit-error.ts";

/** Path into a document: keys and list positions. */
export type YamlPath = readonly (string | number)[];

/** A path as people write it: `connectors.github.organizations[0].tokenFrom`. */
export function spellPath(path: YamlPath): string {
  return path.map((part, at) => (typeof part === "number" ? `[${part}]` : at === 0 ? part : `.${part}`)).join("");
}

/** Finds the places of keys and values in a parsed YAML file. */
export class YamlPlaces {
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #file: string;

  constructor(document: Document.Parsed, lines: LineCounter, file: string) {
    this.#document = document;
    this.#lines = lines;
    this.#file = file;
  }

  /** Where a character of the file is. */
  at(offset: number): FilePlace {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line, column: col };
  }

  /** Where the value of the path is, or the nearest thing around it that is there. */
  value(path: YamlPath): FilePlace {
    for (let length = path.length; length >= 0; length--) {
      const node = this.#document.getIn(path.slice(0, length), true) as Node | null | undefined;
      const start = node?.range?.[0];
      if (start !== undefined) return this.at(start);
    }
    return { file: this.#file, line: 1, column: 1 };
  }

  /** Where the key itself is written. */
  key(path: YamlPath, key: string): FilePlace {
    const map = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    const pair = isMap(map)
      ? map.items.find(({ key: node }) => isScalar(node) && String(node.value) === key)
      : undefined;
    const start = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
    return start === undefined ? this.value(path) : this.at(start);
  }
}
