import { DeliveryError } from "../delivery-error.ts";
import type { Proposal } from "../git/proposal.ts";
import { type Leaf, releaseFile } from "./leaves.ts";
import { recordedAt } from "./recorded.ts";
import { isReleased, type Release, versionOf } from "./release.ts";
import { withRelease } from "./release-file.ts";
import { previousRelease, releaseHistory } from "./release-history.ts";

export interface RollbackRequest {
  readonly root: string;
  /** The newest commit of the branch that Argo CD reads. */
  readonly newest: string;
  readonly leaf: Leaf;
  /** The source commit to go back to, at least 7 of its digits; by default that of the release before. */
  readonly to?: string;
}

export interface Rollback {
  readonly leaf: Leaf;
  readonly from: Release;
  readonly to: Release;
  readonly text: string;
}

/** What going back means. Throws a DeliveryError when there is nothing, or when that release never ran there. */
export async function planRollback({ root, newest, leaf, to }: RollbackRequest): Promise<Rollback> {
  const { text, release: from } = await recordedAt(root, newest, leaf);
  const { service, environment } = leaf;
  if (!isReleased(from)) throw new DeliveryError(`${service} is not released in ${environment} yet.`);
  const target = to
    ? await pastRelease(root, newest, leaf, to)
    : (await previousRelease(root, leaf, newest, from))?.release;
  if (!target)
    throw new DeliveryError(
      to
        ? `${environment} never ran ${to} of ${service}: only what ran there before can come back.`
        : `${environment} never ran an older release of ${service} than ${versionOf(from.commit)}.`,
    );
  if (target.digest === from.digest)
    throw new DeliveryError(`${environment} runs ${versionOf(from.commit)} of ${service} already.`);
  return { leaf, from, to: target, text: withRelease(text, target, releaseFile(leaf)) };
}

async function pastRelease(
  root: string,
  newest: string,
  leaf: Leaf,
  commit: string,
): Promise<Release | undefined> {
  if (!/^[0-9a-f]{7,40}$/.test(commit))
    throw new DeliveryError(`"${commit}" is not a commit: give at least 7 of its hexadecimal digits.`);
  for await (const { release } of releaseHistory(root, leaf, newest)) {
    if (release.commit.startsWith(commit)) return release;
  }
  return undefined;
}

/** The branch and the pull request of a rollback; `why` is told to whoever reviews it. */
export function rollbackProposal({ leaf, from, to, text }: Rollback, why: string | undefined): Proposal {
  const { service, environment } = leaf;
  const [left, back] = [versionOf(from.commit), versionOf(to.commit)];
  return {
    branch: `rollback/${environment}/${service}`,
    title: `Roll back ${service} in ${environment} to ${back}`,
    body: [
      ...(why ? [why, ""] : []),
      `From ${left} \`${from.digest}\``,
      `to ${back} \`${to.digest}\`, which ran in ${environment} before.`,
    ].join("\n"),
    files: new Map([[releaseFile(leaf), text]]),
  };
}
