import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import { createHeatMaps } from "./analysis/heat-map.ts";
import { createRequestStatistics } from "./analysis/request-statistics.ts";
import { SLOT_MS, WINDOW_SLOTS } from "./analysis/rolling-series.ts";
import { createServiceGraph } from "./analysis/service-graph.ts";
import { searchTraces } from "./analysis/trace-search.ts";
import type { Overview, Snapshot } from "./api-types.ts";
import { createFaultFile } from "./faults/fault-file.ts";
import { createEventStream } from "./http/event-stream.ts";
import { createFaultRoutes } from "./http/fault-routes.ts";
import { createListener } from "./http/listener.ts";
import { createLiveRoutes } from "./http/live-routes.ts";
import { createOtlpRoutes } from "./http/otlp-routes.ts";
import { logSignal, traceSignal } from "./http/otlp-signals.ts";
import { createStaticRoute } from "./http/static-files.ts";
import { createTraceRoutes } from "./http/trace-routes.ts";
import { createWorkQueue, type WorkQueue } from "./http/work-queue.ts";
import { createIngest } from "./ingest.ts";
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
  readonly storage?: Omit<TraceStoreOptions, "now" | "isSlow">;
  readonly queue?: WorkQueue;
  readonly onError?: (error: unknown) => void;
};

export type Observatory = {
  readonly listener: RequestListener;
  /** To be called once a second: completes traces, gives up waiting calls, sends the snapshot to the pages. */
  readonly tick: () => void;
  readonly snapshot: () => Snapshot;
  /** Ends the streams, so that a server can close. */
  readonly close: () => void;
};

/** The observatory without a process: no environment, no listening, no timers. */
export function createObservatory({
  now = Date.now,
  faultsFile = null,
  publicDirectory = null,
  storage = {},
  queue = createWorkQueue(),
  onError = () => undefined,
}: ObservatoryOptions = {}): Observatory {
  const startedAt = now();
  const instance = randomUUID();
  const pool = createStringPool();
  const statistics = createRequestStatistics({ now, startedAt });
  const store = createTraceStore({
    ...storage,
    now,
    isSlow: ({ root }) => root !== null && statistics.isSlow(root),
  });
  const graph = createServiceGraph({ now, startedAt });
  const heatMaps = createHeatMaps({ now, isAvailable: (traceId) => store.find(traceId) !== undefined });
  const ingest = createIngest({ store, statistics, graph, heatMaps, now, startedAt });
  const logs = createLogStore();
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
      windowSeconds: (WINDOW_SLOTS * SLOT_MS) / 1000,
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
    ...createFaultRoutes(faultsFile === null ? null : createFaultFile(faultsFile)),
    ...(publicDirectory === null ? [] : [createStaticRoute(publicDirectory)]),
  ];

  return {
    listener: createListener({ routes, onRefused: otlp.countRefused, onError }),
    tick() {
      store.settleIdle();
      graph.tick();
      stream.broadcast();
    },
    snapshot,
    close: () => stream.close(),
  };
}
