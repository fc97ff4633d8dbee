import type { ExemplarStore } from "./exemplar-store.ts";
import type { MetricStorage } from "./metric-storage.ts";
import type { Target } from "./target.ts";
import { createTargetScrape, type TargetHealth } from "./target-scrape.ts";

/** Shorter than the interval, so that a target that hangs misses one scrape and not two. */
const TIMEOUT_MS = 1_500;
const TRIM_MS = 30_000;

export type Scraper = {
  /** Scrapes every target once; all samples have that time. Never rejects. */
  readonly scrape: (atMs: number) => Promise<void>;
  readonly targets: () => readonly TargetHealth[];
};

export function createScraper({
  targets,
  storage,
  exemplars,
  timeoutMs = TIMEOUT_MS,
}: {
  targets: readonly Target[];
  storage: MetricStorage;
  exemplars: ExemplarStore;
  timeoutMs?: number;
}): Scraper {
  const scrapes = targets.map((target) => createTargetScrape({ target, storage, exemplars, timeoutMs }));
  let trimmedAtMs = Number.NEGATIVE_INFINITY;

  return {
    async scrape(atMs) {
      await Promise.all(scrapes.map((each) => each.scrape(atMs)));
      if (atMs - trimmedAtMs < TRIM_MS) return;
      trimmedAtMs = atMs;
      storage.trim(atMs);
    },
    targets: () => scrapes.map(({ health }) => health()),
  };
}
