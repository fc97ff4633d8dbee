import { setTimeout as sleep } from "node:timers/promises";
import { DeliveryError } from "../delivery-error.ts";
import { type Change, commitFiles } from "./commit-files.ts";
import { attemptGit } from "./git.ts";
import { fetchUpstream, type Upstream } from "./upstream.ts";

export interface PushOptions {
  readonly root: string;
  readonly upstream: Upstream;
  /** How often to try before giving up: each lost race means that somebody else's change has landed. */
  readonly attempts: number;
  /** What to change, decided anew on each newest commit; undefined when there is nothing (more) to do. */
  readonly change: (newest: string) => Promise<Change | undefined>;
}

/**
 * Lands one commit on a branch that others push to as well: fetch, decide, commit, push, and from the start when
 * somebody else was faster. Nothing is merged: the decision is made on what is there, so it cannot undo another's.
 * Returns the commit, or undefined when there was nothing to do.
 */
export async function pushChange({
  root,
  upstream,
  attempts,
  change,
}: PushOptions): Promise<string | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const startedAt = performance.now();
    const newest = await fetchUpstream(root, upstream);
    const wanted = await change(newest);
    if (!wanted) return undefined;
    const commit = await commitFiles(root, newest, wanted);
    const refused = await push(root, upstream, commit);
    if (refused === undefined) return commit;
    if (!isLostRace(refused) && (await fetchUpstream(root, upstream)) === newest)
      throw new DeliveryError(`${upstream.remote} refused the push to ${upstream.branch}: ${refused}`);
    await sleep(waitMs(attempt, performance.now() - startedAt));
  }
  throw new DeliveryError(
    `Others pushed to ${upstream.branch} each of ${attempts} times first; nothing was written, try again.`,
  );
}

/** The reason when the push was refused. */
async function push(root: string, { remote, branch }: Upstream, commit: string): Promise<string | undefined> {
  const { code, stdout, stderr } = await attemptGit(root, [
    "push",
    "--porcelain",
    remote,
    `${commit}:refs/heads/${branch}`,
  ]);
  if (code === 0) return undefined;
  const flagged = stdout.split("\n").find((line) => line.startsWith("!"));
  return flagged?.split("\t").at(-1) ?? stderr.trim().split("\n").at(-1) ?? "no reason given";
}

/** Git's words for a branch that has moved meanwhile, or is being moved at this moment. */
const isLostRace = (refusal: string): boolean =>
  /fetch first|non-fast-forward|stale info|lock|failed to update ref|incorrect old value/.test(refusal);

/** Spreads those that have met over several times what one attempt takes, on however fast a machine and network. */
const waitMs = (attempt: number, tookMs: number): number =>
  Math.random() * tookMs * Math.min(2 ** attempt, 8);
