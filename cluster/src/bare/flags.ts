import { statePath } from "../paths.ts";
import { clusterDomain, nodeAddress, nodeName, podRange, serviceRange } from "./addresses.ts";
import { certificatePath as pki, kubeconfigPath } from "./certificates.ts";
import { configPath } from "./configuration.ts";

export const etcdFlags = [
  "--name=default",
  `--data-dir=${statePath("var/etcd")}`,
  "--initial-cluster=default=http://127.0.0.1:2380",
  "--listen-client-urls=http://127.0.0.1:2379",
  "--advertise-client-urls=http://127.0.0.1:2379",
  "--listen-peer-urls=http://127.0.0.1:2380",
  "--initial-advertise-peer-urls=http://127.0.0.1:2380",
  // A cluster that is thrown away need not survive a power cut.
  "--unsafe-no-fsync",
  "--auto-compaction-retention=1h",
  "--log-level=warn",
];

export const apiServerFlags = [
  "--etcd-servers=http://127.0.0.1:2379",
  "--bind-address=0.0.0.0",
  "--secure-port=6443",
  `--advertise-address=${nodeAddress}`,
  `--service-cluster-ip-range=${serviceRange}`,
  "--allow-privileged=true",
  "--authorization-mode=Node,RBAC",
  "--enable-admission-plugins=NodeRestriction",
  `--client-ca-file=${pki("ca.crt")}`,
  `--tls-cert-file=${pki("apiserver.crt")}`,
  `--tls-private-key-file=${pki("apiserver.key")}`,
  `--kubelet-certificate-authority=${pki("ca.crt")}`,
  `--service-account-key-file=${pki("sa.pub")}`,
  `--service-account-signing-key-file=${pki("sa.key")}`,
  `--service-account-issuer=https://kubernetes.default.svc.${clusterDomain}`,
  `--kubelet-client-certificate=${pki("apiserver-kubelet-client.crt")}`,
  `--kubelet-client-key=${pki("apiserver-kubelet-client.key")}`,
  "--kubelet-preferred-address-types=InternalIP",
  // For the API of metrics-server, which the API server calls in its users' names.
  `--requestheader-client-ca-file=${pki("front-proxy-ca.crt")}`,
  "--requestheader-allowed-names=front-proxy-client",
  "--requestheader-username-headers=X-Remote-User",
  "--requestheader-group-headers=X-Remote-Group",
  "--requestheader-extra-headers-prefix=X-Remote-Extra-",
  `--proxy-client-cert-file=${pki("front-proxy-client.crt")}`,
  `--proxy-client-key-file=${pki("front-proxy-client.key")}`,
  "--enable-aggregator-routing=true",
];

const authenticated = (user: string) => [
  `--kubeconfig=${kubeconfigPath(user)}`,
  `--authentication-kubeconfig=${kubeconfigPath(user)}`,
  `--authorization-kubeconfig=${kubeconfigPath(user)}`,
];

export const controllerManagerFlags = [
  ...authenticated("controller-manager"),
  "--bind-address=127.0.0.1",
  "--leader-elect=false",
  "--use-service-account-credentials=true",
  "--allocate-node-cidrs=true",
  `--cluster-cidr=${podRange}`,
  `--service-cluster-ip-range=${serviceRange}`,
  `--root-ca-file=${pki("ca.crt")}`,
  `--service-account-private-key-file=${pki("sa.key")}`,
  `--cluster-signing-cert-file=${pki("ca.crt")}`,
  `--cluster-signing-key-file=${pki("ca.key")}`,
  `--requestheader-client-ca-file=${pki("front-proxy-ca.crt")}`,
  // How soon load is seen; the default of 15 s makes a scenario of scaling slow.
  "--horizontal-pod-autoscaler-sync-period=5s",
];

export const schedulerFlags = [
  ...authenticated("scheduler"),
  "--bind-address=127.0.0.1",
  "--leader-elect=false",
];

export const kubeletFlags = [
  `--config=${configPath("kubelet.yaml")}`,
  `--kubeconfig=${kubeconfigPath("kubelet")}`,
  `--hostname-override=${nodeName}`,
  `--node-ip=${nodeAddress}`,
];
