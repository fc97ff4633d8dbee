import type { JSX } from "preact";
import type { RootCause, TraceDetail } from "../../../src/api-types.ts";
import { InCluster } from "../frame/panel.tsx";
import { ServiceName } from "../format/service-name.tsx";

type RootCauseProps = {
  readonly trace: TraceDetail;
  readonly cause: RootCause;
  readonly onShow: (spanId: string) => void;
};

/** Where the failure began: the deepest failing span, and what it said. */
export function RootCausePanel({ trace, cause, onShow }: RootCauseProps): JSX.Element {
  const { summary } = trace;
  const { exception, answeredBy, unansweredBy, statusMessage } = cause;
  return (
    <section class="root-cause" aria-label="Root cause" data-testid="root-cause">
      <h2>Root cause</h2>
      <p class="root-cause-where">
        <ServiceName service={cause.service} /> <b>{cause.operation}</b>
      </p>
      {exception === null ? null : (
        <p>
          <b>{exception.type}</b>
          {exception.type !== "" && exception.message !== "" ? ": " : ""}
          {exception.message}
        </p>
      )}
      {exception === null && statusMessage !== "" ? <p>{statusMessage}</p> : null}
      {answeredBy === null ? null : (
        <p>
          {answeredBy.refused ? "Refused by" : "Waited for"} <ServiceName service={answeredBy.service} />{" "}
          {answeredBy.operation}
        </p>
      )}
      {unansweredBy === null ? null : (
        <p>
          Not answered by <ServiceName service={unansweredBy} />
        </p>
      )}
      <p class="quiet">{verdict(cause, summary.failed)}</p>
      <p class="actions">
        <button type="button" class="button" onClick={() => onShow(cause.spanId)}>
          Show the root cause
        </button>
        {answeredBy === null ? null : (
          <button type="button" class="button button-quiet" onClick={() => onShow(answeredBy.spanId)}>
            {answeredBy.refused ? "Show who refused" : "Show who was waited for"}
          </button>
        )}
      </p>
      {exception === null || exception.stacktrace === "" ? null : (
        <details>
          <summary>Stack trace</summary>
          <pre tabIndex={0}>{exception.stacktrace}</pre>
        </details>
      )}
      <InCluster tool="Jaeger" query={`/trace/${summary.traceId}?uiFind=error`} />
    </section>
  );
}

function verdict({ explainsRoot, path }: RootCause, rootFailed: boolean): string {
  if (explainsRoot) {
    return path.length < 2
      ? "It is the request itself."
      : `Every one of the ${path.length} spans above it failed with it: this is what the request reports.`;
  }
  return rootFailed
    ? "A span between it and the request did not fail: the request may have failed for another reason."
    : "The request itself is not marked as failed: it was refused (4xx), or somebody above tried again or did without.";
}
