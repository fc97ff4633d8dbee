import { DeliveryError } from "../delivery-error.ts";
import { isAncestor, relationOf } from "../git/history.ts";
import type { Change } from "../git/commit-files.ts";
import { pushChange } from "../git/push-change.ts";
import { fetchUpstream, type Upstream } from "../git/upstream.ts";
import { type Leaf, releaseFile } from "./leaves.ts";
import { recordedAt } from "./recorded.ts";
import { isReleased, type Release, versionOf } from "./release.ts";
import { withRelease } from "./release-file.ts";

export interface BumpRequest {
  readonly root: string;
  readonly environment: string;
  /** Digest by service, all built from `commit`. */
  readonly images: ReadonlyMap<string, string>;
  readonly commit: string;
  /** Registry and owner of the images that were pushed; without it the leaf's own name stays. */
  readonly registry?: string;
  readonly upstream: Upstream;
  readonly attempts: number;
  readonly dryRun: boolean;
}

export interface BumpedLeaf {
  readonly service: string;
  readonly from: string;
  readonly to: string;
  readonly digest: string;
  /** "kept": the leaf records a newer source already; "refused": nobody can say which of the two is newer. */
  readonly outcome: "written" | "unchanged" | "kept" | "refused";
}

export interface BumpResult {
  readonly leaves: readonly BumpedLeaf[];
  /** The commit that was pushed; undefined when nothing was to be written. */
  readonly pushed: string | undefined;
}

/** Writes what was built into the leaves, as one commit, wherever it is newer than what is recorded there. */
export async function bump(request: BumpRequest): Promise<BumpResult> {
  const { root, upstream, attempts, dryRun } = request;
  let leaves: readonly BumpedLeaf[] = [];
  async function change(newest: string): Promise<Change | undefined> {
    const decided = await decide(request, newest);
    leaves = decided.leaves;
    return decided.change;
  }
  if (dryRun) {
    await change(await fetchUpstream(root, upstream));
    return { leaves, pushed: undefined };
  }
  const pushed = await pushChange({ root, upstream, attempts, change });
  return { leaves, pushed };
}

async function decide(
  request: BumpRequest,
  newest: string,
): Promise<{ leaves: readonly BumpedLeaf[]; change: Change | undefined }> {
  const { root, commit, upstream } = request;
  const merged = await isAncestor(root, commit, newest);
  if (merged === undefined)
    throw new DeliveryError(`There is no commit ${commit} here: fetch the whole history.`);
  if (!merged)
    throw new DeliveryError(
      `${versionOf(commit)} is not on ${upstream.branch}: only what is merged is released.`,
    );
  const files = new Map<string, string>();
  const leaves: BumpedLeaf[] = [];
  for (const [service, digest] of request.images) {
    const leaf = { environment: request.environment, service };
    const { bumped, text } = await decideLeaf(request, newest, leaf, digest);
    leaves.push(bumped);
    if (text !== undefined) files.set(releaseFile(leaf), text);
  }
  return { leaves, change: files.size > 0 ? { files, message: messageOf(request, leaves) } : undefined };
}

async function decideLeaf(
  { root, commit, registry }: BumpRequest,
  newest: string,
  leaf: Leaf,
  digest: string,
): Promise<{ bumped: BumpedLeaf; text?: string }> {
  const { text, release: recorded } = await recordedAt(root, newest, leaf);
  const image = registry ? `${registry}/mall-${leaf.service}` : recorded.image;
  const built: Release = { image, commit, digest };
  const facts = { service: leaf.service, from: recorded.commit, to: commit, digest };
  if (Object.entries(built).every(([key, value]) => recorded[key as keyof Release] === value))
    return { bumped: { ...facts, outcome: "unchanged" } };
  const relation = isReleased(recorded) ? await relationOf(root, commit, recorded.commit) : "newer";
  // The same source built again is another image: what was built last is what the registry's tag points at.
  if (relation === "newer" || relation === "same")
    return {
      bumped: { ...facts, outcome: "written" },
      text: withRelease(text, built, releaseFile(leaf)),
    };
  return { bumped: { ...facts, outcome: relation === "older" ? "kept" : "refused" } };
}

function messageOf({ environment, commit }: BumpRequest, leaves: readonly BumpedLeaf[]): string {
  const written = leaves.filter(({ outcome }) => outcome === "written");
  const what =
    written.length > 3 ? `${written.length} services` : written.map(({ service }) => service).join(", ");
  const lines = written.map(
    ({ service, from, digest }) => `${service}: ${versionOf(from)} -> ${versionOf(commit)} ${digest}`,
  );
  return `${environment}: ${what} ${versionOf(commit)}\n\n${lines.join("\n")}\n\nSource-Commit: ${commit}\n`;
}
