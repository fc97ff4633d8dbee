import { mkdir } from "node:fs/promises";
import { statePath } from "../paths.ts";
import { run, succeeds } from "../machine/run.ts";
import { waitFor } from "../machine/wait-for.ts";
import { hostAddress, nodeAddress, nodeName, podRange, serviceRange } from "./addresses.ts";
import { containerdSocket } from "./configuration.ts";
import { childOf, logPath, remember, runningPid, startProcess, stopProcess } from "./processes.ts";

/**
 * The node is one set of namespaces (network, mount, pid, host name) held by one process. Nothing that a pod sends
 * leaves the machine, for the network has no default route; and when that process ends, so does every other one in
 * it, every mount and every rule.
 */
const hostInterface = "mall-host";
const nodeInterface = "mall-node";

/** What a node's standard folders are bound to, so that nothing is written outside the cluster's own. */
const boundFolders = {
  "/var/lib/kubelet": statePath("var/kubelet"),
  "/var/lib/cni": statePath("var/cni"),
  "/var/log/pods": statePath("var/log-pods"),
  "/var/log/containers": statePath("var/log-containers"),
};

// A tmpfs over /var/lib and /var/log would hide what programs need: overlays give the missing mount points instead.
const initScript = `
set -e
# Shared among the node's own containers; never with this machine, whose mounts \`unshare\` has made private.
mount --make-rshared /
hostname ${nodeName}
ip link set lo up
mount -t tmpfs tmpfs /run
mkdir -p /run/lock /run/netns /run/containerd
# The kubelet's cAdvisor looks for containerd only here.
ln -s ${containerdSocket} /run/containerd/containerd.sock
for folder in /var/lib /var/log; do
  mkdir -p ${statePath("var/mount-points")}$folder ${statePath("var/mount-work")}$folder
  mount -t overlay overlay -o lowerdir=$folder,upperdir=${statePath("var/mount-points")}$folder,workdir=${statePath("var/mount-work")}$folder $folder
done
${Object.entries(boundFolders)
  .map(([folder, source]) => `mkdir -p ${folder}; mount --bind ${source} ${folder}`)
  .join("\n")}
echo 1 > /proc/sys/net/ipv4/ip_forward
echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables
touch /run/node-ready
# As process 1 it adopts and reaps orphans.
while :; do sleep 3600 & wait $! || true; done
`;

export async function startNode(): Promise<void> {
  if ((await runningPid("node")) === undefined) {
    for (const folder of [...Object.values(boundFolders), statePath("var/etcd"), statePath("var/containerd")])
      await mkdir(folder, { recursive: true });
    const namespaces = ["--net", "--mount", "--pid", "--uts", "--fork", "--kill-child", "--mount-proc"];
    const unshare = ["unshare", ...namespaces, "bash", "-c", initScript];
    const holder = await startProcess("node-holder", unshare, { logOf: "node" });
    await remember("node", await childOf(holder));
    const isReady = async () => succeeds("nsenter", [...(await intoNode()), "test", "-e", "/run/node-ready"]);
    await waitFor(`the node's namespaces (see ${logPath("node")})`, isReady, { timeoutMs: 10_000 });
  }
  if (!(await succeeds("ip", ["link", "show", hostInterface]))) await layCable();
}

/** One pair of virtual interfaces: this machine reaches pods and services by it, pods reach this machine's end. */
async function layCable(): Promise<void> {
  const pid = String(await runningPid("node"));
  const ip = (...args: string[]) => run("ip", args);
  await ip("link", "add", hostInterface, "type", "veth", "peer", "name", nodeInterface, "netns", pid);
  await ip("addr", "add", `${hostAddress}/30`, "dev", hostInterface);
  await ip("link", "set", hostInterface, "up");
  await inNode("ip", ["addr", "add", `${nodeAddress}/30`, "dev", nodeInterface]);
  await inNode("ip", ["link", "set", nodeInterface, "up"]);
  // Without a default route the look-up before address translation would fail for services.
  await inNode("ip", ["route", "add", serviceRange, "dev", nodeInterface]);
  for (const range of [podRange, serviceRange]) await ip("route", "replace", range, "via", nodeAddress);
}

export async function stopNode(): Promise<void> {
  await stopProcess("node", { signal: "SIGKILL" });
  await stopProcess("node-holder", { signal: "SIGKILL" });
  // The kernel takes the cable away with the namespace, a moment later.
  const cableIsGone = async () => !(await succeeds("ip", ["link", "show", hostInterface]));
  await waitFor("the end of the node's network", cableIsGone, { timeoutMs: 5_000 }).catch(() =>
    run("ip", ["link", "delete", hostInterface]),
  );
}

/** What goes before a command so that it runs inside the node; for `nsenter`. */
async function intoNode(): Promise<string[]> {
  const pid = await runningPid("node");
  if (pid === undefined) throw new Error("The cluster's node does not run.");
  return ["--target", String(pid), "--net", "--mount", "--pid", "--uts", "--"];
}

async function inNode(command: string, args: readonly string[]): Promise<string> {
  return run("nsenter", [...(await intoNode()), command, ...args]);
}

/** Starts a process inside the node, unless it runs already. */
export async function startInNode(name: string, command: readonly string[]): Promise<void> {
  if ((await runningPid(name)) !== undefined) return;
  const holder = await startProcess(`${name}-holder`, ["nsenter", ...(await intoNode()), ...command], {
    logOf: name,
  });
  await remember(name, await childOf(holder));
}
