import { waitFor } from "../../machine/wait-for.ts";
import { expect } from "../expect.ts";
import { buildVersion } from "../release.ts";
import { endOfCanary, healthyAgain, minute, onlyRuns, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between } from "../shoppers.ts";
import type { WatchedService } from "../watch-service.ts";

const secondsToBeGone = 10;

const hasTraffic = ({ state }: WatchedService): Promise<unknown> =>
  waitFor("the canary's first weight", () => Promise.resolve(state.weight > 0), { timeoutMs: 4 * minute });

export const secondPush: Scenario = {
  name: "second-push",
  title: "A second push during a canary takes its place: the newest version gets to 100 %",

  async run(world) {
    const first = await buildVersion(world.backend, "cart", "none");
    const second = await buildVersion(world.backend, "cart", "none");
    const cart = await world.watch("cart");
    const { shoppers, before } = await warmUp(world);

    await world.push(first);
    await hasTraffic(cart);
    const push = await world.push(second);
    const { end, at } = await endOfCanary(world, cart, second);
    if (end === "aborted") throw new Error(`The second version was aborted: ${cart.state.message}`);
    await onlyRuns(world, second);
    const users = between(before, await shoppers.leave());

    Object.assign(world.figures, {
      "second push to 100 %": seconds(push.at, at),
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(users.failed === 0, `no request failed (${users.failed} did)`);
  },
};

export const revertDuringCanary: Scenario = {
  name: "revert-during-canary",
  title: "A push that is reverted during its canary is gone at once",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "none");
    const cart = await world.watch("cart");
    const stable = cart.state.image;
    const { shoppers, before } = await warmUp(world);

    const push = await world.push(version);
    await hasTraffic(cart);
    const revert = await world.revert(push.commit);
    await waitFor("the revert's sync", () => Promise.resolve(cart.state.image === stable), {
      timeoutMs: 2 * minute,
    });
    const syncedAt = world.timeline.now();
    await healthyAgain(cart, stable);
    const backAt = world.timeline.now();
    const users = between(before, await shoppers.leave());

    Object.assign(world.figures, {
      "revert to stable": seconds(revert.at, backAt),
      "of it after the sync": seconds(syncedAt, backAt),
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(cart.state.weight === 0, "no traffic goes to the version that was taken back");
    expect(backAt - syncedAt <= secondsToBeGone, `it was gone within ${secondsToBeGone} s of the sync`);
    expect(users.failed === 0, `no request failed (${users.failed} did)`);
  },
};

export const twoServices: Scenario = {
  name: "two-services",
  title: "Two services that are pushed at once both get to 100 %",

  async run(world) {
    const versions = [
      await buildVersion(world.backend, "cart", "none"),
      await buildVersion(world.backend, "product", "none"),
    ];
    const watched = await Promise.all(versions.map(({ service }) => world.watch(service)));
    const { shoppers, before } = await warmUp(world);

    const push = await world.push(...versions);
    const ends = await Promise.all(
      versions.map((version, at) => endOfCanary(world, watched[at] as WatchedService, version)),
    );
    const users = between(before, await shoppers.leave());

    Object.assign(world.figures, {
      "push to 100 %": ends.map(({ at }) => seconds(push.at, at)).join(", "),
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(
      ends.every(({ end }) => end === "at 100 %"),
      "both got there",
    );
    expect(users.failed === 0, `no request failed (${users.failed} did)`);
  },
};
