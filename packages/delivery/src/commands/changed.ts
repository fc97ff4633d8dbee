import { Command } from "commander";
import { type ChangedImage, changedImages } from "../changes/changed-images.ts";
import { asEnvironment } from "../release/leaves.ts";
import { answer, type CommonFlags, rootOf, withCommonOptions } from "./options.ts";

interface Flags extends CommonFlags {
  readonly base?: string;
  readonly since?: string;
  readonly github?: boolean;
}

export const changedCommand = withCommonOptions(new Command("changed"))
  .description("Say which images have to be built, and why")
  .option("--base <sha>", "compare with this commit")
  .option("--since <environment>", "compare each service with what this environment was last given")
  .option("--github", "print the outputs of a workflow step: any=true|false and matrix={…}")
  .action(async (flags: Flags) => {
    const { base, since } = flags;
    const changed = await changedImages({
      root: await rootOf(flags),
      ...(base && { base }),
      ...(since && { since: asEnvironment(since) }),
    });
    if (flags.github) process.stdout.write(outputs(changed));
    else answer(flags, changed, sentences);
  });

function outputs(changed: readonly ChangedImage[]): string {
  const include = changed.map(({ name, released }) => ({ name, released }));
  return `any=${include.length > 0}\nmatrix=${JSON.stringify({ include })}\n`;
}

const sentences = (changed: readonly ChangedImage[]): string[] =>
  changed.length > 0
    ? changed.map(({ name, because }) => `${name}: ${because}`)
    : ["Nothing has to be built."];
