import { Command, InvalidArgumentError } from "commander";
import { asEnvironment } from "../release/leaves.ts";
import { bump, type BumpedLeaf, type BumpResult } from "../release/bump.ts";
import { isCommit, isDigest, versionOf } from "../release/release.ts";
import {
  answer,
  type CommonFlags,
  dryRunOption,
  positiveInteger,
  rootOf,
  type UpstreamFlags,
  upstreamOf,
  withCommonOptions,
  withUpstreamOptions,
} from "./options.ts";

interface Flags extends CommonFlags, UpstreamFlags {
  readonly image: ReadonlyMap<string, string>;
  readonly commit: string;
  readonly env: string;
  readonly registry?: string;
  readonly attempts: number;
  readonly dryRun?: boolean;
}

export const bumpCommand = withUpstreamOptions(withCommonOptions(new Command("bump")))
  .description("Write what was built into an environment, as one commit pushed to its branch")
  .requiredOption("--image <service=digest>", "what was built; may be given several times", addImage)
  .requiredOption("--commit <sha>", "the source commit that it was built from", fullCommit)
  .option("--env <name>", "the environment", "dev")
  .option("--registry <name>", "where the images were pushed, as ghcr.io/<owner>; else as the leaf says")
  .option("--attempts <number>", "how often to try when others push at the same time", positiveInteger, 20)
  .addOption(dryRunOption())
  .action(async (flags: Flags) => {
    const { image: images, commit, env, registry, attempts, dryRun = false } = flags;
    const result = await bump({
      root: await rootOf(flags),
      environment: asEnvironment(env),
      images,
      commit,
      upstream: upstreamOf(flags),
      attempts,
      dryRun,
      ...(registry && { registry }),
    });
    answer(flags, result, (told) => sentences(told, flags));
    if (result.leaves.some(({ outcome }) => outcome === "refused")) process.exitCode = 1;
  });

function sentences({ leaves, pushed }: BumpResult, { env, branch, dryRun }: Flags): string[] {
  const written = dryRun ? "would now run" : "now runs";
  const told = leaves.map((leaf) => sentence(leaf, env, written));
  return pushed ? [...told, `Pushed ${versionOf(pushed)} to ${branch}.`] : told;
}

function sentence({ service, from, to, outcome }: BumpedLeaf, env: string, written: string): string {
  const [old, built] = [versionOf(from), versionOf(to)];
  const told: Record<BumpedLeaf["outcome"], string> = {
    written: `${written} ${built} (before: ${old})`,
    unchanged: `has ${built} already`,
    kept: `stays at ${old}, which is newer than ${built}`,
    refused: `stays at ${old}: that commit and ${built} have no common line of history here`,
  };
  return `${service}: ${env} ${told[outcome]}.`;
}

function addImage(
  text: string,
  images: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const [service = "", digest = ""] = text.split("=");
  if (!/^[a-z][a-z0-9-]*$/.test(service) || !isDigest(digest))
    throw new InvalidArgumentError('It has to be like "cart=sha256:" and 64 hexadecimal digits.');
  return new Map([...images, [service, digest]]);
}

function fullCommit(text: string): string {
  if (!isCommit(text)) throw new InvalidArgumentError("It has to be all 40 hexadecimal digits of a commit.");
  return text;
}
