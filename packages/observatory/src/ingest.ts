import type { HeatMaps } from "./analysis/heat-map.ts";
import type { RequestStatistics } from "./analysis/request-statistics.ts";
import type { ServiceGraph } from "./analysis/service-graph.ts";
import type { DecodedTraces } from "./otlp/decode-traces.ts";
import type { TraceStore } from "./store/trace-store.ts";

const METER_SECONDS = 10;

export type Ingest = ReturnType<typeof createIngest>;

/** The way of every span: refused duplicates aside it is kept, and counted before anything can be evicted. */
export function createIngest({
  store,
  statistics,
  graph,
  heatMaps,
  now,
  startedAt,
}: {
  store: TraceStore;
  statistics: RequestStatistics;
  graph: ServiceGraph;
  heatMaps: HeatMaps;
  now: () => number;
  startedAt: number;
}) {
  const counts = { rejected: 0, imported: 0, droppedAttributes: 0, cutValues: 0 };
  const meter = new Map<number, number>();

  function note(decoded: DecodedTraces): void {
    counts.rejected += decoded.rejected;
    counts.droppedAttributes += decoded.droppedAttributes;
    counts.cutValues += decoded.cutValues;
  }

  function measure(accepted: number): void {
    const second = Math.floor(now() / 1000);
    meter.set(second, (meter.get(second) ?? 0) + accepted);
    for (const old of meter.keys()) if (old < second - METER_SECONDS) meter.delete(old);
  }

  return {
    /** Live telemetry. Returns how many spans were new. */
    receive(decoded: DecodedTraces): number {
      note(decoded);
      let accepted = 0;
      for (const span of decoded.spans) {
        if (store.add(span) === "duplicate") continue;
        statistics.observe(span);
        graph.observe(span);
        heatMaps.observe(span);
        accepted += 1;
      }
      measure(accepted);
      return accepted;
    },

    /** A trace from a file: shown, but yesterday's requests are in no rate. Returns how many spans were new. */
    importTrace(decoded: DecodedTraces): number {
      note(decoded);
      const accepted = decoded.spans.filter(
        (span) => store.add(span, { imported: true }) !== "duplicate",
      ).length;
      counts.imported += accepted;
      return accepted;
    },

    counts: () => ({ ...counts }),

    /** Of the last whole seconds. */
    spansPerSecond(): number {
      const second = Math.floor(now() / 1000);
      const watched = Math.min(METER_SECONDS, Math.max(1, second - Math.floor(startedAt / 1000)));
      let spans = 0;
      for (let ago = 1; ago <= watched; ago += 1) spans += meter.get(second - ago) ?? 0;
      return spans / watched;
    },
  };
}
