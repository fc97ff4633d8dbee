import { kubectl } from "../../kubectl.ts";
import { waitFor } from "../../machine/wait-for.ts";
import { applyText } from "../../platform/apply.ts";
import { type Account, connectToArgoCd, steer } from "../argo-cd.ts";
import { expect } from "../expect.ts";
import { buildVersion } from "../release.ts";
import { endOfCanary, minute, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import type { WatchedService } from "../watch-service.ts";
import type { World } from "../world.ts";

const application = "mall-local-cart";
const trespasser = "mall-e2e-trespasser";

export const argoCdRoles: Scenario = {
  name: "argo-cd-roles",
  title:
    "In Argo CD a deployer steers a canary, a viewer may not, and no Application reaches beyond its project",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "none");
    const [viewer, deployer] = await Promise.all([
      connectToArgoCd(world.addresses.argocd, "viewer"),
      connectToArgoCd(world.addresses.argocd, "deployer"),
    ]);
    const cart = await world.watch("cart");
    await warmUp(world);

    const seen = await viewer.get(`/api/v1/applications/${application}`);
    expect(seen.status === 200, `a viewer sees the Application (${seen.status})`);
    await refused("a viewer may not sync", viewer.post(`/api/v1/applications/${application}/sync`, {}));
    await refused("a viewer may not steer", steer(viewer, "local", "pause"));
    await refused("a deployer may not delete", deployer.delete(`/api/v1/applications/${application}`));
    world.timeline.note("argo cd", "refuses what a role does not have");

    await world.push(version);
    await waitFor("the first weight", () => Promise.resolve(cart.state.weight > 0), {
      timeoutMs: 4 * minute,
    });
    await steers(world, deployer, cart);
    const { end } = await endOfCanary(world, cart, version);
    expect(end === "at 100 %", `after abort and retry it got to 100 % (${cart.state.message})`);

    world.figures["an Application of another namespace"] = await trespass();
  },
};

/** Pause, resume, abort and retry, each seen in the Rollout. */
async function steers(world: World, deployer: Account, { state }: WatchedService): Promise<void> {
  const does = async (action: string, isDone: () => boolean): Promise<void> => {
    const { status, text } = await steer(deployer, "local", action);
    expect(status === 200, `a deployer may ${action} (${status} ${text})`);
    await waitFor(`the Rollout after ${action}`, () => Promise.resolve(isDone()), { timeoutMs: minute });
    world.timeline.note("argo cd", `a deployer: ${action}`);
  };
  await does("pause", () => state.paused);
  await does("resume", () => !state.paused);
  await does("abort", () => state.aborted && state.weight === 0);
  await does("retry", () => !state.aborted);
}

async function refused(what: string, answer: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answer;
  expect(status === 403, `${what} (${status} ${text})`);
}

/** An Application of the mall's project that wants into another namespace; answers what Argo CD says of it. */
async function trespass(): Promise<string> {
  const source = await kubectl([
    "--namespace=argocd",
    "get",
    "application",
    application,
    "--output=jsonpath={.spec.source}",
  ]);
  await applyText(
    JSON.stringify({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name: trespasser, namespace: "argocd" },
      spec: {
        project: "mall-local",
        source: JSON.parse(source) as unknown,
        destination: { server: "https://kubernetes.default.svc", namespace: "kube-system" },
      },
    }),
  );
  try {
    return await waitFor(
      "Argo CD's refusal",
      async () => {
        const field = "--output=jsonpath={.status.conditions[?(@.type=='InvalidSpecError')].message}";
        const said = await kubectl(["--namespace=argocd", "get", "application", trespasser, field]);
        return said !== "" && said;
      },
      { timeoutMs: minute },
    );
  } finally {
    await kubectl(["--namespace=argocd", "delete", "application", trespasser]);
  }
}
