import { Command } from "commander";
import { DeliveryError } from "../delivery-error.ts";
import { propose, type Proposed } from "../git/proposal.ts";
import { newestOf } from "../git/upstream.ts";
import { asEnvironment } from "../release/leaves.ts";
import {
  planPromotion,
  type Promotion,
  promotionProposal,
  type PromotionRequest,
} from "../release/promote.ts";
import { versionOf } from "../release/release.ts";
import { nextStep, publicationOf, type ProposalFlags, withProposalOptions } from "./proposal-options.ts";
import { answer, rootOf, upstreamOf } from "./options.ts";

interface Flags extends ProposalFlags {
  readonly all?: boolean;
  readonly commit?: string;
}

interface Answer extends Partial<Proposed> {
  readonly promotions: readonly Omit<Promotion, "text">[];
}

export const promoteCommand = withProposalOptions(new Command("promote"))
  .description(
    "Take what runs in one environment to the next: a branch and its pull request, never a new build",
  )
  .usage("[options] <service> <from> <to>")
  .argument("<words...>", "the service (not with --all) and the two environments")
  .option("--all", "every service that has something to promote")
  .option("--commit <sha>", "only if this is the source commit that runs there")
  .action(async (words: string[], flags: Flags) => {
    const root = await rootOf(flags);
    const upstream = upstreamOf(flags);
    const request: PromotionRequest = {
      root,
      newest: await newestOf(root, upstream),
      ...readWords(words, flags),
      ...(flags.commit && { commit: flags.commit }),
    };
    const promotions = await planPromotion(request);
    const proposed =
      promotions.length > 0
        ? await propose(
            root,
            request.newest,
            upstream,
            promotionProposal(promotions, request),
            publicationOf(flags),
          )
        : {};
    const result = { promotions: promotions.map(({ text: _text, ...told }) => told), ...proposed };
    answer<Answer>(flags, result, (told) => sentences(told, request, flags));
  });

function readWords(
  words: readonly string[],
  { all }: Flags,
): Pick<PromotionRequest, "service" | "from" | "to"> {
  const [service, from, to, ...rest] = all ? ["all", ...words] : words;
  if (!service || !from || !to || rest.length > 0)
    throw new DeliveryError(
      "Say what and where: promote <service> <from> <to>, or promote --all <from> <to>.",
    );
  return { service, from: asEnvironment(from), to: asEnvironment(to) };
}

function sentences(told: Answer, { service, to }: PromotionRequest, flags: Flags): string[] {
  const { promotions, ...proposed } = told;
  if (promotions.length === 0)
    return [
      service === "all"
        ? `There is nothing to promote to ${to}.`
        : `${to} has this release of ${service} already.`,
    ];
  return [
    ...promotions.flatMap(({ service: name, release, replaces, changes }) => [
      `${name}: ${versionOf(release.commit)} to ${to}${replaces ? ` (before: ${versionOf(replaces.commit)})` : " (its first)"}`,
      ...changes.map((change) => `  ${change}`),
    ]),
    ...nextStep(proposed, flags),
  ];
}
