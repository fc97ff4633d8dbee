import { setTimeout as sleep } from "node:timers/promises";
import { kubectl } from "../../kubectl.ts";
import { waitFor } from "../../machine/wait-for.ts";
import { createNamespace } from "../../platform/apply.ts";
import { expect } from "../expect.ts";
import { buildVersion } from "../release.ts";
import { endOfCanary, minute, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { mallNamespace } from "../watch-service.ts";
import type { World } from "../world.ts";

const inMall = (...args: string[]): Promise<string> => kubectl([`--namespace=${mallNamespace}`, ...args]);
const foreign = "mall-e2e-elsewhere";
const ad = "overlays/local/ad/kustomization.yaml";
const twoReplicas = "  - ../../../base/components/two-replicas\n";

export const drift: Scenario = {
  name: "drift",
  title:
    "What is changed by hand is healed; the weights of a canary, which nobody wrote into Git, are let stand",

  async run(world) {
    await warmUp(world);
    await healed(world, "a deleted Service", {
      break: () => inMall("delete", "service", "info"),
      isWhole: async () => (await inMall("get", "service", "info", "--output=name")) !== "",
    });
    await healed(world, "an edited DestinationRule", {
      break: () =>
        inMall(
          "patch",
          "destinationrule",
          "ad",
          "--type=merge",
          `--patch=${JSON.stringify({ spec: { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 99 } } } })}`,
        ),
      isWhole: async () => {
        const path = "--output=jsonpath={.spec.trafficPolicy.outlierDetection.consecutive5xxErrors}";
        return (await inMall("get", "destinationrule", "ad", path)) === "2";
      },
    });

    await world.change("Let ad run as two pods", {
      [ad]: (text) => text.replace("  - ./release\n", `${twoReplicas}  - ./release\n`),
    });
    await world.settled();
    await healed(world, "a scaled Rollout", {
      break: () => inMall("scale", "rollout/ad", "--replicas=1"),
      isWhole: async () =>
        (await inMall("get", "rollout", "ad", "--output=jsonpath={.spec.replicas}")) === "2",
    });

    await createNamespace(foreign);
    try {
      await kubectl([
        `--namespace=${foreign}`,
        "create",
        "configmap",
        "left-alone",
        "--from-literal=by=hand",
      ]);
      await weightsStay(world);
      const kept = await kubectl([
        `--namespace=${foreign}`,
        "get",
        "configmap",
        "left-alone",
        "--output=name",
      ]);
      expect(kept !== "", "a namespace that is not the mall's is left alone");
    } finally {
      await kubectl(["delete", "namespace", foreign, "--wait=false"]);
    }
  },
};

interface Damage {
  break: () => Promise<unknown>;
  isWhole: () => Promise<boolean>;
}

async function healed(world: World, what: string, damage: Damage): Promise<void> {
  const at = world.timeline.note("e2e", `makes ${what}`);
  await damage.break();
  // What has just been taken away may still be answered for a moment.
  await sleep(500);
  await waitFor(`the healing of ${what}`, damage.isWhole, { timeoutMs: 2 * minute });
  world.figures[`${what} healed`] = seconds(at, world.timeline.note("argo cd", `healed ${what}`));
}

/** A canary's weights are written into objects that Git has: they must stand until the canary ends by itself. */
async function weightsStay(world: World): Promise<void> {
  const version = await buildVersion(world.backend, "cart", "none");
  const cart = await world.watch("cart");
  await world.push(version);
  const weights: number[] = [];
  const watching = setInterval(() => weights.push(cart.state.weight), 200);
  const { end } = await endOfCanary(world, cart, version).finally(() => clearInterval(watching));
  const rising = weights.filter((weight, at) => weight !== weights[at - 1]);
  const climbed = rising.slice(0, rising.indexOf(Math.max(...rising)) + 1);
  world.figures["canary weights meanwhile"] = climbed.join(" → ");
  expect(end === "at 100 %", "the canary got to 100 %");
  expect(
    climbed.every((weight, at) => at === 0 || weight > (climbed[at - 1] ?? 0)),
    `no weight was taken back (${rising.join(", ")})`,
  );
}
