import { runTraffic, type TrafficResults } from "@mall/loadgenerator";
import type { Timeline } from "./timeline.ts";

export interface Requests {
  /** Pages asked for. */
  total: number;
  /** Those that did not show what they should; a visit ends with its first. */
  failed: number;
  problems: TrafficResults["problems"];
}

export interface Shoppers {
  /** What was asked so far. */
  soFar(): Requests;
  /** Lets those under way finish. */
  leave(): Promise<Requests>;
}

/** Sends shoppers in by the gateway, steadily, until they are told to leave; a page they miss is a failed request. */
export function sendShoppers(url: string, visitsPerSecond: number, timeline: Timeline): Shoppers {
  const stop = new AbortController();
  let latest: Requests = { total: 0, failed: 0, problems: [] };
  const onProgress = (results: TrafficResults) => {
    const requests = countRequests(results);
    timeline.sample("requests/s", requests.total - latest.total);
    timeline.sample("failed requests/s", requests.failed - latest.failed);
    if (requests.failed > latest.failed)
      timeline.note(
        "users",
        `${requests.failed - latest.failed} failed: ${requests.problems[0]?.reason ?? ""}`,
      );
    latest = requests;
  };
  const left = runTraffic({
    url,
    rate: visitsPerSecond,
    durationMs: Infinity,
    seed: Math.floor(Math.random() * 1e6),
    signal: stop.signal,
    onProgress,
  });
  return {
    soFar: () => latest,
    async leave() {
      stop.abort();
      return countRequests(await left);
    },
  };
}

function countRequests({ steps, failed, problems }: TrafficResults): Requests {
  return { total: steps.reduce((sum, { requests }) => sum + requests, 0), failed, problems };
}

/** As a share of all, in percent. */
export const failedPercent = ({ total, failed }: Pick<Requests, "total" | "failed">): number =>
  total === 0 ? 0 : (failed / total) * 100;

export const between = (before: Requests, after: Requests): Pick<Requests, "total" | "failed"> => ({
  total: after.total - before.total,
  failed: after.failed - before.failed,
});
