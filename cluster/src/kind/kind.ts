import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Backend } from "../backend.ts";
import { hostAddress } from "../bare/addresses.ts";
import { kubeconfigPath } from "../bare/certificates.ts";
import { recordedProcesses, startProcess, stopProcess } from "../bare/processes.ts";
import { nameByDigest } from "../images/name-by-digest.ts";
import { kubectl } from "../kubectl.ts";
import { run, succeeds } from "../machine/run.ts";
import { waitFor } from "../machine/wait-for.ts";
import { manifestPath, repository, stateFolder } from "../paths.ts";
import { applyText } from "../platform/apply.ts";
import { gitServerCommand } from "../platform/git-server.ts";

const cluster = "mall";
const node = `${cluster}-control-plane`;

/**
 * Kubernetes in Docker: the platform comes as in production, from its makers' charts and images. The root Application
 * reads the repository that is written in it, so what a branch changes of the platform is not what comes.
 */
export const kind: Backend = {
  name: "kind",

  async missing() {
    const tools = {
      docker: ["info"],
      kind: ["version"],
      kubectl: ["version", "--client"],
      git: ["--version"],
    };
    const answers = await Promise.all(Object.entries(tools).map(([tool, args]) => succeeds(tool, args)));
    const absent = Object.keys(tools).filter((_, index) => !answers[index]);
    return absent.map((tool) => `${tool} does not answer: install it, and start it where it is a service.`);
  },

  needs: () =>
    Promise.resolve(["Images of the platform are pulled (about 3 GB); 6 GB of memory, 10 to 15 minutes."]),

  async up() {
    if (await this.isUp()) return;
    await mkdir(dirname(kubeconfigPath("admin")), { recursive: true });
    await run("kind", [
      "create",
      "cluster",
      "--name",
      cluster,
      "--kubeconfig",
      kubeconfigPath("admin"),
      "--wait",
      "5m",
    ]);
  },

  async installPlatform() {
    // The first time its definitions are not known yet when what they define is applied.
    const apply = () => kubectl(["apply", "--server-side", "--force-conflicts", "--kustomize", repository]);
    await waitFor("`kubectl apply -k .`", () => apply().then(() => true), {
      timeoutMs: 300_000,
      everyMs: 10_000,
    });
    const gateway = await this.hostAddress();
    await startProcess("git-server", gitServerCommand(gateway));
    await applyText((await readFile(manifestPath("git.yaml"), "utf8")).replace(hostAddress, gateway));
  },

  async hostAddress() {
    const format = "{{(index .IPAM.Config 0).Gateway}}";
    return (await run("docker", ["network", "inspect", "kind", "--format", format])).trim();
  },

  async down() {
    for (const name of await recordedProcesses()) await stopProcess(name);
    await run("kind", ["delete", "cluster", "--name", cluster]);
    await rm(stateFolder, { recursive: true, force: true });
  },

  // Where kind is not installed none is up.
  isUp: () =>
    run("kind", ["get", "clusters"]).then(
      (names) => names.split("\n").includes(cluster),
      () => false,
    ),

  async problems() {
    const ready = await kubectl(["get", "--raw", "/readyz"]).then(
      () => true,
      () => false,
    );
    return ready ? [] : ["The API server does not answer: see `docker logs mall-control-plane`."];
  },

  async buildImage({ name, dockerfile, context, args }) {
    const given = Object.entries(args).flatMap(([key, value]) => ["--build-arg", `${key}=${value}`]);
    await run("docker", ["build", "--quiet", "--file", dockerfile, ...given, "--tag", name, context]);
    await run("kind", ["load", "docker-image", name, "--name", cluster]);
    return nameByDigest(name, ctr);
  },

  async killContainer(id) {
    await ctr("tasks", "kill", "--signal", "SIGKILL", id);
  },

  /** Forwarded from this machine's own address; the forwarding ends with `down`. */
  async addresses() {
    return {
      storefront: await forward("istio-ingress", "istio-ingress", 80, 8080),
      argocd: await forward("argocd", "argocd-server", 80, 8081),
      prometheus: await forward("monitoring", "monitoring-prometheus", 9090, 9090),
      observatory: await forward("observability", "otel", 4318, 4318),
    };
  },
};

const ctr = (...args: string[]): Promise<string> =>
  run("docker", ["exec", node, "ctr", "--namespace", "k8s.io", ...args]);

async function forward(namespace: string, service: string, port: number, local: number): Promise<string> {
  const access = ["--kubeconfig", kubeconfigPath("admin"), `--namespace=${namespace}`];
  const command = ["kubectl", ...access, "port-forward", `service/${service}`, `${local}:${port}`];
  await startProcess(`forward-${service}`, command);
  return `http://127.0.0.1:${local}`;
}
