import type { Span } from "../otlp/span.ts";

/** A span of another trace that links here: the mail that an order caused. */
export type InboundLink = {
  readonly traceId: string;
  readonly spanId: string;
  readonly targetSpanId: string;
};

/** More links to one trace than a reader can follow are not indexed. */
const LINKS_PER_TRACE = 200;

/** Span links, found from the trace that they point to. Entries live as long as the trace that holds the link. */
export function createLinkIndex() {
  const byTarget = new Map<string, InboundLink[]>();

  return {
    add(span: Span): void {
      for (const { traceId: target, spanId: targetSpanId } of span.links) {
        const inbound = byTarget.get(target) ?? [];
        if (inbound.length >= LINKS_PER_TRACE) continue;
        inbound.push({ traceId: span.traceId, spanId: span.spanId, targetSpanId });
        byTarget.set(target, inbound);
      }
    },

    removeFrom(spans: readonly Span[]): void {
      for (const { traceId, links } of spans) {
        for (const { traceId: target } of links) {
          const rest = byTarget.get(target)?.filter((inbound) => inbound.traceId !== traceId) ?? [];
          if (rest.length > 0) byTarget.set(target, rest);
          else byTarget.delete(target);
        }
      }
    },

    linksTo: (traceId: string): readonly InboundLink[] => byTarget.get(traceId) ?? [],
  };
}
