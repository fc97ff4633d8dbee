import { describe, expect, test } from "@jest/globals";
import { assignLayers } from "../page/src/graph/layering.ts";
import { layoutGraph } from "../page/src/graph/layout.ts";
import { arrangeRows } from "../page/src/latency/heat-map-rows.ts";
import { visibleRows } from "../page/src/trace/visible-rows.ts";
import type { HeatCell, SpanView } from "../src/api-types.ts";

const edges = (...pairs: string[]) =>
  pairs.map((pair) => {
    const [source = "", target = ""] = pair.split(">");
    return { source, target };
  });

describe("the graph's layout", () => {
  test("puts everything right of all that calls it", () => {
    const layers = assignLayers(
      ["cart", "checkout", "frontend", "product"],
      edges("frontend>product", "frontend>checkout", "checkout>cart", "cart>product"),
    );

    expect([...layers]).toEqual([
      ["cart", 2],
      ["checkout", 1],
      ["frontend", 0],
      ["product", 3],
    ]);
  });

  test("cuts a cycle where it leads back, wherever the list of nodes begins", () => {
    const layers = assignLayers(
      ["a-callee", "b-callee", "z-entry"],
      edges("z-entry>b-callee", "b-callee>a-callee", "a-callee>b-callee"),
    );

    expect([...layers]).toEqual([
      ["a-callee", 2],
      ["b-callee", 1],
      ["z-entry", 0],
    ]);
  });

  test("survives nodes that only call each other or themselves", () => {
    expect(
      [...assignLayers(["a", "b"], edges("a>b", "b>a", "a>a")).values()].toSorted((a, b) => a - b),
    ).toEqual([0, 1]);
  });

  test("leaves no two nodes in one place, and the same graph always in the same one", () => {
    const ids = ["cart", "checkout", "email", "frontend", "product", "search"];
    const calls = edges(
      "frontend>search",
      "frontend>checkout",
      "frontend>cart",
      "checkout>cart",
      "checkout>email",
      "cart>product",
    );

    const layout = layoutGraph(ids, calls);
    const spots = [...layout.places.values()].map(({ x, y }) => `${x} ${y}`);

    expect(new Set(spots).size).toBe(ids.length);
    expect(layoutGraph(ids, calls, layout)).toEqual(layout);
  });

  test("keeps the order of a column when a node joins", () => {
    const before = layoutGraph(["a", "b", "c", "entry"], edges("entry>a", "entry>b", "entry>c"));
    const after = layoutGraph(
      ["0-new", "a", "b", "c", "entry"],
      edges("entry>a", "entry>b", "entry>c", "entry>0-new"),
      before,
    );
    const order = ({ places }: typeof before): string[] =>
      ["a", "b", "c"].toSorted((one, other) => (places.get(one)?.y ?? 0) - (places.get(other)?.y ?? 0));

    expect(order(after)).toEqual(order(before));
  });
});

test("a gap between two modes of latency stays a gap in the heat map", () => {
  const cell = (minMs: number): HeatCell => ({
    column: 0,
    minMs,
    maxMs: minMs * 2,
    count: 1,
    errors: 0,
    examples: [],
  });

  expect(arrangeRows([cell(8), cell(1)]).map(({ minMs }) => minMs)).toEqual([1, 2, 4, 8]);
});

test("closing a span hides what is below it and nothing else", () => {
  const span = (spanId: string, depth: number): SpanView => ({ spanId, depth }) as SpanView;
  const tree = [span("root", 0), span("child", 1), span("grandchild", 2), span("sibling", 1)];

  const rows = visibleRows(tree, new Set(["child"]));

  expect(rows.map(({ span: { spanId }, open, parent }) => [spanId, open, parent])).toEqual([
    ["root", true, null],
    ["child", false, 0],
    ["sibling", null, 0],
  ]);
});
