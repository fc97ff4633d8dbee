import { Command } from "commander";
import { commitOf } from "../git/history.ts";
import { environments } from "../release/leaves.ts";
import { diffLines, diffMarkdown } from "../render/diff-report.ts";
import { diffTrees } from "../render/object-diff.ts";
import { withRevision } from "../render/revision.ts";
import { answer, type CommonFlags, rootOf, withCommonOptions } from "./options.ts";

interface Flags extends CommonFlags {
  readonly env?: string;
  readonly markdown?: boolean;
  readonly exitCode?: boolean;
}

export const diffCommand = withCommonOptions(new Command("diff"))
  .description(
    "Show what the work tree would change in the clusters, against a revision: per rendered object",
  )
  .argument("<revision>", "a branch, tag or commit, such as main")
  .option("--env <name>", "only this environment")
  .option("--markdown", "print it as a comment for a pull request")
  .option("--exit-code", "end with 1 when there is a difference")
  .action(async (revision: string, flags: Flags) => {
    const root = await rootOf(flags);
    const wanted = flags.env ? [flags.env] : environments;
    const diffs = await withRevision(root, await commitOf(root, revision), (folder) =>
      diffTrees(folder, root, wanted),
    );
    if (flags.markdown) process.stdout.write(diffMarkdown(diffs));
    else answer(flags, diffs, diffLines);
    if (flags.exitCode && diffs.length > 0) process.exitCode = 1;
  });
