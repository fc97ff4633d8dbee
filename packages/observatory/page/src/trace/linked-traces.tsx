import type { JSX } from "preact";
import type { SpanView, TraceDetail } from "../../../src/api-types.ts";
import { traceHref } from "../frame/address.ts";
import { InCluster } from "../frame/panel.tsx";
import { ServiceName } from "../format/service-name.tsx";
import { useAnswer } from "../live/use-answer.ts";

const SHOWN = 8;

type Link = TraceDetail["links"][number];

/** From an order to its mail and back: work that goes on in another trace because nobody waits for it. */
export function LinkedTraces({
  links,
  spans,
}: {
  links: readonly Link[];
  spans: readonly SpanView[];
}): JSX.Element | null {
  if (links.length === 0) return null;
  const bySpan = new Map(spans.map((span) => [span.spanId, span]));
  return (
    <section class="linked" aria-label="Linked traces" data-testid="linked-traces">
      <h2>Linked traces</h2>
      <ul>
        {links.slice(0, SHOWN).map((link) => (
          <li key={`${link.direction}${link.ownSpanId}${link.traceId}${link.spanId}`}>
            <LinkLine link={link} own={bySpan.get(link.ownSpanId)} />
          </li>
        ))}
      </ul>
      {links.length > SHOWN ? (
        <p class="quiet">and {links.length - SHOWN} more, shown on their spans</p>
      ) : null}
      <InCluster tool="Jaeger" query={`/trace/${links[0]?.traceId ?? ""}, from the References of a span`} />
    </section>
  );
}

function LinkLine({ link, own }: { link: Link; own: SpanView | undefined }): JSX.Element {
  const { body } = useAnswer<TraceDetail>(
    link.available ? `/api/traces/${encodeURIComponent(link.traceId)}` : null,
  );
  const target = body?.spans.find(({ spanId }) => spanId === link.spanId);
  return (
    <>
      <span class="quiet">{link.direction === "out" ? "Caused by" : "Went on in"}</span>{" "}
      {target === undefined ? null : <ServiceName service={target.service} />}{" "}
      {link.available ? (
        <a href={traceHref(link.traceId, link.spanId)}>
          {target?.name ?? `trace ${link.traceId.slice(0, 8)}`}
        </a>
      ) : (
        <>
          trace {link.traceId.slice(0, 8)} <span class="badge">not here</span>
        </>
      )}
      {own === undefined ? null : <span class="quiet"> at {own.name}</span>}
    </>
  );
}
