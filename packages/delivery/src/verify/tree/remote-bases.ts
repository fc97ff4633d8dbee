import { run } from "../../run.ts";
import { isRemote } from "./kustomization.ts";

/** `https://github.com/<owner>/<repository>//<folder>?ref=<version>`, as Kustomize takes it. */
export interface RemoteBase {
  readonly address: string;
  readonly repository: string;
  readonly folder: string;
  readonly version: string;
}

const pattern = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/\/([^?]+)\?ref=(v[^&]+)$/;

/** Reads an entry of a kustomization's `resources`; nothing when it is not remote, or of another form. */
export function remoteBase(entry: string): RemoteBase | undefined {
  const [, repository, folder, version] = (isRemote(entry) && pattern.exec(entry)) || [];
  return repository && folder && version ? { address: entry, repository, folder, version } : undefined;
}

/** The Go module that carries the same files: from its second major version on, the path says which. */
export function moduleOf({ repository, version }: RemoteBase): string {
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  return `github.com/${repository}${major > 1 ? `/v${major}` : ""}@${version}`;
}

/**
 * Where the files of a remote base stand on this machine: the module cache of Go, which checks them against the
 * public checksums and downloads them the first time. Nothing without Go, or for what is no module.
 */
export async function localCopy(base: RemoteBase): Promise<string | undefined> {
  try {
    const { code, stdout } = await run("go", ["mod", "download", "-json", moduleOf(base)], {
      env: { ...process.env, GOFLAGS: "-mod=mod" },
    });
    if (code !== 0) return undefined;
    const { Dir } = JSON.parse(stdout) as { Dir: string };
    return `${Dir}/${base.folder}`;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
