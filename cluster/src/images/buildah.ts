import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { ImageBuild } from "../backend.ts";
import { run, succeeds } from "../machine/run.ts";
import { cachePath, statePath } from "../paths.ts";
import { archiveOf, nodeBase, nodeBuildBase, platformImages } from "./catalogue.ts";

// Its storage is the project's own: layers are kept between clusters, and no other image of this machine is touched.
const places = [
  "--root",
  cachePath("buildah"),
  "--runroot",
  statePath("run/buildah"),
  "--storage-driver",
  "overlay",
];
const buildah = (...args: string[]): Promise<string> => run("buildah", [...places, ...args]);

// Without Docker's daemon or registry; the time of a build is no part of what is built.
const flags = ["--isolation", "chroot", "--network", "host", "--pull-never", "--timestamp", "0", "--quiet"];
// What the services' Dockerfile takes instead of images from a registry.
const bases = { BASE: nodeBase, BUILD_BASE: nodeBuildBase };

/** Builds an image and answers its archive, which the caller removes. */
export async function buildArchive({ name, dockerfile, context, args, cached }: ImageBuild): Promise<string> {
  const given = Object.entries({ ...bases, ...args }).flatMap(([key, value]) => [
    "--build-arg",
    `${key}=${value}`,
  ]);
  await buildah(
    "bud",
    `--layers=${cached}`,
    ...flags,
    "--file",
    dockerfile,
    ...given,
    "--tag",
    name,
    context,
  );
  const archive = statePath("images", `${name.replaceAll(/[/:]/g, "_")}.tar`);
  await mkdir(statePath("images"), { recursive: true });
  await rm(archive, { force: true });
  await buildah("push", "--quiet", name, `docker-archive:${archive}:${name}`);
  return archive;
}

/** Ends what an interrupted build left mounted. */
export async function unmountBuilds(): Promise<void> {
  const overlay = cachePath("buildah/overlay");
  if (!existsSync(overlay)) return;
  await buildah("rm", "--all");
  if (await succeeds("mountpoint", ["--quiet", overlay])) await run("umount", [overlay]);
}

/** Makes known what the services' Dockerfile builds on. */
export async function loadBaseImages(): Promise<void> {
  await mkdir(cachePath("buildah"), { recursive: true });
  for (const image of await platformImages()) {
    if (image.name !== nodeBase && image.name !== nodeBuildBase) continue;
    const archive = await archiveOf(image);
    // Named by what is in it: another Node is another archive.
    const mark = `mall.local/base:${archive.replaceAll(/^.*-|\.tar$/g, "")}`;
    if (await succeeds("buildah", [...places, "inspect", "--type", "image", mark])) continue;
    await buildah("pull", "--quiet", `docker-archive:${archive}`);
    await buildah("tag", image.name, mark);
  }
}
