import { describe, expect, test } from "@jest/globals";
import { prepareForSearch, searchTraces } from "../src/analysis/trace-search.ts";
import { attributeText } from "../src/otlp/attributes.ts";
import type { StoredTrace } from "../src/store/stored-trace.ts";
import { givenEngine } from "./support/given.ts";
import type { SpanSpec } from "./support/otlp-request.ts";
import { seededRandom } from "./support/random.ts";

const KEYS = ["mall.user", "mall.order", "http.response.status_code", "url.path", "ratio"] as const;
const VALUES = ["1", "2", 1, 2, 0.5, -0, true, "a long value ".repeat(12), "", "500", 500] as const;

/** Traces with anything on their spans, some of them very long; half of it arrives after a first look. */
function givenTraces(): readonly StoredTrace[] {
  const random = seededRandom(7);
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const engine = givenEngine();
  const span = (trace: number, at: number): SpanSpec => ({
    traceId: `t${trace}`,
    spanId: `${trace}s${at}`,
    service: pick(["cart", "product"]),
    attributes: Object.fromEntries([
      ["unique", `${trace}-${at}`],
      ...Array.from({ length: 3 }, () => [pick(KEYS), pick(VALUES)] as const),
    ]),
  });
  const sizes = Array.from({ length: 60 }, (_, trace) => (trace % 20 === 0 ? 400 : 3));
  for (const half of [0, 1]) {
    for (const [trace, size] of sizes.entries())
      engine.receive(...Array.from({ length: size }, (_, at) => span(trace, half * size + at)));
    for (const trace of engine.store.all()) prepareForSearch(trace);
  }
  return [...engine.store.all()];
}

describe("the attribute search", () => {
  test("finds exactly what looking at every span finds, however a trace grew", () => {
    const traces = givenTraces();
    const wanted = [
      ...KEYS.flatMap((key) => [...VALUES.map(attributeText), null].map((value) => ({ key, value }))),
      { key: "unique", value: "40-799" },
      { key: "unique", value: "41-5" },
      { key: "unique", value: "nobody" },
      { key: "service.name", value: "cart" },
      { key: "service.name", value: null },
      { key: "nobody", value: null },
    ];
    for (const condition of wanted) {
      const found = searchTraces(traces, { attributes: [condition] }).map(({ traceId }) => traceId);

      expect(found.toSorted()).toEqual(
        traces
          .filter((trace) => hasIt(trace, condition))
          .map(idOf)
          .toSorted(),
      );
    }
    expect(searchTraces(traces, { attributes: [{ key: "unique", value: "40-799" }] })).toHaveLength(1);
  });

  test("is not misled by a span that comes after the trace was looked at", () => {
    const engine = givenEngine();
    engine.receive({ spanId: "a" });
    const find = () => searchTraces(engine.store.all(), { attributes: [{ key: "late", value: "yes" }] });
    expect(find()).toEqual([]);

    engine.receive({ spanId: "b", service: "search", name: "late one", to: 99, attributes: { late: "yes" } });

    expect(find()).toMatchObject([{ spans: 2, durationMs: 99 }]);
    expect(searchTraces(engine.store.all(), { service: "search", route: "late one" })).toHaveLength(1);
  });
});

const idOf = ({ traceId }: StoredTrace): string => traceId;

const hasIt = ({ spans }: StoredTrace, { key, value }: { key: string; value: string | null }): boolean =>
  spans.some(({ attributes, resource }) =>
    [attributes, resource.attributes].some(({ keys, values }) =>
      keys.some(
        (each, at) => each === key && (value === null || attributeText(values[at] ?? null) === value),
      ),
    ),
  );
