import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../../machine/wait-for.ts";
import { expect } from "../expect.ts";
import { buildVersion, type Fault, type Version } from "../release.ts";
import type { Scenario } from "../scenario.ts";
import { between, failedPercent } from "../shoppers.ts";
import type { World } from "../world.ts";

const minute = 60_000;
/** Of users' requests, from the push until a minute after the abort. */
const tolerablePercent = 0.5;
/** From the first canary weight to the abort. */
const secondsToAbort = 10;

interface BadPush {
  name: string;
  title: string;
  version: (world: World) => Promise<Version>;
  /** It fails for everybody who meets it, so nobody may. */
  failsOutright: boolean;
}

const built = (fault: Fault) => (world: World) => buildVersion(world.backend, "cart", fault);

const badPushes: readonly BadPush[] = [
  {
    name: "bad-push-errors",
    title: "A version of cart that answers every other request with 500 is aborted by itself",
    version: built("half-errors"),
    failsOutright: true,
  },
];

export const badPushScenarios: readonly Scenario[] = badPushes.map((bad) => ({
  name: bad.name,
  title: bad.title,
  run: (world) => run(world, bad),
}));

async function run(world: World, { version: make, failsOutright }: BadPush): Promise<void> {
  const version = await make(world);
  const cart = await world.watch("cart");
  const stable = cart.state.image;
  const shoppers = world.shoppers();
  await sleep(20_000); // what is usual, for the analysis to compare with
  const before = shoppers.soFar();

  const push = await world.push(version);
  const aborted = async () => {
    if (cart.state.image.includes(version.digest) && cart.state.observed && cart.state.phase === "Healthy")
      throw new Error("The bad version was let through to 100 %.");
    return cart.state.aborted;
  };
  await waitFor("the abort", aborted, { timeoutMs: 8 * minute, everyMs: 100 });
  const abortedAt = cart.state.abortedAt ?? world.timeline.now();
  await waitFor("all traffic at the stable version", () => Promise.resolve(cart.state.weight === 0), {
    timeoutMs: minute,
  });
  await sleep(minute);
  const users = between(before, shoppers.soFar());
  const share = failedPercent(users);
  const firstWeight = cart.state.firstWeightAt;
  Object.assign(world.figures, {
    "push to abort": `${(abortedAt - push.at).toFixed(1)} s`,
    "first weight to abort":
      firstWeight === undefined ? "it never had one" : `${(abortedAt - firstWeight).toFixed(1)} s`,
    "failed requests": `${users.failed} of ${users.total} (${share.toFixed(2)} %)`,
    "aborted by":
      cart.state.verdicts.map(({ metric, value }) => `${metric} ${value}`).join(", ") || cart.state.message,
  });

  // Git is ahead of the cluster now; the revert makes both the same, and well.
  await world.revert(push.commit);
  const isBack = () =>
    Promise.resolve(cart.state.image === stable && cart.state.observed && cart.state.phase === "Healthy");
  await waitFor("Healthy after the revert", isBack, { timeoutMs: 3 * minute });

  expect(users.total > 100, "the shoppers asked for more than a hundred pages");
  if (firstWeight !== undefined)
    expect(
      abortedAt - firstWeight <= secondsToAbort,
      `it was aborted within ${secondsToAbort} s of its first traffic`,
    );
  if (failsOutright)
    expect(users.failed === 0, `no user met the bad version (${users.failed} requests failed)`);
  else
    expect(
      share < tolerablePercent,
      `less than ${tolerablePercent} % of the requests failed (${share.toFixed(2)} %)`,
    );
}
