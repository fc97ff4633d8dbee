import { step } from "../machine/progress.ts";
import { installArgoCd } from "./argo-cd.ts";
import { installArgoRollouts } from "./argo-rollouts.ts";
import { startGitServer } from "./git-server.ts";
import { installGateway, installIstio } from "./istio.ts";
import { installMonitoring } from "./monitoring.ts";

/**
 * What production gets from charts and remote bases, where neither can be fetched.
 * @param host this machine's address, as pods know it
 */
export async function installPlatform(host: string): Promise<void> {
  await step("the Git server", startGitServer);
  await step("istiod", installIstio);
  await Promise.all([
    step("the gateway", installGateway),
    step("Argo Rollouts", () => installArgoRollouts(host)),
    step("Prometheus and metrics-server", installMonitoring),
    step("Argo CD", () => installArgoCd(host)),
  ]);
}
