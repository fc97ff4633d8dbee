import { setImmediate as nextTurn } from "node:timers/promises";
import type { Alerts, Exemplars, QueryAnswer, RangeAnswer, Rules, Targets } from "../api-types.ts";
import {
  viewAlert,
  viewAnswer,
  viewExemplar,
  viewRange,
  viewRule,
  viewTarget,
} from "../metrics/metric-views.ts";
import type { Monitoring } from "../metrics/monitoring.ts";
import { PromqlError } from "../promql/promql-error.ts";
import type { RangeStep, Steps } from "../promql/query.ts";
import { parseExemplarQuery, parseInstantQuery, parseRangeQuery } from "./metric-query.ts";
import { HttpProblem } from "./problem.ts";
import { sendJson } from "./respond.ts";
import type { Exchange, Route } from "./router.ts";

/** Between two breaths for other requests. */
const STEPS_AT_ONCE = 10;
/** Nobody waits longer, and what nobody waits for must not go on. */
const MOST_MS = 5_000;

/** What Prometheus would answer: queries, and the state of targets, rules and alerts. */
export function createMetricRoutes({
  monitoring,
  now,
}: {
  monitoring: Monitoring;
  now: () => number;
}): Route[] {
  const answering =
    <Answer>(answer: (query: URLSearchParams) => Answer | Promise<Answer>) =>
    async ({ query, response }: Exchange): Promise<void> => {
      try {
        sendJson(response, await answer(query));
      } catch (cause) {
        if (!(cause instanceof PromqlError)) throw cause;
        throw new HttpProblem(400, "Query not understood", sentence(cause.message), { cause });
      }
    };

  const get = <Answer>(
    path: string,
    answer: (query: URLSearchParams) => Answer | Promise<Answer>,
  ): Route => ({
    method: "GET",
    path,
    handle: answering(answer),
  });

  return [
    get("/api/query", (given): QueryAnswer => {
      const { query, at } = parseInstantQuery(given);
      return viewAnswer(monitoring.query(query, at));
    }),
    get("/api/query-range", async (given): Promise<RangeAnswer> => {
      const { query, steps } = parseRangeQuery(given, now());
      return viewRange(await inBreaths(monitoring, query, steps), steps);
    }),
    get("/api/targets", (): Targets => {
      const { series, refusedSeries } = monitoring.storage();
      return { targets: monitoring.targets().map(viewTarget), series, refusedSeries };
    }),
    get("/api/rules", (): Rules => ({ rules: monitoring.rules().map(viewRule) })),
    get("/api/alerts", (): Alerts => ({ alerts: monitoring.alerts().map(viewAlert) })),
    get("/api/exemplars", (given): Exemplars => {
      const { query } = parseExemplarQuery(given);
      return { exemplars: monitoring.exemplars(query).map(viewExemplar) };
    }),
  ];
}

/** A range may take long: telemetry and other pages must not wait for it. @throws {PromqlError} */
async function inBreaths(
  monitoring: Monitoring,
  query: string,
  { fromMs, toMs, stepMs }: Steps,
): Promise<readonly RangeStep[]> {
  const startedAt = performance.now();
  const answered: RangeStep[] = [];
  for (let from = fromMs; from <= toMs; from += STEPS_AT_ONCE * stepMs) {
    const to = Math.min(toMs, from + (STEPS_AT_ONCE - 1) * stepMs);
    answered.push(...monitoring.queryRange(query, { fromMs: from, toMs: to, stepMs }));
    if (performance.now() - startedAt > MOST_MS)
      throw new HttpProblem(422, "Query too expensive", "Ask for a shorter time, or for fewer series.");
    await nextTurn();
  }
  return answered;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
