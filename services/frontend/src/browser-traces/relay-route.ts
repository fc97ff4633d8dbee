import { Problem, type Route, route } from "@mall/kit";
import type { OpenVisit } from "../visit.ts";
import { acceptedSpans, browserSpans } from "./browser-spans.ts";
import type { Collector } from "./collector.ts";
import { createRateLimit } from "./rate-limit.ts";

interface Dependencies {
  openVisit: OpenVisit;
  /** Undefined when traces are sent nowhere. */
  collector: Collector | undefined;
  /** Of the page's script. */
  version: string | undefined;
}

/**
 * Takes the spans that the shop's own pages post (cross-site posts are refused for every route) and passes them on.
 * The answer waits for nothing.
 */
export function browserTraceRoute({ openVisit, collector, version }: Dependencies): Route {
  const perSession = createRateLimit({ burst: 40, perSecond: 4 });
  // Shoppers who have nothing yet that a session would be kept for share one bucket; so do all sessions, in the end,
  // because whoever wants many of them is given them.
  const shared = createRateLimit({ burst: 300, perSecond: 150 });

  return route({
    method: "post",
    path: "/otlp/v1/traces",
    summary: "Spans of the shop's pages, as OTLP in JSON, on their way to the collector",
    body: browserSpans,
    mostBodyKb: 64,
    untraced: true, // or sending spans would make spans
    answers: { 202: null },
    problems: [403, 413, 415, 422, 429],
    handle({ body, request, response }) {
      const { session } = openVisit(request, response);
      if (!shared.take(session ? "sessions" : "none") || (session && !perSession.take(session)))
        throw new Problem(429, "too-many-spans", "Too many spans. Send fewer.", { retryAfter: 10 });
      const spans = acceptedSpans(body, version);
      collector?.send(spans);
      return { status: 202 };
    },
  });
}
