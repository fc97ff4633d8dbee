import { runTraffic } from "@mall/loadgenerator";
import { kubectl } from "../../kubectl.ts";
import { waitFor } from "../../machine/wait-for.ts";
import { expect } from "../expect.ts";
import { minute, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between } from "../shoppers.ts";
import { mallNamespace } from "../watch-service.ts";

async function replicas(): Promise<number> {
  const field = "--output=jsonpath={.status.availableReplicas}";
  return Number(await kubectl([`--namespace=${mallNamespace}`, "get", "rollout", "frontend", field]));
}

export const scale: Scenario = {
  name: "scale",
  title:
    "Load lets the autoscaler add pods to the frontend, its end takes them away, and no request is lost in either",

  async run(world) {
    const { shoppers, before } = await warmUp(world);
    const rush = new AbortController();
    const rushedAt = world.timeline.note("e2e", "many more shoppers come");
    const rushing = runTraffic({
      url: world.addresses.storefront,
      shoppers: 12,
      durationMs: Infinity,
      seed: 11,
      signal: rush.signal,
    });
    let grownAt: number;
    try {
      await waitFor("a second frontend", async () => (await replicas()) > 1, { timeoutMs: 5 * minute });
      grownAt = world.timeline.note("rollout", `frontend has ${await replicas()} pods`);
    } finally {
      rush.abort();
    }
    const crowd = await rushing;
    const calmAt = world.timeline.note("e2e", "the rush is over");
    await waitFor("one frontend again", async () => (await replicas()) === 1, { timeoutMs: 6 * minute });
    const shrunkAt = world.timeline.note("rollout", "frontend has one pod again");
    const users = between(before, await shoppers.leave());

    Object.assign(world.figures, {
      "load to more pods": seconds(rushedAt, grownAt),
      "calm to one pod": seconds(calmAt, shrunkAt),
      "failed visits of the rush": `${crowd.failed} of ${crowd.visits}`,
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(users.failed === 0 && crowd.failed === 0, "no request was lost");
  },
};
