import { expect } from "../expect.ts";
import { buildVersion } from "../release.ts";
import { endOfCanary, onlyRuns, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between } from "../shoppers.ts";

export const goodPush: Scenario = {
  name: "good-push",
  title:
    "A good version of cart is pushed: weights climb, analysis passes, 100 %, old pods gone, no failed request",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "none");
    const cart = await world.watch("cart");
    const { shoppers, before } = await warmUp(world);

    const push = await world.push(version);
    const { end, at: done } = await endOfCanary(world, cart, version);
    if (end === "aborted") throw new Error(`The good version was aborted: ${cart.state.message}`);
    await onlyRuns(world, version);
    const users = between(before, await shoppers.leave());

    Object.assign(world.figures, {
      "push to first weight": seconds(push.at, cart.state.firstWeightAt),
      "push to 100 %": seconds(push.at, done),
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(cart.state.firstWeightAt !== undefined, "the canary had a share of the traffic before it had all");
    expect(users.total > 100, "the shoppers asked for more than a hundred pages");
    expect(users.failed === 0, `no request failed (${users.failed} did)`);
  },
};
