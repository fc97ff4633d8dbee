import { Command, Option } from "commander";
import color from "picocolors";
import { linters } from "../lint/linters.ts";
import { lint, type LintResult } from "../lint/lint.ts";
import { answer, type CommonFlags, rootOf, withCommonOptions } from "./options.ts";

interface Flags extends CommonFlags {
  readonly only?: readonly string[];
  readonly strict?: boolean;
}

/** What a person waits for without having asked for it. */
const patienceSeconds = 60;

export const lintCommand = withCommonOptions(new Command("lint"))
  .description("Let the tools of others judge workflows, rules, mesh and Rollouts, each where it can be had")
  .addOption(
    new Option("--only <tools...>", "these only; what is named has to be there").choices(
      linters.map(({ tool }) => tool),
    ),
  )
  .option("--strict", "a tool that cannot be had is an error; one that takes minutes to build is built")
  .action(async (flags: Flags) => {
    const { only, strict } = flags;
    const demanded = strict === true || only !== undefined;
    const results = await lint({
      root: await rootOf(flags),
      linters: linters.filter(({ tool }) => only?.includes(tool) ?? true),
      maxBuildSeconds: demanded ? Infinity : patienceSeconds,
      say: (line) => process.stderr.write(`${line}\n`),
    });
    answer(flags, results, (told) => told.flatMap(sentences));
    const failed = results.filter(
      ({ outcome }) => outcome === "complains" || (demanded && outcome === "skipped"),
    );
    if (failed.length > 0) process.exitCode = 1;
  });

function sentences({ tool, judges, outcome, output }: LintResult): string[] {
  const told: Record<LintResult["outcome"], string[]> = {
    clean: [`${color.green("clean")}    ${tool}: ${judges}`],
    skipped: [`${color.yellow("skipped")}  ${tool}: ${output}`],
    complains: [`${color.red("failed")}   ${tool}: ${judges}`, output, ""],
  };
  return told[outcome];
}
