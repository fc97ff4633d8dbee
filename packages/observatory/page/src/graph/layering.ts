/** What a layout needs to know of an edge. */
export type Connection = { readonly source: string; readonly target: string };

/**
 * Longest-path layering: everything stands right of all that calls it. Edges that close a cycle are found in the
 * order of ids, so that the same graph always has the same layers, and do not count.
 *
 * @param ids in a stable order
 */
export function assignLayers(ids: readonly string[], edges: readonly Connection[]): Map<string, number> {
  const forward = withoutCycles(ids, edges);
  const layers = new Map(ids.map((id) => [id, 0]));
  // Each round settles at least one more layer, and there are no more layers than nodes.
  for (let round = 0, moved = true; moved && round < ids.length; round += 1) {
    moved = false;
    for (const { source, target } of forward) {
      const least = (layers.get(source) ?? 0) + 1;
      if ((layers.get(target) ?? 0) >= least) continue;
      layers.set(target, least);
      moved = true;
    }
  }
  return layers;
}

function withoutCycles(ids: readonly string[], edges: readonly Connection[]): Connection[] {
  const outgoing = Map.groupBy(edges, ({ source }) => source);
  const called = new Set(edges.map(({ target }) => target));
  const state = new Map<string, "open" | "done">();
  const kept: Connection[] = [];

  function visit(id: string): void {
    state.set(id, "open");
    for (const edge of outgoing.get(id) ?? []) {
      const reached = state.get(edge.target);
      if (reached === "open") continue;
      kept.push(edge);
      if (reached === undefined) visit(edge.target);
    }
    state.set(id, "done");
  }

  // From where requests enter, so that the edge left out is the one that leads back.
  for (const id of ids.toSorted((a, b) => Number(called.has(a)) - Number(called.has(b)))) {
    if (!state.has(id)) visit(id);
  }
  return kept;
}
