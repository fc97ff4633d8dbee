import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../machine/wait-for.ts";
import { runningVersions } from "./pods.ts";
import type { Version } from "./release.ts";
import type { Seconds } from "./timeline.ts";
import type { WatchedService } from "./watch-service.ts";
import type { World } from "./world.ts";

/** In milliseconds. */
export const minute = 60_000;
/** From the push to its end, good or bad. */
const canaryTimeoutMs = 8 * minute;

/** Lets shoppers be there long enough that the analysis knows what is usual. */
export async function warmUp(world: World, shoppersPerSecond?: number) {
  const shoppers = world.shoppers(shoppersPerSecond);
  await sleep(20_000);
  return { shoppers, before: shoppers.soFar() };
}

/** Resolves with what became of a version's canary, and when. */
export async function endOfCanary(
  world: World,
  { state }: WatchedService,
  { service, digest }: Version,
): Promise<{ end: "at 100 %" | "aborted"; at: Seconds }> {
  const deadline = Date.now() + canaryTimeoutMs;
  while (Date.now() < deadline) {
    if (state.image.includes(digest)) {
      if (state.aborted) return { end: "aborted", at: state.abortedAt ?? world.timeline.now() };
      if (state.observed && state.phase === "Healthy") return { end: "at 100 %", at: world.timeline.now() };
    }
    await sleep(100);
  }
  throw new Error(
    `${service} was neither at 100 % nor aborted within ${canaryTimeoutMs / minute} minutes: ${state.message}`,
  );
}

/** Resolves when the pods of every other version have ended. */
export async function onlyRuns(world: World, { service, commit }: Version): Promise<void> {
  const ask = async () => {
    const versions = new Set(await runningVersions(world.api, service));
    return versions.size === 1 && versions.has(commit.slice(0, 12));
  };
  await waitFor("the end of the old pods", ask, { timeoutMs: 2 * minute, everyMs: 1_000 });
  world.timeline.note("rollout", `the old pods of ${service} are gone`);
}

/** Resolves when the service is to run an image again, and does so for everybody, with nothing under way. */
export async function healthyAgain({ state }: WatchedService, image: string): Promise<void> {
  const isBack = () =>
    Promise.resolve(
      state.image === image && state.observed && state.phase === "Healthy" && state.weight === 0,
    );
  await waitFor("Healthy after the revert", isBack, { timeoutMs: 3 * minute });
}

export const seconds = (from: Seconds, to: Seconds | undefined): string =>
  to === undefined ? "never" : `${(to - from).toFixed(1)} s`;
