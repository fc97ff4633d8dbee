import { kubectl } from "../../kubectl.ts";
import { waitFor } from "../../machine/wait-for.ts";
import { rolledOut } from "../../platform/apply.ts";
import { expect } from "../expect.ts";
import { buildVersion } from "../release.ts";
import { endOfCanary, healthyAgain, minute, onlyRuns, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between } from "../shoppers.ts";
import type { WatchedService } from "../watch-service.ts";
import type { World } from "../world.ts";

interface Controller {
  name: string;
  namespace: string;
  selector: string;
}

const rollouts: Controller = {
  name: "Argo Rollouts",
  namespace: "argo-rollouts",
  selector: "app.kubernetes.io/name=argo-rollouts",
};
const istiod: Controller = { name: "istiod", namespace: "istio-system", selector: "app=istiod" };
const argoCd = (part: string): Controller => ({
  name: `Argo CD's ${part}`,
  namespace: "argocd",
  selector: `app.kubernetes.io/name=argocd-${part}`,
});

/** As `kill -9`, to all containers of all pods. */
async function kill(world: World, { name, namespace, selector }: Controller): Promise<void> {
  const ids = "--output=jsonpath={.items[*].status.containerStatuses[*].containerID}";
  const found = await kubectl([`--namespace=${namespace}`, "get", "pods", `--selector=${selector}`, ids]);
  const containers = found.split(" ").map((id) => id.replace("containerd://", ""));
  expect(containers.length > 0 && containers[0] !== "", `${name} runs`);
  for (const id of containers) await world.backend.killContainer(id);
  world.timeline.note("e2e", `kill -9 ${name}`);
}

const atWeight = ({ state }: WatchedService, weight: number): Promise<unknown> =>
  waitFor(`a weight of ${weight} %`, () => Promise.resolve(state.weight >= weight), {
    timeoutMs: 5 * minute,
  });

export const controllersDie: Scenario = {
  name: "controllers-die",
  title:
    "Each controller is killed in the middle of a canary: it gets to 100 % all the same, and no request fails",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "none");
    const cart = await world.watch("cart");
    const { shoppers, before } = await warmUp(world);

    const push = await world.push(version);
    await waitFor("the canary", () => Promise.resolve(cart.state.byBaggage), { timeoutMs: 3 * minute });
    await kill(world, rollouts);
    await kill(world, argoCd("repo-server"));
    await atWeight(cart, 10);
    await kill(world, istiod);
    await kill(world, argoCd("application-controller"));
    await atWeight(cart, 50);
    await kill(world, rollouts);
    const { end, at } = await endOfCanary(world, cart, version);
    await onlyRuns(world, version);
    const users = between(before, await shoppers.leave());

    Object.assign(world.figures, {
      "push to 100 %": seconds(push.at, at),
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(end === "at 100 %", "the version got to 100 %");
    expect(users.failed === 0, `no request failed (${users.failed} did)`);
  },
};

async function withoutPrometheus<Result>(run: () => Promise<Result>): Promise<Result> {
  const scale = (replicas: number) =>
    kubectl(["--namespace=monitoring", "scale", "deployment/prometheus", `--replicas=${replicas}`]);
  await scale(0);
  try {
    return await run();
  } finally {
    await scale(1);
    await rolledOut("monitoring", "deployment/prometheus");
  }
}

export const metricsDie: Scenario = {
  name: "metrics-die",
  title: "Prometheus goes away in the middle of a canary: a canary that nobody can judge does not pass",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "none");
    const cart = await world.watch("cart");
    const stable = cart.state.image;
    const { shoppers, before } = await warmUp(world);

    await world.push(version);
    await atWeight(cart, 10);
    const goneAt = world.timeline.note("e2e", "takes Prometheus away");
    const { end, at } = await withoutPrometheus(() => endOfCanary(world, cart, version));
    const { message } = cart.state;
    const proposal = await world.proposedRevert("rollout-aborted", "cart");
    const users = between(before, await shoppers.leave());
    await world.merge(proposal);
    await healthyAgain(cart, stable);

    Object.assign(world.figures, {
      "without metrics to aborted": seconds(goneAt, at),
      "aborted by": message,
      "failed requests": `${users.failed} of ${users.total}`,
    });
    expect(end === "aborted", "the version did not pass");
    expect(users.failed === 0, `no request failed (${users.failed} did)`);
  },
};
