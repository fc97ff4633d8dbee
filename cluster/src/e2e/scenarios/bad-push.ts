import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../../machine/wait-for.ts";
import { expect } from "../expect.ts";
import { buildVersion } from "../release.ts";
import { endOfCanary, minute, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between, failedPercent } from "../shoppers.ts";

/** From the first canary weight to the abort. */
const secondsToAbort = 10;

export const badPush: Scenario = {
  name: "bad-push-errors",
  title: "A version of cart that answers every other request with 500 is aborted by itself",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "half-errors");
    const cart = await world.watch("cart");
    const stable = cart.state.image;
    const { shoppers, before } = await warmUp(world);

    const push = await world.push(version);
    const { end, at: abortedAt } = await endOfCanary(world, cart, version);
    if (end !== "aborted") throw new Error("The bad version was let through to 100 %.");
    await waitFor("all traffic at the stable version", () => Promise.resolve(cart.state.weight === 0), {
      timeoutMs: minute,
    });
    await sleep(minute);
    const users = between(before, shoppers.soFar());
    const { firstWeightAt, verdicts, message } = cart.state;
    Object.assign(world.figures, {
      "push to abort": seconds(push.at, abortedAt),
      "first weight to abort":
        firstWeightAt === undefined ? "it never had one" : seconds(firstWeightAt, abortedAt),
      "failed requests": `${users.failed} of ${users.total} (${failedPercent(users).toFixed(2)} %)`,
      "aborted by": verdicts.map(({ metric, value }) => `${metric} ${value}`).join(", ") || message,
    });

    // Git is ahead of the cluster now; the revert makes both the same, and well.
    await world.revert(push.commit);
    const isBack = () =>
      Promise.resolve(cart.state.image === stable && cart.state.observed && cart.state.phase === "Healthy");
    await waitFor("Healthy after the revert", isBack, { timeoutMs: 3 * minute });

    expect(users.total > 100, "the shoppers asked for more than a hundred pages");
    expect(
      firstWeightAt === undefined || abortedAt - firstWeightAt <= secondsToAbort,
      `it was aborted within ${secondsToAbort} s of its first traffic`,
    );
    // It fails for everybody who meets it, so nobody may.
    expect(users.failed === 0, `no user met the bad version (${users.failed} requests failed)`);
  },
};
