import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { TraceDetail } from "../../../src/api-types.ts";
import { navigate, withQuery, type Address } from "../frame/address.ts";
import { Panel } from "../frame/panel.tsx";
import { useTitle } from "../frame/use-title.ts";
import { CriticalPathSummary } from "./critical-path-summary.tsx";
import { LinkedTraces } from "./linked-traces.tsx";
import { LogLines } from "./log-lines.tsx";
import { MissingTrace } from "./missing-trace.tsx";
import { RootCausePanel } from "./root-cause-panel.tsx";
import { SpanDetail } from "./span-detail.tsx";
import { TraceHead } from "./trace-head.tsx";
import { useTrace } from "./use-trace.ts";
import { Waterfall } from "./waterfall.tsx";
import { selectSpans, WaterfallFilters, type SpanSelection } from "./waterfall-filters.tsx";

export function TraceView({ traceId, address }: { traceId: string; address: Address }): JSX.Element {
  const { body, problem } = useTrace(traceId);
  useTitle(body === null ? "Trace" : `${body.summary.operation} · ${traceId.slice(0, 8)}`);
  return body === null ? (
    <MissingTrace traceId={traceId} problem={problem} />
  ) : (
    <Trace trace={body} address={address} />
  );
}

function Trace({ trace, address }: { trace: TraceDetail; address: Address }): JSX.Element {
  const [selection, setSelection] = useState<SpanSelection>({ text: "", only: "all" });
  const [showPath, setShowPath] = useState(true);
  const spanId = address.query.get("span") ?? "";
  const chosen = trace.spans.find((span) => span.spanId === spanId);
  const spans = useMemo(() => selectSpans(trace, selection), [trace, selection]);
  const choose = (next: string): void => navigate(withQuery(address, { span: next }), { replace: true });

  return (
    <>
      <TraceHead trace={trace} />
      {trace.rootCause === null ? null : (
        <RootCausePanel trace={trace} cause={trace.rootCause} onShow={choose} />
      )}
      <LinkedTraces links={trace.links} spans={trace.spans} />
      <Panel
        title="Waterfall"
        cluster={{ tool: "Jaeger", query: `/trace/${trace.summary.traceId}` }}
        actions={
          <WaterfallFilters
            selection={selection}
            onChange={setSelection}
            showPath={showPath}
            onShowPath={setShowPath}
            shown={spans.length}
            all={trace.spans.length}
          />
        }
      >
        <div class={`trace-body${chosen === undefined ? "" : " with-detail"}`}>
          <Waterfall
            spans={spans}
            durationMs={trace.summary.durationMs}
            path={showPath ? trace.criticalPath : null}
            cause={trace.rootCause?.spanId ?? null}
            chosen={spanId}
            onChoose={choose}
          />
          {chosen === undefined ? null : <SpanDetail span={chosen} onClose={() => choose("")} />}
        </div>
      </Panel>
      <CriticalPathSummary path={trace.criticalPath} traceId={trace.summary.traceId} />
      <LogLines lines={trace.logs} startMs={trace.summary.startMs} onChoose={choose} />
    </>
  );
}
