import { addNanos } from "../otlp/instant.ts";
import type { Span } from "../otlp/span.ts";

/** A clock that is further off cannot be believed: a browser's may be wrong by hours. */
const OLDEST_MS = 120_000;

/**
 * When a request counts: when it ended, by its own clock. Services export in batches of seconds, so the time of
 * arrival would make every rate jump.
 */
export function eventTime(span: Span, now: number): number {
  const { ms } = addNanos(span.start, span.durationNs);
  return ms > now || now - ms > OLDEST_MS ? now : ms;
}
