import type { LogRecord } from "../otlp/decode-logs.ts";

/** Enough to read; a request that logs more has another problem. */
const LINES_PER_TRACE = 200;

export type LogStore = ReturnType<typeof createLogStore>;

export type LogCounts = {
  /** Always kept + evicted + dropped. */
  readonly accepted: number;
  readonly kept: number;
  readonly evicted: number;
  /** Of no trace, or more than are kept of one. */
  readonly dropped: number;
};

/** Log lines by trace, the oldest trace's first to go. Lines and spans of a trace arrive in any order. */
export function createLogStore({ maxLines = 20_000 }: { maxLines?: number } = {}) {
  const byTrace = new Map<string, LogRecord[]>();
  const counts = { accepted: 0, kept: 0, evicted: 0, dropped: 0 };

  function add(record: LogRecord): void {
    counts.accepted += 1;
    const lines = byTrace.get(record.traceId) ?? [];
    if (record.traceId === "" || lines.length >= LINES_PER_TRACE) {
      counts.dropped += 1;
      return;
    }
    lines.push(record);
    byTrace.set(record.traceId, lines);
    counts.kept += 1;
    evictUntilItFits();
  }

  function evictUntilItFits(): void {
    for (const [traceId, lines] of byTrace) {
      if (counts.kept <= maxLines) return;
      byTrace.delete(traceId);
      counts.kept -= lines.length;
      counts.evicted += lines.length;
    }
  }

  return {
    add,
    linesOf: (traceId: string): readonly LogRecord[] => byTrace.get(traceId) ?? [],
    counts: (): LogCounts => ({ ...counts }),
  };
}
