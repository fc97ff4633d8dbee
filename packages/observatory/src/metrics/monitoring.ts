import type { AlertInstance } from "../rules/alert-state.ts";
import { parseRuleFile } from "../rules/rule-file.ts";
import { createRuleEngine, type RuleHealth } from "../rules/rule-engine.ts";
import type { Value } from "../promql/evaluate.ts";
import { parseQuery } from "../promql/parser.ts";
import { queryInstant, queryRange, type RangeStep, type Steps } from "../promql/query.ts";
import { selectorsOf } from "../promql/expression-parts.ts";
import { createExemplarStore, type Exemplar } from "./exemplar-store.ts";
import { createMetricStorage } from "./metric-storage.ts";
import { createScraper } from "./scraper.ts";
import type { Target } from "./target.ts";
import type { TargetHealth } from "./target-scrape.ts";

export const SCRAPE_MS = 2_000;
export const EVALUATION_MS = 6_000;
/** A timer is never exact: what is due this soon is due. */
const SLACK_MS = 200;
const MOST_EXEMPLARS = 100;

export type MonitoringOptions = {
  readonly targets: readonly Target[];
  /** The text of a Prometheus rules file; null for none. */
  readonly rules: string | null;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly scrapeTimeoutMs?: number;
  /** Milliseconds from one scrape to the next, and from one evaluation of the rules to the next. */
  readonly scrapeMs?: number | undefined;
  readonly evaluationMs?: number | undefined;
};

/** Times are milliseconds since 1970. */
export type Monitoring = {
  /** To be called about once a second: scrapes and evaluates what is due. Resolves when that is done; never rejects. */
  readonly tick: () => Promise<void>;
  /** @throws {PromqlError} whose message is a sentence for the person who wrote the query */
  readonly query: (query: string, atMs?: number) => Value;
  /** @throws {PromqlError} */
  readonly queryRange: (query: string, steps: Steps) => readonly RangeStep[];
  /** Traces that the series which a query selects name as examples, newest first. @throws {PromqlError} */
  readonly exemplars: (query: string) => readonly Exemplar[];
  readonly targets: () => readonly TargetHealth[];
  /** Whether every instance of a service that is scraped failed to answer the last time. */
  readonly isDown: (service: string) => boolean;
  readonly rules: () => readonly RuleHealth[];
  readonly alerts: () => readonly AlertInstance[];
  /** The instant of the last evaluation of the rules that is complete; null before the first. */
  readonly evaluatedAtMs: () => number | null;
  readonly storage: () => { readonly series: number; readonly refusedSeries: number; readonly bytes: number };
};

/** What Prometheus is to the cluster: scrapes, keeps, answers and alerts. @throws {RuleFileError} */
export function createMonitoring({
  targets,
  rules,
  now = Date.now,
  scrapeTimeoutMs,
  scrapeMs = SCRAPE_MS,
  evaluationMs = EVALUATION_MS,
}: MonitoringOptions): Monitoring {
  const storage = createMetricStorage();
  const exemplars = createExemplarStore();
  const scraper = createScraper({
    targets,
    storage,
    exemplars,
    ...(scrapeTimeoutMs !== undefined && { timeoutMs: scrapeTimeoutMs }),
  });
  const engine = createRuleEngine(rules === null ? [] : parseRuleFile(rules), storage);
  let scrapedAtMs = Number.NEGATIVE_INFINITY;
  let evaluatedAtMs = Number.NEGATIVE_INFINITY;
  let completedAtMs: number | null = null;
  let underWay: Promise<void> | undefined;

  async function scrapeAndEvaluate(): Promise<void> {
    scrapedAtMs = now();
    await scraper.scrape(scrapedAtMs);
    const atMs = now();
    if (atMs - evaluatedAtMs < evaluationMs - SLACK_MS) return;
    evaluatedAtMs = atMs;
    await engine.evaluate(atMs);
    completedAtMs = atMs;
  }

  return {
    tick() {
      const due = now() - scrapedAtMs >= scrapeMs - SLACK_MS;
      if (due) underWay ??= scrapeAndEvaluate().finally(() => (underWay = undefined));
      return underWay ?? Promise.resolve();
    },
    query: (query, atMs = now()) => queryInstant(query, storage, atMs),
    queryRange: (query, steps) => queryRange(query, storage, steps),
    exemplars: (query) =>
      exemplars.find(
        selectorsOf(parseQuery(query)).map(({ matchers }) => matchers),
        MOST_EXEMPLARS,
      ),
    targets: scraper.targets,
    isDown(service) {
      const instances = scraper.targets().filter((target) => target.service === service);
      return instances.length > 0 && instances.every(({ health }) => health === "down");
    },
    rules: engine.rules,
    alerts: engine.alerts,
    evaluatedAtMs: () => completedAtMs,
    storage: storage.counts,
  };
}
