import { homedir } from "node:os";
import { join } from "node:path";

/** The repository; the same from `src` and from `dist`. */
export const repository = join(import.meta.dirname, "../..");

/** Everything that a cluster writes. `down` removes it. */
export const stateFolder = process.env["MALL_CLUSTER_DIR"] ?? join(repository, ".mall/cluster");

/** Built programs and images, which outlive a cluster and are shared by all clones. */
export const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "shopping-mall");

export const statePath = (...names: string[]): string => join(stateFolder, ...names);
export const cachePath = (...names: string[]): string => join(cacheFolder, ...names);

/** What ships with this package and is applied as it is. */
export const manifestPath = (name: string): string => join(repository, "cluster/manifests", name);
