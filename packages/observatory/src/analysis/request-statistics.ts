import type { OperationRow, RequestStats, ServiceRow } from "../api-types.ts";
import type { Span } from "../otlp/span.ts";
import { createBoundedRegistry } from "./bounded-registry.ts";
import { eventTime } from "./event-time.ts";
import { healthOf } from "./health.ts";
import { isEntry, operationOf } from "./operation.ts";
import { outcomeOf } from "./outcome.ts";
import { createRollingSeries, type RollingSeries, type Watch } from "./rolling-series.ts";

const MAX_SERVICES = 64;
const MAX_OPERATIONS = 400;
/** Cannot occur in a name that was read from JSON or protobuf by accident; hostile ones only confuse themselves. */
const SEPARATOR = "\u0000";
/** Below this, a p95 says nothing. */
const ENOUGH_TO_JUDGE = 20;

export type RequestStatistics = ReturnType<typeof createRequestStatistics>;

/** Rate, errors and duration (RED) of every service and operation, counted from every accepted span. */
export function createRequestStatistics({ now, startedAt, slotMs }: Watch) {
  const make = (): RollingSeries => createRollingSeries({ slotMs });
  const entry = make();
  const services = createBoundedRegistry({ limit: MAX_SERVICES, make });
  const operations = createBoundedRegistry({ limit: MAX_OPERATIONS, make });

  const row = (service: string, series: RollingSeries): ServiceRow => {
    const stats = series.stats({ now: now(), startedAt });
    return { service, stats, health: healthOf(stats), sparkline: series.sparkline({ now: now() }) };
  };

  return {
    observe(span: Span): void {
      if (!isEntry(span)) return;
      const outcome = outcomeOf(span);
      const at = eventTime(span, now());
      services.get(span.resource.service).record(at, outcome, span.durationNs);
      operations.get(operationKey(span)).record(at, outcome, span.durationNs);
      if (span.parentSpanId === "") entry.record(at, outcome, span.durationNs);
    },

    /** Slower than 95 % of the recent requests of its kind. */
    isSlow(span: Span): boolean {
      const stats = operations.find(operationKey(span))?.stats({ now: now(), startedAt });
      if (stats === undefined || stats.count < ENOUGH_TO_JUDGE || stats.p95Ms === null) return false;
      return span.durationNs > stats.p95Ms * 1e6;
    },

    isService: (name: string): boolean => services.has(name),

    entry: (): RequestStats => entry.stats({ now: now(), startedAt }),

    services: (): ServiceRow[] => services.entries().map(([service, series]) => row(service, series)),

    /** Of one service, or of all when none is named. */
    operations: (service?: string): OperationRow[] =>
      operations.entries().flatMap(([key, series]) => {
        const [owner = "", operation = owner] = key.split(SEPARATOR, 2);
        return service === undefined || service === owner ? [{ ...row(owner, series), operation }] : [];
      }),
  };
}

const operationKey = (span: Span): string => span.resource.service + SEPARATOR + operationOf(span);
