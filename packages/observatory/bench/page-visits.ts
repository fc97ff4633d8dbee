import { setTimeout as wait } from "node:timers/promises";
import type { TraceList } from "../src/api-types.ts";

const EVERY_MS = 500;

export type Visits = { readonly search: number[]; readonly open: number[]; readonly overview: number[] };

/** Somebody who searches, opens what was found and looks at the overview, twice a second. Times are milliseconds. */
export async function visitPage(url: string, signal: AbortSignal): Promise<Visits> {
  const visits: Visits = { search: [], open: [], overview: [] };
  const timed = async <Answer>(path: string, times: number[]): Promise<Answer> => {
    const started = performance.now();
    const answer = (await (await fetch(url + path)).json()) as Answer;
    times.push(performance.now() - started);
    return answer;
  };
  while (!signal.aborted) {
    const { traces } = await timed<TraceList>(
      "/api/traces?attr=http.response.status_code=500",
      visits.search,
    );
    const [first] = traces;
    if (first) await timed(`/api/traces/${first.traceId}`, visits.open);
    await timed("/api/overview", visits.overview);
    await wait(EVERY_MS);
  }
  return visits;
}
