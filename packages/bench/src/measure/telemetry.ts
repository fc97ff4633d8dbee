import type { Mall } from "@mall/launcher";
import { z } from "zod";

const overview = z.object({ telemetry: z.object({ accepted: z.number(), traces: z.number() }) });
const traces = z.object({ traces: z.array(z.object({ badges: z.array(z.string()) })) });

/** Spans that the observatory has taken since it was started. */
export async function spansTaken(mall: Mall): Promise<number> {
  return overview.parse(await ask(mall, "/api/overview")).telemetry.accepted;
}

/** Of the newest traces, those in which nothing is missing; NaN when there are none. */
export async function shareOfCompleteTraces(mall: Mall): Promise<number> {
  const found = traces.parse(await ask(mall, "/api/traces?limit=200")).traces;
  return found.filter(({ badges }) => badges.length === 0).length / found.length;
}

async function ask(mall: Mall, path: string): Promise<unknown> {
  const observatory = mall.services["observatory"];
  if (!observatory) throw new Error("The mall runs without its observatory.");
  const response = await fetch(`${observatory.url}${path}`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`The observatory answered ${response.status} to ${path}.`);
  return response.json();
}
