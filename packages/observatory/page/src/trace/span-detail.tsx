import type { JSX } from "preact";
import type { AttributePair, SpanView } from "../../../src/api-types.ts";
import { traceHref, tracesHref } from "../frame/address.ts";
import { formatNs } from "../format/quantities.ts";
import { ServiceName } from "../format/service-name.tsx";
import { formatUnixNano } from "../format/time.ts";
import { statusText } from "./span-status.tsx";
import { MARKS } from "./waterfall-row.tsx";

/** Everything that is known of a span, as it was sent. */
export function SpanDetail({ span, onClose }: { span: SpanView; onClose: () => void }): JSX.Element {
  return (
    <section class="span-detail" aria-label="Span detail" data-testid="span-detail">
      <div class="span-detail-head">
        <ServiceName service={span.service} />
        <button type="button" class="button-link" onClick={onClose}>
          Close
        </button>
      </div>
      <h3>{span.name}</h3>
      {span.statusMessage === "" ? null : <p class="wrong">{span.statusMessage}</p>}
      {span.marks.map((mark) => (
        <p key={mark} class="notice">
          <b>{MARKS[mark][0]}</b>: {MARKS[mark][1]}
        </p>
      ))}
      <dl class="pairs">{facts(span).map(pairRow)}</dl>
      <Events span={span} />
      <Links span={span} />
      <Attributes title="Attributes" pairs={span.attributes} searchable />
      {span.droppedAttributes > 0 ? (
        <p class="quiet">{span.droppedAttributes} attributes were dropped.</p>
      ) : null}
      <Attributes title="Process" pairs={span.resource} />
    </section>
  );
}

const facts = (span: SpanView): AttributePair[] => [
  ["status", statusText(span)],
  ["kind", span.kind],
  ["took", formatNs(span.durationNs)],
  ["starts after", formatNs(span.offsetNs)],
  ["raw start", formatUnixNano(span.startUnixNano)],
  ["raw end", formatUnixNano(String(BigInt(span.startUnixNano) + BigInt(Math.round(span.durationNs))))],
  ["span", span.spanId],
  ["parent", span.parentSpanId === "" ? "none: a root" : span.parentSpanId],
  ["scope", span.scope],
];

const pairRow = ([key, value]: AttributePair, at: number): JSX.Element => (
  <div key={at}>
    <dt>{key}</dt>
    <dd>{value}</dd>
  </div>
);

function Attributes(props: {
  title: string;
  pairs: readonly AttributePair[];
  searchable?: boolean;
}): JSX.Element | null {
  const { title, pairs, searchable = false } = props;
  if (pairs.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <dl class="pairs">
        {pairs.map(([key, value], at) => (
          <div key={at}>
            <dt>{key}</dt>
            <dd>
              {value}{" "}
              {searchable ? (
                <a
                  class="row-action"
                  href={tracesHref({ attr: `${key}=${value}` })}
                  aria-label={`find traces with this ${key}`}
                >
                  find
                </a>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Events({ span: { events } }: { span: SpanView }): JSX.Element | null {
  if (events.length === 0) return null;
  return (
    <>
      <h4>Events</h4>
      {events.map((event, at) => (
        <details key={at} class="span-event" open={event.name === "exception"}>
          <summary>
            {event.name} <span class="quiet">at {formatNs(event.offsetNs)}</span>
          </summary>
          <dl class="pairs">{event.attributes.map(pairRow)}</dl>
        </details>
      ))}
    </>
  );
}

function Links({ span: { links } }: { span: SpanView }): JSX.Element | null {
  if (links.length === 0) return null;
  return (
    <>
      <h4>Links</h4>
      <ul>
        {links.map(({ direction, traceId, spanId, available }, at) => (
          <li key={at}>
            {direction === "out" ? "caused by " : "went on in "}
            {available ? (
              <a href={traceHref(traceId, spanId)}>trace {traceId.slice(0, 8)}</a>
            ) : (
              `trace ${traceId.slice(0, 8)}, which is not here`
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
