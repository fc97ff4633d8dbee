import { context, type Link, propagation, ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import { z } from "zod";
import { annotate, type MallAttributes } from "../telemetry/attributes.ts";
import { inSpan } from "../telemetry/in-span.ts";

const tracer = trace.getTracer("@mall/kit/events");

/**
 * A CloudEvent (CNCF, version 1.0, structured JSON) with the distributed tracing extension: `traceparent` names the
 * span in which the event arose, so that whoever handles it, whenever that is, can link to it.
 */
export const cloudEvent = <T extends z.ZodType<string>, D extends z.ZodType>(type: T, data: D) =>
  z.object({
    specversion: z.literal("1.0"),
    id: z.uuid(),
    source: z.string().min(1),
    type,
    time: z.iso.datetime(),
    traceparent: z.string().optional(),
    baggage: z.string().optional(),
    data,
  });

export interface CloudEvent<Type extends string = string, Data = unknown> {
  specversion: "1.0";
  id: string;
  source: string;
  type: Type;
  time: string;
  traceparent?: string | undefined;
  /** W3C baggage of the request in which the event arose; it goes on with every delivery. */
  baggage?: string | undefined;
  data: Data;
}

/** Makes an event in a PRODUCER span of the current trace; the event carries that span's context. */
export function produceEvent<Type extends string, Data>(
  event: Pick<CloudEvent<Type, Data>, "id" | "source" | "type" | "data">,
): CloudEvent<Type, Data> {
  const span = tracer.startSpan(`send ${event.type}`, {
    kind: SpanKind.PRODUCER,
    attributes: { ...messaging(event), "messaging.operation.type": "send" },
  });
  const carrier: { traceparent?: string; baggage?: string } = {};
  propagation.inject(trace.setSpan(context.active(), span), carrier);
  span.end();
  return {
    specversion: "1.0",
    time: new Date().toISOString(),
    ...(carrier.traceparent && { traceparent: carrier.traceparent }),
    ...(carrier.baggage && { baggage: carrier.baggage }),
    ...event,
  };
}

/**
 * Handles an event in a CONSUMER span that links to the span in which the event arose (OpenTelemetry messaging
 * conventions). `handle` says whether the event was new; a duplicate has no effect and is marked.
 */
export async function consumeEvent(
  event: CloudEvent,
  handle: () => Promise<"handled" | "duplicate">,
): Promise<void> {
  const description = {
    kind: SpanKind.CONSUMER,
    attributes: { ...messaging(event), "messaging.operation.type": "process" },
    links: linksTo(event.traceparent),
  };
  await inSpan(`process ${event.type}`, description, async () => {
    annotate({ "mall.event.duplicate": (await handle()) === "duplicate" });
  });
}

/** Links to the span that a `traceparent` names; none when there is no such span. */
export function linksTo(traceparent: string | undefined): Link[] {
  if (!traceparent) return [];
  const origin = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent }));
  return origin ? [{ context: origin }] : [];
}

const messaging = (event: Pick<CloudEvent, "id" | "type">): MallAttributes & Record<string, string> => ({
  "messaging.system": "outbox",
  "messaging.destination.name": event.type,
  "messaging.message.id": event.id,
  "mall.event.id": event.id,
  "mall.event.type": event.type,
});
