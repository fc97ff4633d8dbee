import { kubectl } from "../../kubectl.ts";
import { waitFor } from "../../machine/wait-for.ts";
import { connectToArgoCd } from "../argo-cd.ts";
import { expect } from "../expect.ts";
import { minute } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { mallNamespace } from "../watch-service.ts";
import type { World } from "../world.ts";

const application = "loadtest-local-smoke";
const leaf = "overlays/local/loadtest/smoke/kustomization.yaml";
/** A threshold that nobody can meet, added to the job's variables. */
const impossible =
  '      - { op: add, path: /spec/template/spec/containers/0/env/-, value: { name: P95_BELOW_MS, value: "0.1" } }\n';

export const loadTest: Scenario = {
  name: "load-test",
  title: "A load test that is synced in Argo CD passes; one that misses its threshold is reported as failed",

  async run(world) {
    const passed = await runLoadTest(world);
    world.figures["the smoke test"] = passed;
    await world.change("Ask the impossible of the smoke test", {
      [leaf]: (text) => `${text.trimEnd()}\n${impossible}`,
    });
    const missed = await runLoadTest(world);
    world.figures["with a threshold of 0.1 ms"] = missed;

    expect(passed === "Succeeded", `the smoke test passes (${passed})`);
    expect(missed === "Failed", `a missed threshold fails the sync (${missed})`);
  },
};

/** Syncs it as a deployer does in Argo CD's page; answers how the sync ended. */
async function runLoadTest(world: World): Promise<string> {
  const deployer = await connectToArgoCd(world.addresses.argocd, "deployer");
  const { status, text } = await deployer.post(`/api/v1/applications/${application}/sync`, {});
  expect(status === 200, `a deployer may start it (${status} ${text})`);
  world.timeline.note("argo cd", `runs ${application}`);
  const phase = await waitFor(
    "the end of the load test",
    async () => {
      const now = await kubectl([
        "--namespace=argocd",
        "get",
        "application",
        application,
        "--output=jsonpath={.operation}{.status.operationState.phase}",
      ]);
      return /^(Succeeded|Failed|Error)$/.test(now) && now;
    },
    { timeoutMs: 6 * minute, everyMs: 1_000 },
  );
  world.timeline.note("argo cd", `${application}: ${phase}`);
  const log = await kubectl([`--namespace=${mallNamespace}`, "logs", "job/smoke", "--tail=12"]).catch(
    () => "",
  );
  for (const [, crossed = ""] of log.matchAll(/level=error msg="(.+)"/g))
    world.timeline.note("users", crossed);
  return phase;
}
