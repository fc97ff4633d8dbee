import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../../machine/wait-for.ts";
import { expect } from "../expect.ts";
import { queryPrometheus } from "../prometheus.ts";
import { buildVersion, type Version } from "../release.ts";
import { endOfCanary, minute, onlyRuns, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between } from "../shoppers.ts";
import { mallNamespace, type WatchedService } from "../watch-service.ts";
import type { World } from "../world.ts";

/** In percent; how much of the requests then meets the canary varies by chance: there are about a hundred. */
const firstWeight = 10;
const mostOfFirstWeight = 0.25;

export const goodPush: Scenario = {
  name: "good-push",
  title:
    "A good version of cart is pushed: weights climb, analysis passes, 100 %, old pods gone, no failed request",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "none");
    const cart = await world.watch("cart");
    const { shoppers, before } = await warmUp(world);

    const push = await world.push(version);
    const share = await shareOfFirstWeight(world, cart, version);
    const { end, at: done } = await endOfCanary(world, cart, version);
    if (end === "aborted") throw new Error(`The good version was aborted: ${cart.state.message}`);
    await onlyRuns(world, version);
    const users = between(before, await shoppers.leave());

    Object.assign(world.figures, {
      "push to first weight": seconds(push.at, cart.state.firstWeightAt),
      "push to 100 %": seconds(push.at, done),
      [`requests that met it at ${firstWeight} %`]: `${(share * 100).toFixed(0)} %`,
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(share > 0, "some requests met the canary at its first weight");
    expect(
      share < mostOfFirstWeight,
      `at a weight of ${firstWeight} % less than ${mostOfFirstWeight * 100} % of the requests met the canary (${(share * 100).toFixed(0)} % did)`,
    );
    expect(cart.state.firstWeightAt !== undefined, "the canary had a share of the traffic before it had all");
    expect(users.total > 100, "the shoppers asked for more than a hundred pages");
    expect(users.failed === 0, `no request failed (${users.failed} did)`);
  },
};

/** Which share of cart's requests the canary answered while it had its first weight, from 0 to 1. */
async function shareOfFirstWeight(
  world: World,
  { state }: WatchedService,
  version: Version,
): Promise<number> {
  await waitFor("the canary's first weight", () => Promise.resolve(state.weight > 0 || state.aborted), {
    timeoutMs: 4 * minute,
  });
  await sleep(14_000); // the weight stays for 15 s
  const answered = (labels: string) =>
    `sum(increase(http_server_request_duration_seconds_count{namespace="${mallNamespace}",service="cart"${labels}}[10s]))`;
  const canary = answered(`,version="${version.commit.slice(0, 12)}"`);
  return (await queryPrometheus(world.addresses.prometheus, `${canary} / ${answered("")}`)) ?? 0;
}
