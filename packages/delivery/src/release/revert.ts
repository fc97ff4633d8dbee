import type { AbortedRollout } from "../changes/aborted-rollout.ts";
import { DeliveryError, Superseded } from "../delivery-error.ts";
import type { Proposal } from "../git/proposal.ts";
import { type Leaf, releaseFile } from "./leaves.ts";
import { recordedAt } from "./recorded.ts";
import { type Release, versionOf } from "./release.ts";
import { withRelease } from "./release-file.ts";
import { previousRelease, releaseHistory } from "./release-history.ts";

export interface Revert {
  readonly leaf: Leaf;
  readonly failed: Release;
  readonly back: Release;
  readonly proposal: Proposal;
}

/**
 * The change that makes Git say again what the cluster went back to by itself. Throws Superseded when Git has moved
 * on: the leaf no longer asks for the release that failed, so there is nothing to revert.
 */
export async function planRevert(root: string, newest: string, event: AbortedRollout): Promise<Revert> {
  const leaf = { service: event.service, environment: event.environment };
  const { text, release: failed } = await recordedAt(root, newest, leaf);
  if (!(await isAbout(root, event, leaf, failed)))
    throw new Superseded(
      `Git has moved on: ${leaf.environment} no longer asks for that release of ${leaf.service}.`,
    );
  const back = (await previousRelease(root, leaf, newest, failed))?.release;
  if (!back)
    throw new DeliveryError(
      `${versionOf(failed.commit)} was the first release of ${leaf.service} in ${leaf.environment}: there is none to go back to.`,
    );
  const writtenBy = await writerOf(root, leaf, newest, failed);
  return { leaf, failed, back, proposal: proposalOf(event, text, failed, back, writtenBy) };
}

async function isAbout(root: string, event: AbortedRollout, leaf: Leaf, current: Release): Promise<boolean> {
  if (event.commit !== undefined) return event.commit === current.commit;
  const { release } = await recordedAt(root, event.revision ?? "", leaf);
  return release.commit === current.commit && release.digest === current.digest;
}

async function writerOf(
  root: string,
  leaf: Leaf,
  newest: string,
  { digest }: Release,
): Promise<string | undefined> {
  let writer: string | undefined;
  for await (const { release, writtenBy } of releaseHistory(root, leaf, newest)) {
    if (release.digest !== digest) break;
    writer = writtenBy;
  }
  return writer;
}

function proposalOf(
  event: AbortedRollout,
  text: string,
  failed: Release,
  back: Release,
  writtenBy: string | undefined,
): Proposal {
  const { service, environment } = event;
  const leaf = { service, environment };
  const [bad, good] = [versionOf(failed.commit), versionOf(back.commit)];
  return {
    branch: `revert/${environment}/${service}-${bad}`,
    title: `Revert ${service} in ${environment} to ${good}: ${bad} was aborted`,
    body: [
      `The rollout of ${service} ${bad} in ${environment} was aborted${event.message ? `: \`${event.message}\`` : ""}.`,
      `All traffic is back on ${good}; this makes Git say so too.`,
      "",
      ...evidence(event),
      `Aborted: \`${failed.digest}\``,
      `Back to: \`${back.digest}\``,
      ...(writtenBy ? [`This reverts commit ${writtenBy}.`] : []),
    ].join("\n"),
    files: new Map([[releaseFile(leaf), withRelease(text, back, releaseFile(leaf))]]),
  };
}

function evidence({ analysis, traceIds }: AbortedRollout): string[] {
  const measured = analysis.map(({ metric, value, limit, phase, message }) =>
    [
      `- ${metric}:`,
      value === undefined ? "no value" : `\`${value}\``,
      ...(limit === undefined ? [] : [`where \`${limit}\` was asked`]),
      ...(phase === undefined ? [] : [`(${phase})`]),
      ...(message ? [`\`${message}\``] : []),
    ].join(" "),
  );
  return [
    ...(measured.length > 0 ? ["What the analysis measured:", "", ...measured, ""] : []),
    ...(traceIds.length > 0
      ? ["Traces of failed requests:", "", ...traceIds.map((id) => `- ${id}`), ""]
      : []),
  ];
}
