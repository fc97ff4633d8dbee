import { setTimeout as sleep } from "node:timers/promises";
import type { Mall } from "@mall/launcher";
import { z } from "zod";

const overview = z.object({ telemetry: z.object({ accepted: z.number(), traces: z.number() }) });
const traces = z.object({ traces: z.array(z.object({ badges: z.array(z.string()) })) });
const oneTrace = z.object({ spans: z.array(z.object({ spanId: z.string(), durationNs: z.number() })) });

/** Spans that the observatory has taken since it was started. */
export async function spansTaken(mall: Mall): Promise<number> {
  return overview.parse(await ask(mall, "/api/overview")).telemetry.accepted;
}

/** Of the newest traces, those in which nothing is missing; NaN when there are none. */
export async function shareOfCompleteTraces(mall: Mall): Promise<number> {
  const found = traces.parse(await ask(mall, "/api/traces?limit=200")).traces;
  return found.filter(({ badges }) => badges.length === 0).length / found.length;
}

/** Milliseconds of the span that a traceparent names, as soon as the observatory has it. */
export async function spanMs(mall: Mall, traceparent: string): Promise<number> {
  const [, traceId = "", spanId] = traceparent.split("-");
  for (let tries = 0; tries < 50; tries += 1) {
    await sleep(100);
    const { spans } = oneTrace
      .catch({ spans: [] })
      .parse(await ask(mall, `/api/traces/${traceId}`).catch(() => ({})));
    const found = spans.find((span) => span.spanId === spanId);
    if (found) return found.durationNs / 1e6;
  }
  throw new Error(`The observatory never got the span ${traceparent}.`);
}

async function ask(mall: Mall, path: string): Promise<unknown> {
  const observatory = mall.services["observatory"];
  if (!observatory) throw new Error("The mall runs without its observatory.");
  const response = await fetch(`${observatory.url}${path}`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`The observatory answered ${response.status} to ${path}.`);
  return response.json();
}
