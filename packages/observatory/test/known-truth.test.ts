import { beforeAll, describe, expect, test } from "@jest/globals";
import { givenEngine } from "./support/given.ts";
import { knownCalls, sendKnownTraffic } from "./support/known-traffic.ts";

/** A small store: what is counted must not depend on what is kept. */
const engine = givenEngine({ maxSpans: 500 });

beforeAll(() => sendKnownTraffic(engine));

/** `actual` over `expected`, the larger of both ways. */
const factor = (actual: number | null, expected: number): number =>
  actual === null ? Infinity : Math.max(actual / expected, expected / actual);

describe("traffic of which the truth is known", () => {
  test("has every edge, and none is invented", () => {
    const { edges } = engine.graph.graph();

    expect(edges.map(({ id }) => id)).toEqual(knownCalls.map(({ edge }) => edge).toSorted());
    expect(edges.filter(({ mode }) => mode === "async").map(({ target }) => target)).toEqual([
      "service:email",
      "service:info",
    ]);
  });

  test.each(knownCalls)("$edge: rate and errors within 2 %, percentiles within a bucket", (known) => {
    const stats = engine.graph.graph().edges.find(({ id }) => id === known.edge)?.stats;

    expect(factor(stats?.rate ?? 0, known.perSecond)).toBeLessThan(1.02);
    const failed = (stats?.errorShare ?? 0) * (stats?.count ?? 0);
    const expected = (stats?.count ?? 0) / known.failsEvery;
    expect(Math.abs(failed - expected)).toBeLessThan(Math.max(1.1, expected * 0.02));
    expect(factor(stats?.p50Ms ?? null, known.quantileMs(0.5))).toBeLessThan(1.1);
    expect(factor(stats?.p95Ms ?? null, known.quantileMs(0.95))).toBeLessThan(1.1);
    expect(factor(stats?.p99Ms ?? null, known.quantileMs(0.99))).toBeLessThan(1.1);
  });

  test("the services' own rates and errors are those of their requests", () => {
    const rows = new Map(engine.statistics.services().map((row) => [row.service, row.stats]));

    expect(factor(rows.get("frontend")?.rate ?? 0, 20)).toBeLessThan(1.02);
    expect(factor(rows.get("product")?.rate ?? 0, 24)).toBeLessThan(1.02);
    expect(factor(rows.get("product")?.errorShare ?? 0, 0.25)).toBeLessThan(1.02);
    expect(factor(rows.get("email")?.rate ?? 0, 8)).toBeLessThan(1.02);
  });

  test("p95 and p99 are told apart", () => {
    for (const { stats } of engine.graph.graph().edges) {
      expect(stats.p99Ms ?? 0).toBeGreaterThan((stats.p95Ms ?? 0) * 1.05);
    }
  });

  test("most of it has been evicted meanwhile, and every span is accounted for", () => {
    const { accepted, kept, evicted, dropped, duplicates } = engine.store.counts();

    expect(kept).toBeLessThanOrEqual(500);
    expect(evicted).toBeGreaterThan(10_000);
    expect(duplicates).toBeGreaterThan(100);
    expect(kept + evicted + dropped).toBe(accepted);
  });
});
