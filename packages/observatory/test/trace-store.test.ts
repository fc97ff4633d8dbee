import { describe, expect, test } from "@jest/globals";
import { givenEngine, type Engine } from "./support/given.ts";
import { traceId, type SpanSpec } from "./support/otlp-request.ts";
import { seededRandom } from "./support/random.ts";

const trace = (name: string, size = 4, over: Partial<SpanSpec> = {}): SpanSpec[] =>
  Array.from({ length: size }, (_, at) => ({
    traceId: name,
    spanId: `${name}${at}`,
    ...(at === 0 ? {} : { parent: `${name}0` }),
    ...over,
  }));

/** Arrives, and is complete before the next one comes. */
function givenCompleteTrace(engine: Engine, ...specs: SpanSpec[]): void {
  engine.receive(...specs);
  engine.advance(6_000);
  engine.tick();
}

const isKept = (engine: Engine, name: string): boolean => engine.store.find(traceId(name)) !== undefined;

describe("the trace store", () => {
  test("evicts whole traces, the oldest complete one first, and remembers that they were here", () => {
    const engine = givenEngine({ maxSpans: 10 });
    for (const name of ["a", "b", "c"]) givenCompleteTrace(engine, ...trace(name));

    expect([isKept(engine, "a"), isKept(engine, "b"), isKept(engine, "c")]).toEqual([false, true, true]);
    expect(engine.store.wasEvicted(traceId("a"))).toBe(true);
    expect(engine.store.wasEvicted(traceId("b"))).toBe(false);
  });

  test("keeps a failed trace longer than ordinary ones that came after it", () => {
    const engine = givenEngine({ maxSpans: 10 });
    givenCompleteTrace(engine, ...trace("failed", 4, { error: "x" }));
    for (const name of ["b", "c", "d"]) givenCompleteTrace(engine, ...trace(name));

    expect(isKept(engine, "failed")).toBe(true);
    expect([isKept(engine, "b"), isKept(engine, "c"), isKept(engine, "d")]).toEqual([false, false, true]);
  });

  test("keeps a slow trace longer, too", () => {
    const engine = givenEngine({ maxSpans: 10, isSlow: ({ traceId: id }) => id === traceId("slow") });
    givenCompleteTrace(engine, ...trace("slow"));
    for (const name of ["b", "c", "d"]) givenCompleteTrace(engine, ...trace(name));

    expect(isKept(engine, "slow")).toBe(true);
  });

  test("lets failed traces fill at most half, so that there is always something to compare with", () => {
    const engine = givenEngine({ maxSpans: 20 });
    givenCompleteTrace(engine, ...trace("ordinary"));
    for (const name of ["f1", "f2", "f3", "f4", "f5"])
      givenCompleteTrace(engine, ...trace(name, 4, { error: "x" }));

    expect(isKept(engine, "ordinary")).toBe(true);
    expect(isKept(engine, "f1")).toBe(false);
  });

  test("does not evict a trace that is still arriving while a complete one is there", () => {
    const engine = givenEngine({ maxSpans: 10 });
    givenCompleteTrace(engine, ...trace("done", 4));
    engine.receive(...trace("growing", 8));

    expect(isKept(engine, "growing")).toBe(true);
    expect(isKept(engine, "done")).toBe(false);
  });

  test("is bounded by bytes as well", () => {
    const engine = givenEngine({ maxBytes: 20_000 });
    for (const name of ["a", "b", "c", "d"]) {
      givenCompleteTrace(engine, ...trace(name, 4, { attributes: { text: name.repeat(2_000) } }));
    }

    expect(engine.store.counts().bytes).toBeLessThanOrEqual(20_000);
    expect(isKept(engine, "d")).toBe(true);
    expect(isKept(engine, "a")).toBe(false);
  });

  test("a span that is sent again is neither kept nor counted twice", () => {
    const engine = givenEngine();
    const specs = trace("a", 3, { kind: "server" });

    expect(engine.receive(...specs)).toBe(3);
    expect(engine.receive(...specs)).toBe(0);

    expect(engine.store.counts()).toMatchObject({ accepted: 3, kept: 3, duplicates: 3 });
    expect(engine.statistics.services()[0]?.stats.count).toBe(3);
  });

  test("nor is one of an evicted trace, which does not come back as a fragment", () => {
    const engine = givenEngine({ maxSpans: 5 });
    givenCompleteTrace(engine, ...trace("a"));
    givenCompleteTrace(engine, ...trace("b"));

    expect(engine.receive(...trace("a"))).toBe(0);
    expect(engine.receive({ traceId: "a", spanId: "late", parent: "a0" })).toBe(1);

    expect(isKept(engine, "a")).toBe(false);
    expect(engine.store.counts()).toMatchObject({
      accepted: 9,
      kept: 4,
      evicted: 4,
      dropped: 1,
      duplicates: 4,
    });
  });

  test("of an overlong trace the first spans are kept, all are counted, and none of them twice", () => {
    const engine = givenEngine({ maxSpansPerTrace: 100 });
    const specs = trace("long", 150, { kind: "server" });
    engine.receive(...specs);
    engine.receive(...specs);

    expect(engine.store.counts()).toMatchObject({ accepted: 150, kept: 100, dropped: 50, duplicates: 150 });
    expect(engine.statistics.services()[0]?.stats.count).toBe(150);
  });

  test("accepted is kept + evicted + dropped, whatever arrives", () => {
    const random = seededRandom(7);
    const engine = givenEngine({
      maxSpans: 200,
      maxBytes: 100_000,
      maxSpansPerTrace: 20,
      rememberedSpanIds: 300,
    });

    for (let round = 0; round < 2_000; round += 1) {
      const name = `t${Math.floor(random() * 60)}`;
      const span = Math.floor(random() * 30);
      engine.receive({ traceId: name, spanId: `${name}-${span}`, ...(random() < 0.1 ? { error: "x" } : {}) });
      engine.advance(Math.floor(random() * 2_000));
      if (round % 3 === 0) engine.tick();

      const { accepted, kept, evicted, dropped } = engine.store.counts();
      expect(kept + evicted + dropped).toBe(accepted);
      expect([...engine.store.all()].reduce((sum, { spans }) => sum + spans.length, 0)).toBe(kept);
      expect(kept).toBeLessThanOrEqual(200);
    }
    const { evicted, dropped, duplicates } = engine.store.counts();
    expect(Math.min(evicted, dropped, duplicates)).toBeGreaterThan(50);
  });

  test("an order knows the mail that links to it, until the mail is evicted", () => {
    const engine = givenEngine({ maxSpans: 8 });
    engine.receive(...trace("order", 2));
    engine.receive({ traceId: "mail", spanId: "send", links: [{ traceId: "order", spanId: "order1" }] });
    expect(engine.store.linksTo(traceId("order"))).toHaveLength(1);

    engine.advance(6_000);
    engine.tick();
    engine.receive(...trace("next", 8));

    expect(engine.store.linksTo(traceId("order"))).toEqual([]);
  });
});
