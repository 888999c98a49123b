import type { Region } from "../../policy/aws/regions.ts";

/** Records in order of their ARN, so that a pattern finds its own without asking all. */
export class ByArn<T> {
  readonly all: readonly T[];
  readonly #arns: readonly string[];

  constructor(records: readonly T[], arnOf: (record: T) => string) {
    const placed = records
      .map((record) => ({ record, arn: arnOf(record) }))
      .sort((a, b) => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0));
    this.all = placed.map(({ record }) => record);
    this.#arns = placed.map(({ arn }) => arn);
  }

  /** Those whose ARN lies in one of the regions, or may: the caller still asks each. */
  within(regions: readonly Region[]): readonly T[] {
    if (regions.length === 1 && regions[0] !== undefined) return this.all.slice(...this.range(regions[0]));
    const found = new Set<T>();
    for (const region of regions) {
      const [from, to] = this.range(region);
      for (const record of this.all.slice(from, to)) found.add(record);
      if (found.size === this.all.length) break;
    }
    return [...found];
  }

  /** Where those of the region lie: from the first to the one before the last. */
  range({ within }: Region): readonly [from: number, to: number] {
    // The longest beginning without a wildcard narrows most.
    const prefix = within
      .map(({ source }) => source.slice(0, /[*?]/.exec(source)?.index ?? source.length))
      .reduce((a, b) => (b.length > a.length ? b : a), "");
    if (prefix === "") return [0, this.all.length];
    return [this.#first((arn) => arn >= prefix), this.#first((arn) => arn > prefix && !arn.startsWith(prefix))];
  }

  #first(isBehind: (arn: string) => boolean): number {
    let [low, high] = [0, this.#arns.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBehind(this.#arns[middle] ?? "")) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
