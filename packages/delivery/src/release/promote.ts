import { DeliveryError, Superseded } from "../delivery-error.ts";
import { relationOf } from "../git/history.ts";
import type { Proposal } from "../git/proposal.ts";
import { imageChanges } from "../changes/image-changes.ts";
import { type Environment, environments, type Leaf, releaseFile } from "./leaves.ts";
import { leavesAt, type Recorded, recordedAt } from "./recorded.ts";
import { isReleased, type Release, versionOf } from "./release.ts";
import { withRelease } from "./release-file.ts";

export interface PromotionRequest {
  readonly root: string;
  /** The newest commit of the branch that Argo CD reads. */
  readonly newest: string;
  /** The name of a service, or "all" that `from` has and `to` has not. */
  readonly service: string;
  readonly from: Environment;
  readonly to: Environment;
  /** The source commit that is meant. When another one runs there by now, that is Superseded. */
  readonly commit?: string;
}

export interface Promotion {
  readonly service: string;
  readonly release: Release;
  /** What `to` runs until now; undefined when it has nothing yet. */
  readonly replaces: Release | undefined;
  /** What comes with it, newest first: "1a2b3c4d5e6f Subject". */
  readonly changes: readonly string[];
  readonly text: string;
}

/**
 * What goes forward from one environment to the next. Throws a DeliveryError when that is not the next one, when
 * nothing is released in `from`, or when `to` would go backwards. Of "all", what cannot go is left out.
 */
export async function planPromotion(request: PromotionRequest): Promise<Promotion[]> {
  const { root, newest, service, from, to } = request;
  if (environments.indexOf(to) !== environments.indexOf(from) + 1)
    throw new DeliveryError(
      `A release goes from ${environments.join(" to ")}: nothing goes from ${from} to ${to}.`,
    );
  if (service !== "all") return planOne(request, service);
  const services = (await leavesAt(root, newest, to)).map((leaf) => leaf.service);
  const plans = await Promise.all(
    services.map((name) =>
      planOne(request, name).catch((error: unknown) => {
        if (error instanceof DeliveryError) return [];
        throw error;
      }),
    ),
  );
  return plans.flat();
}

async function planOne(request: PromotionRequest, service: string): Promise<Promotion[]> {
  const { root, newest, from, to, commit } = request;
  const source = await recordedAt(root, newest, { environment: from, service });
  const target = await recordedAt(root, newest, { environment: to, service });
  const { release } = source;
  if (!isReleased(release)) throw new DeliveryError(`${service} is not released in ${from} yet.`);
  if (commit !== undefined && commit !== release.commit)
    throw new Superseded(
      `${versionOf(commit)} of ${service} is not what ${from} runs: that is ${versionOf(release.commit)}.`,
    );
  if (isSame(release, target.release)) return [];
  await refuseBackwards(root, service, request, release, target.release);
  const replaces = isReleased(target.release) ? target.release : undefined;
  const changes = replaces ? await imageChanges(root, service, replaces.commit, release.commit) : [];
  return [
    { service, release, replaces, changes, text: promoted(target, release, { environment: to, service }) },
  ];
}

async function refuseBackwards(
  root: string,
  service: string,
  { from, to }: PromotionRequest,
  release: Release,
  target: Release,
): Promise<void> {
  if (!isReleased(target)) return;
  const relation = await relationOf(root, release.commit, target.commit);
  if (relation === "newer" || relation === "same") return;
  const [what, there] = [versionOf(release.commit), versionOf(target.commit)];
  throw new DeliveryError(
    relation === "older"
      ? `${to} runs ${there} of ${service}, which is newer than ${from}'s ${what}: to go back, use rollback.`
      : `${what} of ${service} and ${to}'s ${there} have no common line of history here: fetch the whole history.`,
  );
}

/** The branch and the pull request for what was planned; it takes at least one promotion. */
export function promotionProposal(
  promotions: readonly Promotion[],
  { service, from, to }: PromotionRequest,
): Proposal {
  const names = promotions.map((promotion) => promotion.service);
  const what = names.length > 3 ? `${names.length} services` : names.join(", ");
  const versions = new Set(promotions.map(({ release }) => versionOf(release.commit)));
  return {
    branch: `promote/${to}/${service}`,
    title: `Promote ${what} to ${to}${versions.size === 1 ? `: ${[...versions][0]}` : ""}`,
    body: `${promotions.map((promotion) => paragraph(promotion, to)).join("\n\n")}\n\nThe images are those that run in ${from}, by digest.`,
    files: new Map(
      promotions.map(({ service: name, text }) => [releaseFile({ environment: to, service: name }), text]),
    ),
  };
}

function paragraph({ service, release, replaces, changes }: Promotion, to: Environment): string {
  const before = replaces ? `from ${versionOf(replaces.commit)}` : `${to}'s first`;
  const lines = [
    `**${service}** ${versionOf(release.commit)} (${before})`,
    "",
    `\`${release.digest}\``,
    ...(changes.length > 0 ? ["", ...changes.map((change) => `- ${change}`)] : []),
  ];
  return lines.join("\n");
}

const isSame = (one: Release, other: Release): boolean =>
  one.commit === other.commit && one.digest === other.digest && one.image === other.image;

const promoted = ({ text }: Recorded, release: Release, leaf: Leaf): string =>
  withRelease(text, release, releaseFile(leaf));
