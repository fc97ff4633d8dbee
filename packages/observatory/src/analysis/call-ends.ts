import type { Span } from "../otlp/span.ts";
import { calleeHint, serverAddress, type CalleeHint } from "./callee-hint.ts";
import { eventTime } from "./event-time.ts";
import { outcomeOf, wasAnswered, type Outcome } from "./outcome.ts";

type End = {
  readonly service: string;
  readonly outcome: Outcome;
  readonly durationNs: number;
  /** When it ended. */
  readonly at: number;
};

/** The end that asks: a CLIENT or PRODUCER span. */
export type Caller = End & {
  readonly isProducer: boolean;
  readonly hint: CalleeHint | null;
  readonly address: string | null;
  /** It failed without any answer. */
  readonly refused: boolean;
  /** Counted already: by an answering span, or because nobody can answer. */
  counted: boolean;
};

/** The end that answers: a SERVER or CONSUMER span. */
export type Answer = End & {
  readonly isConsumer: boolean;
  /** Linked to its events: whatever carried them here (a relay's HTTP call) is not a second cause. */
  readonly linked: boolean;
  paired: boolean;
};

export function readCaller(span: Span, now: number): Caller {
  const end = readEnd(span, now);
  const isProducer = span.kind === "producer";
  return {
    ...end,
    isProducer,
    hint: calleeHint(span.attributes),
    address: serverAddress(span.attributes),
    refused: end.outcome === "error" && !isProducer && !wasAnswered(span),
    counted: false,
  };
}

export function readAnswer(span: Span, now: number): Answer {
  const isConsumer = span.kind === "consumer";
  return { ...readEnd(span, now), isConsumer, linked: isConsumer && span.links.length > 0, paired: false };
}

const readEnd = (span: Span, now: number): End => ({
  service: span.resource.service,
  outcome: outcomeOf(span),
  durationNs: span.durationNs,
  at: eventTime(span, now),
});

export const ownKey = ({ traceId, spanId }: Pick<Span, "traceId" | "spanId">): string => traceId + spanId;

/** A consumer's caller may be its parent or any span it links to (a batch has several); each only once. */
export function callerKeys(span: Span): Set<string> {
  const keys = new Set<string>();
  if (span.parentSpanId !== "") keys.add(ownKey({ traceId: span.traceId, spanId: span.parentSpanId }));
  if (span.kind === "consumer") for (const link of span.links) keys.add(ownKey(link));
  return keys;
}
