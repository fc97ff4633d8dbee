export { DeliveryError } from "./delivery-error.ts";
export { type Finished, run, type RunOptions } from "./run.ts";
export {
  isReleased,
  type Release,
  unreleasedCommit,
  unreleasedDigest,
  versionOf,
} from "./release/release.ts";
export { parseRelease, withRelease } from "./release/release-file.ts";
export {
  type Environment,
  environments,
  type Leaf,
  leafOf,
  leavesIn,
  readRelease,
  releaseFile,
} from "./release/leaves.ts";
export { type PastRelease, previousRelease, releaseHistory } from "./release/release-history.ts";
export { renderKustomization } from "./render/kustomize.ts";
export { foldersOf, type RenderedFolder, renderFolders } from "./render/environment.ts";
export type { ToolName } from "./tools/pinned-tools.ts";
export { toolPath, type ToolPathOptions } from "./tools/tool-path.ts";
