import { mkdir, writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { statePath } from "../paths.ts";
import { certificatePath, kubeconfigPath } from "./certificates.ts";
import { clusterDomain, dnsAddress, nodeName, nodePodRange, podRange } from "./addresses.ts";

/** Where Debian's containernetworking-plugins are. */
export const cniPlugins = "/usr/lib/cni";
export const containerdSocket = statePath("run/containerd.sock");
export const configPath = (file: string): string => statePath("etc", file);
export const pauseImage = "mall.local/pause:1";

/** Writes the configuration of containerd, of its network plugins, of the kubelet and of kube-proxy. */
export async function writeConfiguration(): Promise<void> {
  await mkdir(configPath("cni"), { recursive: true });
  await writeFile(configPath("containerd.toml"), containerd);
  await writeFile(configPath("cni/10-pods.conflist"), JSON.stringify(podNetwork, undefined, 2));
  await writeFile(configPath("kubelet.yaml"), stringify(kubelet));
  await writeFile(configPath("kube-proxy.yaml"), stringify(kubeProxy));
  // Pods resolve through CoreDNS only.
  await writeFile(configPath("resolv.conf"), "");
}

// Where CAP_SYS_RESOURCE is missing no process may lower its oom_score_adj, and runc dies of trying.
const containerd = `version = 2
root = "${statePath("var/containerd")}"
state = "/run/containerd"
oom_score = 0
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${cniPlugins}"
    conf_dir = "${configPath("cni")}"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
`;

const podNetwork = {
  cniVersion: "1.0.0",
  name: "pods",
  plugins: [
    {
      type: "bridge",
      bridge: "cni0",
      isGateway: true,
      ipMasq: false,
      hairpinMode: true,
      ipam: {
        type: "host-local",
        dataDir: "/run/cni-ipam",
        ranges: [[{ subnet: nodePodRange }]],
        routes: [{ dst: "0.0.0.0/0" }],
      },
    },
    { type: "portmap", capabilities: { portMappings: true } },
  ],
};

const kubelet = {
  apiVersion: "kubelet.config.k8s.io/v1beta1",
  kind: "KubeletConfiguration",
  containerRuntimeEndpoint: `unix://${containerdSocket}`,
  cgroupDriver: "cgroupfs", // no systemd is assumed
  failCgroupV1: false,
  failSwapOn: false,
  oomScoreAdj: 0, // as for containerd
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: certificatePath("ca.crt") },
  },
  authorization: { mode: "Webhook" },
  tlsCertFile: certificatePath("kubelet.crt"),
  tlsPrivateKeyFile: certificatePath("kubelet.key"),
  clusterDNS: [dnsAddress],
  clusterDomain,
  resolvConf: configPath("resolv.conf"),
  // Never delete an image: there is no registry to pull it from again.
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  evictionHard: {
    "memory.available": "200Mi",
    "nodefs.available": "1Gi",
    "imagefs.available": "1Gi",
    "nodefs.inodesFree": "1%",
  },
  registerWithTaints: [],
  nodeStatusUpdateFrequency: "5s",
  shutdownGracePeriod: "0s",
};

const kubeProxy = {
  apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
  kind: "KubeProxyConfiguration",
  clientConnection: { kubeconfig: kubeconfigPath("proxy") },
  mode: "iptables",
  clusterCIDR: podRange,
  hostnameOverride: nodeName,
  oomScoreAdj: 0,
  // The table's size can only be written in the machine's own network namespace.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
};
