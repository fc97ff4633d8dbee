import { mkdir, readdir, rename, rm, rmdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { programPaths } from "../toolchain/build.ts";
import { kubectl } from "../kubectl.ts";
import { succeeds } from "../machine/run.ts";
import { waitFor } from "../machine/wait-for.ts";
import { manifestPath, statePath } from "../paths.ts";
import { nodeName } from "./addresses.ts";
import { configPath, containerdSocket } from "./configuration.ts";
import { apiServerFlags, controllerManagerFlags, etcdFlags, kubeletFlags, schedulerFlags } from "./flags.ts";
import { isRunning, logPath, stopProcess } from "./processes.ts";
import { startInNode } from "./node.ts";

/** The order in which they are started; they are stopped the other way round. */
const componentNames = [
  "etcd",
  "containerd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubelet",
  "kube-proxy",
] as const;

const minutes = (count: number) => ({ timeoutMs: count * 60_000 });

export async function startContainerRuntime(): Promise<void> {
  await startInNode("containerd", ["containerd", "--config", configPath("containerd.toml")]);
  const answers = () => succeeds("ctr", ["--address", containerdSocket, "version"]);
  await waitFor(`containerd (see ${logPath("containerd")})`, answers, minutes(1));
}

/** Resolves when the API answers. */
export async function startControlPlane(): Promise<void> {
  const bin = await linkComponents();
  await startInNode("etcd", [join(bin, "etcd"), ...etcdFlags]);
  await startInNode("kube-apiserver", [join(bin, "kube-apiserver"), ...apiServerFlags]);
  const answers = async () => (await kubectl(["get", "--raw", "/readyz"])) === "ok";
  await waitFor(`the API server (see ${logPath("kube-apiserver")})`, answers, minutes(3));
  await startInNode("kube-controller-manager", [
    join(bin, "kube-controller-manager"),
    ...controllerManagerFlags,
  ]);
  await startInNode("kube-scheduler", [join(bin, "kube-scheduler"), ...schedulerFlags]);
}

/** Resolves when the node is ready and names resolve. */
export async function startNodeComponents(): Promise<void> {
  const bin = statePath("bin");
  await startInNode("kubelet", [join(bin, "kubelet"), ...kubeletFlags]);
  await startInNode("kube-proxy", [join(bin, "kube-proxy"), "--config", configPath("kube-proxy.yaml")]);
  await kubectl(["apply", "-f", manifestPath("coredns.yaml")]);
  await waitFor("the node's registration", () => kubectl(["get", "node", nodeName]), minutes(3));
  await kubectl(["wait", "--for=condition=Ready", `node/${nodeName}`, "--timeout=180s"]);
  await kubectl(["--namespace=kube-system", "rollout", "status", "deployment/coredns", "--timeout=180s"]);
}

export async function stopComponents(): Promise<void> {
  for (const name of componentNames.toReversed()) {
    await stopProcess(name);
    await stopProcess(`${name}-holder`);
  }
}

export async function stoppedComponents(): Promise<string[]> {
  const running = await Promise.all(componentNames.map((name) => isRunning(name)));
  return componentNames.filter((_, index) => !running[index]);
}

/** The kubelet's control groups are this machine's own: without containers they are empty folders. */
export async function removeControlGroups(): Promise<void> {
  const controllers = await readdir("/sys/fs/cgroup");
  for (const controller of ["", ...controllers])
    for (const group of ["kubepods", "kubelet"]) await removeGroup(join("/sys/fs/cgroup", controller, group));
}

async function removeGroup(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return;
  for (const entry of entries) if (entry.isDirectory()) await removeGroup(join(folder, entry.name));
  // The last process of a group leaves it a moment after its end.
  await waitFor(`the end of what runs in ${folder}`, () => rmdir(folder).then(() => true), {
    timeoutMs: 10_000,
  });
}

/** One program serves five components; it goes by the name it is called by. */
async function linkComponents(): Promise<string> {
  const { etcd = "", hyperkube = "" } = await programPaths();
  const bin = statePath("bin");
  await mkdir(bin, { recursive: true });
  for (const name of componentNames.filter((each) => each !== "containerd")) {
    await rm(join(bin, `${name}.new`), { force: true });
    await symlink(name === "etcd" ? etcd : hyperkube, join(bin, `${name}.new`));
    await rename(join(bin, `${name}.new`), join(bin, name));
  }
  return bin;
}
