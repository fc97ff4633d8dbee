import { useEffect } from "preact/hooks";
import type { TraceDetail } from "../../../src/api-types.ts";
import { useLive } from "../live/live-feed.ts";
import { useAnswer, type Answer } from "../live/use-answer.ts";

const RETRY_MISSING_MS = 1_000;

/** A trace, asked for again while it grows, or while none of its spans has arrived. */
export function useTrace(traceId: string): Answer<TraceDetail> {
  const { snapshot } = useLive();
  const answer = useAnswer<TraceDetail>(`/api/traces/${encodeURIComponent(traceId)}`);
  const { body, problem, reload } = answer;

  const arrived = snapshot?.traces.find((trace) => trace.traceId === traceId)?.spans ?? 0;
  const known = body?.summary.spans ?? 0;
  useEffect(() => {
    if (body !== null && arrived > known) reload();
  }, [arrived, known, body, reload]);

  const mayYetArrive = problem !== null && !problem.evicted;
  useEffect(() => {
    if (!mayYetArrive) return undefined;
    const retry = setTimeout(reload, RETRY_MISSING_MS);
    return () => clearTimeout(retry);
  }, [mayYetArrive, problem, reload]);

  return answer;
}
