import { expect } from "../expect.ts";
import { buildVersion } from "../release.ts";
import { healthyAgain, minute, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between } from "../shoppers.ts";

/** Argo CD tries a sync six times, each with three attempts of the migration. */
const untilGivenUpMs = 10 * minute;

export const failingMigration: Scenario = {
  name: "bad-push-migration",
  title: "A version of cart whose migration fails never becomes a canary",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "failing-migration");
    const cart = await world.watch("cart");
    const stable = cart.state.image;
    const { shoppers, before } = await warmUp(world);

    const push = await world.push(version);
    const proposal = await world.proposedRevert("sync-failed", "cart", untilGivenUpMs);
    const refusedAt = world.timeline.now();
    const users = between(before, shoppers.soFar());
    const untouched = cart.state.image === stable && cart.state.phase === "Healthy";
    await world.merge(proposal);
    await healthyAgain(cart, stable);

    Object.assign(world.figures, {
      "push to given up": seconds(push.at, refusedAt),
      "failed requests": `${users.failed} of ${users.total}`,
      "proposed by itself": proposal.title,
    });
    expect(untouched, "the Rollout was never told of the version");
    expect(users.total > 100, "the shoppers asked for more than a hundred pages");
    expect(users.failed === 0, `no request failed (${users.failed} did)`);
  },
};
