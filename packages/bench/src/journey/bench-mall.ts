import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Mall, type MallOptions, startMall } from "@mall/launcher";
import { runClient } from "./client.ts";
import type { Placement } from "../measure/processors.ts";
import { type Tracing, tracingEnvironment } from "./tracing.ts";

export const projectRoot = join(import.meta.dirname, "../../../..");

/** Shelves are filled this often, so that no run ends because everything is sold. */
const RESTOCK_SECONDS = "2";
/** The last spans of a run are exported five seconds after it. */
const EXPORT_MS = 6_000;

export interface BenchMall {
  mall: Mall;
  storefront: string;
  /** Milliseconds from the first process to the first confirmed order. */
  firstOrderMs: number;
}

/** Starts the mall with its data in `stateDir`, `env` for every service, and the launcher's `reachedAt`; buys once. */
export async function startBenchMall(
  stateDir: string,
  placement: Placement,
  tracing: Tracing,
  { env = {}, reachedAt }: Pick<MallOptions, "env" | "reachedAt"> = {},
): Promise<BenchMall> {
  const begunAt = performance.now();
  const mall = await startMall({
    root: projectRoot,
    stateDir,
    ports: "free",
    env: { ...tracingEnvironment(tracing), RESTOCK_SECONDS, ...env },
    ...(reachedAt && { reachedAt }),
  });
  try {
    await mall.waitUntilReady();
    await mall.services["observatory"]?.untilReady(); // the mall does without, a benchmark does not
    const storefront = mall.services["frontend"]?.url ?? "";
    await buyOnce(storefront, placement);
    return { mall, storefront, firstOrderMs: performance.now() - begunAt };
  } catch (error) {
    await mall.stop();
    throw error;
  }
}

async function buyOnce(url: string, placement: Placement): Promise<void> {
  const { problems } = await runClient({ url, shoppers: 1, seconds: 0.001, seed: 1 }, placement);
  if (problems[0]) throw new Error(`The first order failed: ${problems[0].reason}`);
}

export const untilExported = (): Promise<void> => sleep(EXPORT_MS);
