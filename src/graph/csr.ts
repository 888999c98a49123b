/** Edges in compressed rows: targets of node `i` are `targets[offsets[i] … offsets[i+1])`, with a label each. */
export interface Csr {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Index of the fact that made the edge. */
  readonly labels: Int32Array;
}

/** Edges as three columns of one length: edge `i` goes `from[i]` → `to[i]` and carries `labels[i]`. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly labels: Int32Array;
}

/** Builds rows in two passes; edges of one node keep their order. */
export function buildCsr(nodes: number, { from, to, labels }: Edges): Csr {
  const offsets = new Int32Array(nodes + 1);
  for (const node of from) offsets[node + 1] = (offsets[node + 1] ?? 0) + 1;
  for (let i = 0; i < nodes; i += 1) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
  const next = offsets.slice(0, nodes);
  const rows = { offsets, targets: new Int32Array(from.length), labels: new Int32Array(from.length) };
  for (let edge = 0; edge < from.length; edge += 1) {
    const node = from[edge] ?? 0;
    const at = next[node] ?? 0;
    rows.targets[at] = to[edge] ?? 0;
    rows.labels[at] = labels[edge] ?? 0;
    next[node] = at + 1;
  }
  return rows;
}

/** A column that grows while facts are read, then becomes typed. Room for `most` entries is taken once. */
export class EdgeList {
  readonly #columns: readonly [Int32Array, Int32Array, Int32Array];
  #length = 0;

  constructor(most: number) {
    this.#columns = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  }

  add(from: number, to: number, label: number): void {
    const [a, b, c] = this.#columns;
    a[this.#length] = from;
    b[this.#length] = to;
    c[this.#length] = label;
    this.#length += 1;
  }

  /** What was added, in that order. */
  edges(): Edges {
    const [from, to, labels] = this.#columns;
    return {
      from: from.subarray(0, this.#length),
      to: to.subarray(0, this.#length),
      labels: labels.subarray(0, this.#length),
    };
  }
}

/** The same edges the other way round. */
export function reversed({ from, to, labels }: Edges): Edges {
  return { from: to, to: from, labels };
}
