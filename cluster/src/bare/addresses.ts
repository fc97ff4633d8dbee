/** The networks of the cluster: none of them is routed beyond this machine. */
export const nodeName = "mall";
/** Inside the node's network namespace: the API server at 6443, the kubelet at 10250. */
export const nodeAddress = "10.250.0.1";
/** This machine's end of the cable: where pods find processes that run outside the node. */
export const hostAddress = "10.250.0.2";
export const podRange = "10.244.0.0/16";
export const nodePodRange = "10.244.0.0/24";
export const serviceRange = "10.96.0.0/16";
/** The first of the service range: `kubernetes.default`. */
export const apiServiceAddress = "10.96.0.1";
export const dnsAddress = "10.96.0.10";
export const clusterDomain = "cluster.local";
export const apiServerUrl = `https://${nodeAddress}:6443`;
