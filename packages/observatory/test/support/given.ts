import { buildTraceTree, type TraceTree } from "../../src/analysis/trace-tree.ts";
import { createIngest } from "../../src/ingest.ts";
import { createHeatMaps } from "../../src/analysis/heat-map.ts";
import { createRequestStatistics } from "../../src/analysis/request-statistics.ts";
import { createServiceGraph } from "../../src/analysis/service-graph.ts";
import { decodeTraces, type DecodedTraces } from "../../src/otlp/decode-traces.ts";
import type { Span } from "../../src/otlp/span.ts";
import { createStringPool } from "../../src/otlp/string-pool.ts";
import { createTraceStore, type TraceStoreOptions } from "../../src/store/trace-store.ts";
import { EPOCH_MS, exportRequest, type SpanSpec } from "./otlp-request.ts";

const pool = createStringPool();

export const decoded = (specs: readonly SpanSpec[]): DecodedTraces =>
  decodeTraces(exportRequest(specs), pool);

/** Spans as the receiver would hand them on. */
export const givenSpans = (specs: readonly SpanSpec[]): readonly Span[] => decoded(specs).spans;

export function givenTree(specs: readonly SpanSpec[]): TraceTree {
  const tree = buildTraceTree(givenSpans(specs));
  if (tree === null) throw new Error("a trace needs a span");
  return tree;
}

/** A clock that only the test moves. */
export function givenClock() {
  let time = EPOCH_MS;
  return {
    now: (): number => time,
    advance(ms: number): void {
      time += ms;
    },
  };
}

/** Everything behind the receiver, on a clock of the test's. */
export function givenEngine({
  isDown,
  ...options
}: Omit<TraceStoreOptions, "now"> & { readonly isDown?: (service: string) => boolean } = {}) {
  const clock = givenClock();
  const { now } = clock;
  const startedAt = now();
  const store = createTraceStore({ ...options, now });
  const statistics = createRequestStatistics({ now, startedAt });
  const graph = createServiceGraph({ now, startedAt, ...(isDown && { isDown }) });
  const heatMaps = createHeatMaps({ now, isAvailable: (id) => store.find(id) !== undefined });
  const ingest = createIngest({ store, statistics, graph, heatMaps, now, startedAt });
  return {
    ...clock,
    store,
    statistics,
    graph,
    heatMaps,
    ingest,
    /** Times of the specs count from now. */
    receive(...specs: SpanSpec[]): number {
      const later = now() - EPOCH_MS;
      return ingest.receive(
        decoded(
          specs.map((spec) => ({ ...spec, from: (spec.from ?? 0) + later, to: (spec.to ?? 10) + later })),
        ),
      );
    },
    tick(): void {
      store.settleIdle();
      graph.tick();
    },
  };
}

export type Engine = ReturnType<typeof givenEngine>;
