import { rm } from "node:fs/promises";
import type { Backend } from "../backend.ts";
import { buildArchive, loadBaseImages, unmountBuilds } from "../images/buildah.ts";
import { nameByDigest } from "../images/name-by-digest.ts";
import { kubectl } from "../kubectl.ts";
import { step } from "../machine/progress.ts";
import { stateFolder } from "../paths.ts";
import { buildPrograms } from "../toolchain/build.ts";
import { downloadEnvoy } from "../toolchain/envoy.ts";
import { hostAddress } from "./addresses.ts";
import { makeCertificates } from "./certificates.ts";
import {
  removeControlGroups,
  startContainerRuntime,
  startControlPlane,
  startNodeComponents,
  stopComponents,
  stoppedComponents,
} from "./components.ts";
import { writeConfiguration } from "./configuration.ts";
import { ctr, importArchive, importPlatformImages } from "./import-images.ts";
import { installPlatform } from "../platform/install.ts";
import { startNode, stopNode } from "./node.ts";
import { costOfUp, missingOnThisMachine } from "./preflight.ts";
import { isRunning, recordedProcesses, stopProcess } from "./processes.ts";

/** Kubernetes as plain processes of this machine, without Docker: Linux, root. */
export const bare: Backend = {
  name: "bare",
  missing: missingOnThisMachine,
  needs: costOfUp,

  async up() {
    await buildPrograms();
    await downloadEnvoy();
    await step("certificates and configuration", async () => {
      await makeCertificates();
      await writeConfiguration();
    });
    await step("the node's namespaces and network", startNode);
    await step("containerd", startContainerRuntime);
    await step("images of the platform", importPlatformImages);
    await step("etcd, the API server, the controllers and the scheduler", startControlPlane);
    await step("the kubelet, services and names: Kubernetes is up", startNodeComponents);
  },

  installPlatform: () => installPlatform(hostAddress),

  async down() {
    for (const name of await otherProcesses()) await stopProcess(name);
    await stopComponents();
    await stopNode();
    await removeControlGroups();
    await unmountBuilds();
    await rm(stateFolder, { recursive: true, force: true });
  },

  isUp: () => isRunning("node"),

  async problems() {
    const stopped = await stoppedComponents();
    return stopped.map((name) => `${name} does not run: see \`npm run cluster -- logs ${name}\`.`);
  },

  async buildImage(build) {
    await loadBaseImages();
    const archive = await buildArchive(build);
    await importArchive(archive);
    await rm(archive);
    return nameByDigest(build.name, ctr);
  },

  async killContainer(id) {
    await ctr("tasks", "kill", "--signal", "SIGKILL", id);
  },

  hostAddress: () => Promise.resolve(hostAddress),

  // Services' own addresses are routed from this machine.
  async addresses() {
    const [storefront, argocd, prometheus, observatory] = await Promise.all([
      serviceUrl("istio-ingress", "istio-ingress"),
      serviceUrl("argocd", "argocd-server"),
      serviceUrl("monitoring", "prometheus"),
      serviceUrl("observability", "otel"),
    ]);
    return { storefront, argocd, prometheus, observatory };
  },
};

/** The Git server and the like: whatever was started beside the node. */
async function otherProcesses(): Promise<string[]> {
  const names = await recordedProcesses();
  return names.filter((name) => !/^(node|etcd|containerd|kube)/.test(name));
}

async function serviceUrl(namespace: string, service: string): Promise<string> {
  const fields = "--output=jsonpath={.spec.clusterIP}:{.spec.ports[0].port}";
  return `http://${await kubectl([`--namespace=${namespace}`, "get", "service", service, fields])}`;
}
