import { Command } from "commander";
import { adopt, type Adoption } from "../adoption/adopt.ts";
import { answer, type CommonFlags, dryRunOption, rootOf, withCommonOptions } from "./options.ts";

interface Flags extends CommonFlags {
  readonly dryRun?: boolean;
}

export const adoptCommand = withCommonOptions(new Command("adopt"))
  .description(
    "Point a fork at itself, as one commit: addresses, images, teams, and leaves without a release",
  )
  .argument("<owner/repository>", "the fork, as GitHub spells it")
  .addOption(dryRunOption())
  .action(async (name: string, flags: Flags) => {
    const adoption = await adopt(await rootOf(flags), name, flags.dryRun === true);
    answer(flags, adoption, (told) => sentences(told, flags));
  });

function sentences({ from, to, files, commit }: Adoption, { dryRun }: Flags): string[] {
  if (files.length === 0) return [`This is ${to} already.`];
  if (dryRun) return [...files, `${files.length} files would change from ${from} to ${to}.`];
  return [
    `${files.length} files changed from ${from} to ${to}, in commit ${commit?.slice(0, 12)}.`,
    "Push it to main: the first build writes what runs in dev.",
  ];
}
