import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "../machine/run.ts";

/** What a container of an image runs, unless its pod says otherwise. */
export interface ImageConfig {
  entrypoint: readonly string[];
  /** uid:gid; `runAsNonRoot` needs numbers. */
  user?: string;
  environment?: Readonly<Record<string, string>>;
  workingDirectory?: string;
}

const epoch = "1970-01-01T00:00:00Z";
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
// The same folder gives the same bytes, whoever packs it and whenever.
const reproducible = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];

/** Packs a folder as an image of one layer, in the format of `docker save`. */
export async function packImage(
  target: string,
  name: string,
  folder: string,
  config: ImageConfig,
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), "mall-image-"));
  try {
    const layer = join(work, "layer.tar");
    await run("tar", ["-C", folder, ...reproducible, "-cf", layer, "."]);
    await writeFile(join(work, "config.json"), JSON.stringify(describe(config, await digestOf(layer))));
    const manifest = [{ Config: "config.json", RepoTags: [name], Layers: ["layer.tar"] }];
    await writeFile(join(work, "manifest.json"), JSON.stringify(manifest));
    await mkdir(dirname(target), { recursive: true });
    await run("tar", [
      "-C",
      work,
      ...reproducible,
      "-cf",
      `${target}.new`,
      "manifest.json",
      "config.json",
      "layer.tar",
    ]);
    await rename(`${target}.new`, target);
  } finally {
    await rm(work, { recursive: true });
  }
}

function describe(config: ImageConfig, layer: string): object {
  const environment = { PATH: defaultPath, ...config.environment };
  return {
    architecture: process.arch === "arm64" ? "arm64" : "amd64",
    os: "linux",
    created: epoch,
    config: {
      User: config.user ?? "",
      Entrypoint: config.entrypoint,
      Env: Object.entries(environment).map(([variable, value]) => `${variable}=${value}`),
      WorkingDir: config.workingDirectory ?? "/",
    },
    rootfs: { type: "layers", diff_ids: [layer] },
    history: [{ created: epoch, created_by: "npm run cluster" }],
  };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return `sha256:${hash.digest("hex")}`;
}
