import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
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

const oneFrontend = (): Promise<unknown> =>
  waitFor("a single frontend", async () => (await replicas()) === 1, { timeoutMs: 6 * minute });

/** Few, so that one frontend is enough for them, and there is room on one machine for what comes. */
const shoppersPerSecond = 0.5;
const [visitors, betweenVisitsMs] = [2, 100];
/** Both pods serve the rush for so long. */
const togetherMs = 20_000;

/** People with an empty cache: each asks for the home page and its parts, which are the frontend's own work. */
async function rush(url: string, signal: AbortSignal): Promise<{ requests: number; failed: number }> {
  const count = { requests: 0, failed: 0 };
  const ask = async (path: string): Promise<string> => {
    const { statusCode, body } = await request(`${url}${path}`);
    count.requests += 1;
    if (statusCode !== 200) count.failed += 1;
    return body.text();
  };
  const visit = async (): Promise<void> => {
    const home = await ask("/");
    for (const [, path = ""] of home.matchAll(/(?:src|href)="(\/(?:assets|images)\/[^"]+)"/g))
      await ask(path);
  };
  const visitAgainAndAgain = async (): Promise<void> => {
    while (!signal.aborted) {
      await visit();
      await sleep(betweenVisitsMs);
    }
  };
  await Promise.all(Array.from({ length: visitors }, visitAgainAndAgain));
  return count;
}

export const scale: Scenario = {
  name: "scale",
  title:
    "Load lets the autoscaler add pods to the frontend, its end takes them away, and no request is lost in either",

  async run(world) {
    const { shoppers, before } = await warmUp(world, shoppersPerSecond);
    await oneFrontend(); // who was here before may have needed more
    const end = new AbortController();
    const rushedAt = world.timeline.note("e2e", "many people come for the first time");
    const rushing = rush(world.addresses.storefront, end.signal);
    let grownAt: number;
    try {
      await waitFor("a second frontend", async () => (await replicas()) > 1, { timeoutMs: 5 * minute });
      grownAt = world.timeline.note("rollout", `frontend has ${await replicas()} pods`);
      await sleep(togetherMs);
    } finally {
      end.abort();
    }
    const crowd = await rushing;
    const calmAt = world.timeline.note("e2e", "the rush is over");
    await oneFrontend();
    const shrunkAt = world.timeline.note("rollout", "frontend has one pod again");
    const users = between(before, await shoppers.leave());

    Object.assign(world.figures, {
      "load to more pods": seconds(rushedAt, grownAt),
      "calm to one pod": seconds(calmAt, shrunkAt),
      "the rush's failed requests": `${crowd.failed} of ${crowd.requests}`,
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(users.failed === 0 && crowd.failed === 0, "no request was lost");
  },
};
