/** Edges in compressed rows: targets of node `i` are `targets[offsets[i] … offsets[i+1])`, with a label each. */
export interface Csr {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Index of the fact that made the edge. */
  readonly labels: Int32Array;
}

/** Builds rows from edges `(from, to, label)` in two passes; edges of one node keep their order. */
export function buildCsr(nodes: number, edges: readonly (readonly [from: number, to: number, label: number])[]): Csr {
  const offsets = new Int32Array(nodes + 1);
  for (const [from] of edges) offsets[from + 1] = (offsets[from + 1] ?? 0) + 1;
  for (let i = 0; i < nodes; i += 1) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
  const next = offsets.slice(0, nodes);
  const targets = new Int32Array(edges.length);
  const labels = new Int32Array(edges.length);
  for (const [from, to, label] of edges) {
    const at = next[from] ?? 0;
    targets[at] = to;
    labels[at] = label;
    next[from] = at + 1;
  }
  return { offsets, targets, labels };
}
