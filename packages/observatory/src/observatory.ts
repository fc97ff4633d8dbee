import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import { createHeatMaps } from "./analysis/heat-map.ts";
import { createRequestStatistics } from "./analysis/request-statistics.ts";
import { SLOT_MS, WINDOW_SLOTS } from "./analysis/rolling-series.ts";
import { createServiceGraph } from "./analysis/service-graph.ts";
import { prepareForSearch, searchTraces } from "./analysis/trace-search.ts";
import type { Overview, Snapshot } from "./api-types.ts";
import { createFaultFile } from "./faults/fault-file.ts";
import { createEventStream } from "./http/event-stream.ts";
import { createFaultRoutes } from "./http/fault-routes.ts";
import { createListener } from "./http/listener.ts";
import { createLiveRoutes } from "./http/live-routes.ts";
import { createMetricRoutes } from "./http/metric-routes.ts";
import { createOtlpRoutes } from "./http/otlp-routes.ts";
import { logSignal, traceSignal } from "./http/otlp-signals.ts";
import { createStaticRoute } from "./http/static-files.ts";
import { createTraceRoutes } from "./http/trace-routes.ts";
import { createWorkQueue, type WorkQueue } from "./http/work-queue.ts";
import { createIngest } from "./ingest.ts";
import { createBusinessFigures } from "./metrics/business.ts";
import { createMonitoring } from "./metrics/monitoring.ts";
import type { Target } from "./metrics/target.ts";
import { createStringPool } from "./otlp/string-pool.ts";
import { createLogStore } from "./store/log-store.ts";
import { createTraceStore, type TraceStoreOptions } from "./store/trace-store.ts";

const NEWEST_TRACES = 30;

export type ObservatoryOptions = {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** flagd's format; null where there are no faults to switch. */
  readonly faultsFile?: string | null;
  /** The page's files. */
  readonly publicDirectory?: string | null;
  /** Names besides the loopback ones by which it may be called. */
  readonly allowedHosts?: readonly string[];
  /** Whose metrics are scraped. */
  readonly targets?: readonly Target[];
  /** The text of a Prometheus rules file; null for none. */
  readonly rules?: string | null;
  readonly storage?: Omit<TraceStoreOptions, "now" | "isSlow">;
  /** Milliseconds: shorter than by default for who cannot wait half a minute until what was bad is forgotten. */
  readonly pace?: { readonly slotMs?: number; readonly scrapeMs?: number; readonly evaluationMs?: number };
  readonly queue?: WorkQueue;
  readonly onError?: (error: unknown) => void;
};

export type Observatory = {
  readonly listener: RequestListener;
  /**
   * To be called once a second: completes traces, gives up waiting calls, sends the pages their snapshot, scrapes.
   * Resolves when what was scraped is evaluated; never rejects.
   */
  readonly tick: () => Promise<void>;
  readonly snapshot: () => Snapshot;
  /** Ends the streams, so that a server can close. */
  readonly close: () => void;
};

/** The observatory without a process: no environment, no listening, no timers. @throws {RuleFileError} */
export function createObservatory({
  now = Date.now,
  faultsFile = null,
  publicDirectory = null,
  allowedHosts = [],
  targets = [],
  rules = null,
  storage = {},
  pace = {},
  queue = createWorkQueue(),
  onError = () => undefined,
}: ObservatoryOptions = {}): Observatory {
  const { slotMs = SLOT_MS, scrapeMs, evaluationMs } = pace;
  const startedAt = now();
  const instance = randomUUID();
  const pool = createStringPool();
  const statistics = createRequestStatistics({ now, startedAt, slotMs });
  const store = createTraceStore({
    ...storage,
    now,
    isSlow: ({ root }) => root !== null && statistics.isSlow(root),
  });
  const monitoring = createMonitoring({ targets, rules, now, scrapeMs, evaluationMs });
  const graph = createServiceGraph({ now, startedAt, slotMs, isDown: monitoring.isDown });
  const heatMaps = createHeatMaps({ now, isAvailable: (traceId) => store.find(traceId) !== undefined });
  const ingest = createIngest({ store, statistics, graph, heatMaps, now, startedAt });
  const logs = createLogStore();
  const business = createBusinessFigures(monitoring);
  const otlp = createOtlpRoutes({
    signals: [traceSignal({ ingest, pool }), logSignal({ logs, pool })],
    queue,
  });
  const stream = createEventStream({ instance, snapshot });

  function overview(): Overview {
    const { bytes, ...counts } = store.counts();
    return {
      instance,
      nowMs: now(),
      startedAtMs: startedAt,
      windowSeconds: (WINDOW_SLOTS * slotMs) / 1000,
      entry: statistics.entry(),
      telemetry: {
        ...counts,
        ...ingest.counts(),
        logs: logs.counts(),
        storedBytes: bytes,
        spansPerSecond: ingest.spansPerSecond(),
        requests: otlp.counts(),
        pairing: graph.pairingHealth(),
        streams: stream.health(),
      },
    };
  }

  function snapshot(): Snapshot {
    return {
      overview: overview(),
      business: business(),
      graph: graph.graph(),
      services: statistics.services(),
      traces: searchTraces(store.newest(NEWEST_TRACES), {}),
    };
  }

  const routes = [
    ...otlp.routes,
    ...createTraceRoutes({ store, logs, ingest, pool }),
    ...createLiveRoutes({
      overview,
      graph: graph.graph,
      services: (service) => ({
        services: statistics.services(),
        operations: statistics.operations(service),
      }),
      heatMap: heatMaps.heatMap,
      stream,
    }),
    ...createMetricRoutes({ monitoring, now }),
    ...createFaultRoutes(faultsFile === null ? null : createFaultFile(faultsFile)),
    ...(publicDirectory === null ? [] : [createStaticRoute(publicDirectory)]),
  ];

  return {
    listener: createListener({ routes, allowedHosts, onRefused: otlp.countRefused, onError }),
    tick() {
      // Now, a few at a time: a search that had to do it for all of them would keep telemetry waiting.
      for (const trace of store.settleIdle()) prepareForSearch(trace);
      graph.tick();
      stream.broadcast();
      return monitoring.tick();
    },
    snapshot,
    close: () => stream.close(),
  };
}
