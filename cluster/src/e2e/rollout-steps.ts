import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../machine/wait-for.ts";
import { runningVersions } from "./pods.ts";
import type { Version } from "./release.ts";
import type { Seconds } from "./timeline.ts";
import type { WatchedService } from "./watch-service.ts";
import type { World } from "./world.ts";

export const minute = 60_000;

/** Lets shoppers be there long enough that the analysis knows what is usual. */
export async function warmUp(world: World) {
  const shoppers = world.shoppers();
  await sleep(20_000);
  return { shoppers, before: shoppers.soFar() };
}

export const isAtHundredPercent = ({ state }: WatchedService, version: Pick<Version, "digest">): boolean =>
  state.image.includes(version.digest) && state.observed && state.phase === "Healthy";

/** Resolves with the time when a version has all traffic; throws when it is aborted. */
export async function reachesHundredPercent(
  world: World,
  service: WatchedService,
  version: Version,
  timeoutMs = 8 * minute,
): Promise<Seconds> {
  const ask = () => {
    if (service.state.aborted && service.state.image.includes(version.digest))
      return Promise.reject(new Error(`${version.service} was aborted: ${service.state.message}`));
    return Promise.resolve(isAtHundredPercent(service, version));
  };
  const end = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > end)
      throw new Error(`${version.service} was not at 100 % within ${timeoutMs / minute} minutes.`);
    await sleep(100);
  }
  return world.timeline.now();
}

/** Resolves when the pods of every other version have ended. */
export async function onlyRuns(world: World, { service, commit }: Version): Promise<void> {
  const ask = async () =>
    (await runningVersions(world.api, service)).every((version) => version === commit.slice(0, 12));
  await waitFor("the end of the old pods", ask, { timeoutMs: 2 * minute, everyMs: 1_000 });
  world.timeline.note("rollout", `the old pods of ${service} are gone`);
}

export const seconds = (from: Seconds, to: Seconds | undefined): string =>
  to === undefined ? "never" : `${(to - from).toFixed(1)} s`;
