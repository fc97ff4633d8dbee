import { chmod, copyFile, cp, mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../machine/run.ts";

/** The contents of an image, from this machine's programs and what was built. */
export interface RootFolder {
  /** Where in the image -> what is copied there, links followed. */
  files?: Readonly<Record<string, string>>;
  /** Whole folders, as they are. */
  folders?: Readonly<Record<string, string>>;
  /** Where in the image -> what it points to. */
  links?: Readonly<Record<string, string>>;
  texts?: Readonly<Record<string, string>>;
  /** Programs of this machine whose shared libraries go with them. */
  librariesOf?: readonly string[];
  /** A shell and the usual small programs. */
  busybox?: boolean;
  /** Lines of /etc/passwd beside root's: `name:uid`. */
  users?: Readonly<Record<string, number>>;
  /** Folders that anybody may write to. */
  writable?: readonly string[];
}

export async function layOutRootFolder(target: string, root: RootFolder): Promise<void> {
  const inImage = async (path: string) => {
    await mkdir(dirname(join(target, path)), { recursive: true });
    return join(target, path);
  };
  if (root.busybox) await layOutBusybox(target);
  for (const [path, source] of Object.entries(root.folders ?? {}))
    await cp(source, await inImage(path), { recursive: true, verbatimSymlinks: true });
  for (const library of await librariesOf(root.librariesOf ?? []))
    await copyFile(library, await inImage(library));
  for (const [path, source] of Object.entries(root.files ?? {})) await copyFile(source, await inImage(path));
  for (const [path, to] of Object.entries(root.links ?? {})) await symlink(to, await inImage(path));
  for (const [path, text] of Object.entries(root.texts ?? {})) await writeFile(await inImage(path), text);
  for (const path of ["/tmp", ...(root.writable ?? [])]) {
    await mkdir(join(target, path), { recursive: true });
    await chmod(join(target, path), 0o1777);
  }
  await writeFile(
    await inImage("/etc/passwd"),
    accounts(root.users ?? {}, (name, id) => `${name}:x:${id}:${id}::/:/bin/sh`),
  );
  await writeFile(
    await inImage("/etc/group"),
    accounts(root.users ?? {}, (name, id) => `${name}:x:${id}:`),
  );
}

async function layOutBusybox(target: string): Promise<void> {
  await mkdir(join(target, "bin"), { recursive: true });
  await mkdir(join(target, "usr/bin"), { recursive: true });
  await copyFile(await locate("busybox"), join(target, "bin/busybox"));
  const applets = (await run("busybox", ["--list"])).trim().split("\n");
  for (const applet of applets.filter((name) => name !== "busybox"))
    await symlink("busybox", join(target, "bin", applet));
  await symlink("../../bin/env", join(target, "usr/bin/env"));
}

/** The file of a program of this machine. */
export async function locate(program: string): Promise<string> {
  const found = await run("sh", ["-c", `command -v ${program}`]);
  return realpath(found.trim());
}

/** Paths as the programs ask for them, the loader included. */
async function librariesOf(files: readonly string[]): Promise<string[]> {
  // ldd fails for a static program, which needs nothing.
  const lists = await Promise.all(files.map((file) => run("ldd", [file]).catch(() => "")));
  return [...new Set(lists.join("\n").match(/\/\S*lib\S+/g))].toSorted();
}

function accounts(
  users: Readonly<Record<string, number>>,
  line: (name: string, id: number) => string,
): string {
  const everyone = { root: 0, nobody: 65_534, nonroot: 65_532, ...users };
  return Object.entries(everyone)
    .map(([name, id]) => `${line(name, id)}\n`)
    .join("");
}
