import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "../expect.ts";
import { warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between, failedPercent, type Requests } from "../shoppers.ts";
import type { World } from "../world.ts";

const cart = "overlays/local/cart/kustomization.yaml";
const demonstration = "  - ../../../base/demonstrations/half-broken-cart\n";
const breaker = "  - ../../../base/demonstrations/circuit-breaker\n";
const measuredMs = 45_000;

export const circuitBreaker: Scenario = {
  name: "circuit-breaker",
  title:
    "Of two carts one always fails: with the mesh's circuit breaker, switched on by a commit, shoppers hardly see it",

  async run(world) {
    const { shoppers } = await warmUp(world);
    const withoutBreaker = await measuredAfter(world, shoppers, () =>
      world.change("Let one of two carts fail", {
        [cart]: (text) => text.replace("  - ./release\n", `${demonstration}  - ./release\n`),
      }),
    );
    const withBreaker = await measuredAfter(world, shoppers, () =>
      world.change("Take out what fails", {
        [cart]: (text) => text.replace(demonstration, demonstration + breaker),
      }),
    );

    const share = (requests: Pick<Requests, "total" | "failed">) =>
      `${failedPercent(requests).toFixed(1)} % of ${requests.total}`;
    world.figures["requests failed without the circuit breaker"] = share(withoutBreaker);
    world.figures["and with it"] = share(withBreaker);
    expect(failedPercent(withoutBreaker) > 2, "shoppers suffer without it");
    expect(
      failedPercent(withBreaker) < failedPercent(withoutBreaker) / 2,
      "with it fewer than half as many requests fail",
    );
  },
};

async function measuredAfter(
  world: World,
  shoppers: ReturnType<World["shoppers"]>,
  change: () => Promise<unknown>,
): Promise<Pick<Requests, "total" | "failed">> {
  await change();
  await world.settled();
  await sleep(15_000); // what an ejection needs to be seen
  const before = shoppers.soFar();
  await sleep(measuredMs);
  return between(before, shoppers.soFar());
}
