import type { Attributes } from "./attributes.ts";
import type { Instant } from "./instant.ts";

export const spanKinds = ["unspecified", "internal", "server", "client", "producer", "consumer"] as const;
/** In the order of OTLP's numbers. */
export type SpanKind = (typeof spanKinds)[number];

export const spanStatuses = ["unset", "ok", "error"] as const;
export type SpanStatus = (typeof spanStatuses)[number];

/** Shared by all spans that arrived under it. */
export type Resource = {
  /** `service.name`, or `unknown_service` as the specification says. */
  readonly service: string;
  readonly attributes: Attributes;
};

export type Scope = { readonly name: string; readonly version: string };

export type SpanEvent = {
  readonly name: string;
  readonly time: Instant;
  readonly attributes: Attributes;
};

export type SpanLink = {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
};

/** One span as it is kept. Ids are lower-case hex; `parentSpanId` is "" for a root. */
export type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly resource: Resource;
  readonly scope: Scope;
  readonly start: Instant;
  /** Never negative: a span whose end precedes its start is refused. */
  readonly durationNs: number;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  /** By the sender and by our own limits together. */
  readonly droppedAttributes: number;
  readonly droppedEvents: number;
  readonly droppedLinks: number;
};
