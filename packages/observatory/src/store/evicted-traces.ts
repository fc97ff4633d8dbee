/**
 * Which spans recently evicted traces had. An exporter that retries must not make an evicted trace come back as a
 * fragment, nor count a span twice.
 */
export function createEvictedTraces({ capacity }: { capacity: number }) {
  /** Oldest first. `size` is the number of span ids in all of them. */
  const traces = new Map<string, Set<string>>();
  let size = 0;

  function forgetOldest(): void {
    for (const [traceId, spanIds] of traces) {
      if (size <= capacity) return;
      traces.delete(traceId);
      size -= spanIds.size;
    }
  }

  return {
    has: (traceId: string): boolean => traces.has(traceId),

    remember(traceId: string, spanIds: Set<string>): void {
      traces.set(traceId, spanIds);
      size += spanIds.size;
      forgetOldest();
    },

    /** For a trace that is brought back from a file. */
    forget(traceId: string): void {
      size -= traces.get(traceId)?.size ?? 0;
      traces.delete(traceId);
    },

    /** False when this very span had already been accepted. */
    addLate(traceId: string, spanId: string): boolean {
      const spanIds = traces.get(traceId);
      if (spanIds === undefined || spanIds.has(spanId)) return false;
      spanIds.add(spanId);
      size += 1;
      forgetOldest();
      return true;
    },
  };
}
