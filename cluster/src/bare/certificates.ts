import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { run } from "../machine/run.ts";
import { statePath } from "../paths.ts";
import { apiServerUrl, apiServiceAddress, clusterDomain, nodeAddress, nodeName } from "./addresses.ts";

const days = "3650";
const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

interface Leaf {
  name: string;
  commonName: string;
  /** What Kubernetes takes as the group. */
  organization: string;
  authority?: "ca" | "front-proxy-ca";
  alternativeNames?: string;
}

const kubernetesNames = ["kubernetes", "kubernetes.default", "kubernetes.default.svc"];
const apiServerNames = [
  `IP:127.0.0.1,IP:${nodeAddress},IP:${apiServiceAddress},DNS:localhost`,
  ...kubernetesNames.map((name) => `DNS:${name}`),
  `DNS:kubernetes.default.svc.${clusterDomain}`,
].join(",");

const leaves: readonly Leaf[] = [
  {
    name: "apiserver",
    commonName: "kube-apiserver",
    organization: "kubernetes",
    alternativeNames: apiServerNames,
  },
  {
    name: "kubelet",
    commonName: `system:node:${nodeName}`,
    organization: "system:nodes",
    alternativeNames: `IP:${nodeAddress},IP:127.0.0.1,DNS:${nodeName}`,
  },
  { name: "admin", commonName: "kubernetes-admin", organization: "system:masters" },
  {
    name: "apiserver-kubelet-client",
    commonName: "kube-apiserver-kubelet-client",
    organization: "system:masters",
  },
  {
    name: "controller-manager",
    commonName: "system:kube-controller-manager",
    organization: "system:kube-controller-manager",
  },
  { name: "scheduler", commonName: "system:kube-scheduler", organization: "system:kube-scheduler" },
  { name: "proxy", commonName: "system:kube-proxy", organization: "system:node-proxier" },
  {
    name: "front-proxy-client",
    commonName: "front-proxy-client",
    organization: "front-proxy",
    authority: "front-proxy-ca",
  },
];

export const certificatePath = (file: string): string => statePath("pki", file);
export const kubeconfigPath = (user: string): string => statePath("pki", `${user}.kubeconfig`);

/** Makes what is missing: two authorities, a certificate and a kubeconfig for every component and the administrator. */
export async function makeCertificates(): Promise<void> {
  await mkdir(statePath("pki"), { recursive: true, mode: 0o700 });
  await Promise.all([makeAuthority("ca"), makeAuthority("front-proxy-ca"), makeTokenKey()]);
  for (const leaf of leaves) await makeLeaf(leaf);
  for (const user of ["kubelet", "controller-manager", "scheduler", "proxy"])
    await makeKubeconfig(user, "https://127.0.0.1:6443");
  await makeKubeconfig("admin", apiServerUrl);
}

async function makeAuthority(name: string): Promise<void> {
  if (existsSync(certificatePath(`${name}.crt`))) return;
  const usage = "keyUsage=critical,digitalSignature,keyCertSign";
  const files = ["-keyout", certificatePath(`${name}.key`), "-out", certificatePath(`${name}.crt`)];
  await run("openssl", [
    "req",
    "-x509",
    ...curve,
    ...files,
    "-days",
    days,
    "-subj",
    `/CN=${name}`,
    "-addext",
    usage,
  ]);
}

/** Service accounts' tokens are signed with it. */
async function makeTokenKey(): Promise<void> {
  if (existsSync(certificatePath("sa.key"))) return;
  await run("openssl", ["genrsa", "-out", certificatePath("sa.key"), "2048"]);
  await run("openssl", [
    "rsa",
    "-in",
    certificatePath("sa.key"),
    "-pubout",
    "-out",
    certificatePath("sa.pub"),
  ]);
}

async function makeLeaf({
  name,
  commonName,
  organization,
  authority = "ca",
  alternativeNames,
}: Leaf): Promise<void> {
  if (existsSync(certificatePath(`${name}.crt`))) return;
  const subject = `/O=${organization}/CN=${commonName}`;
  const request = await run("openssl", [
    "req",
    "-new",
    ...curve,
    "-keyout",
    certificatePath(`${name}.key`),
    "-subj",
    subject,
  ]);
  const extensions = certificatePath(`${name}.ext`);
  await writeFile(
    extensions,
    ["basicConstraints=CA:FALSE", "keyUsage=digitalSignature", "extendedKeyUsage=clientAuth,serverAuth"]
      .concat(alternativeNames ? [`subjectAltName=${alternativeNames}`] : [])
      .join("\n"),
  );
  const signer = [
    "-CA",
    certificatePath(`${authority}.crt`),
    "-CAkey",
    certificatePath(`${authority}.key`),
    "-CAcreateserial",
  ];
  const output = ["-days", days, "-extfile", extensions, "-out", certificatePath(`${name}.crt`)];
  await run("openssl", ["x509", "-req", ...signer, ...output], { input: request });
}

async function makeKubeconfig(user: string, server: string): Promise<void> {
  const encoded = async (file: string) => (await readFile(certificatePath(file))).toString("base64");
  const cluster = { server, "certificate-authority-data": await encoded("ca.crt") };
  const credentials = {
    "client-certificate-data": await encoded(`${user}.crt`),
    "client-key-data": await encoded(`${user}.key`),
  };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "mall", cluster }],
    users: [{ name: user, user: credentials }],
    contexts: [{ name: "mall", context: { cluster: "mall", user } }],
    "current-context": "mall",
  };
  await writeFile(kubeconfigPath(user), stringify(config));
  await chmod(kubeconfigPath(user), 0o600);
}
