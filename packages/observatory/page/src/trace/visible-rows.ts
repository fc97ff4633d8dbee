import type { SpanView } from "../../../src/api-types.ts";

export type Row = {
  readonly span: SpanView;
  /** Null when there is nothing to open. */
  readonly open: boolean | null;
  /** Its parent's place among the visible rows. */
  readonly parent: number | null;
};

/** @param spans in tree order, parents first */
export function visibleRows(spans: readonly SpanView[], closed: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  /** Places of the ancestors of the next span, by depth. */
  const above: number[] = [];
  let hiddenBelow = Infinity;
  for (const [at, span] of spans.entries()) {
    if (span.depth > hiddenBelow) continue;
    const hasChildren = (spans[at + 1]?.depth ?? 0) > span.depth;
    const open = hasChildren ? !closed.has(span.spanId) : null;
    hiddenBelow = open === false ? span.depth : Infinity;
    above.length = Math.min(above.length, span.depth);
    rows.push({ span, open, parent: above.at(-1) ?? null });
    above.push(rows.length - 1);
  }
  return rows;
}
