import type { Command } from "commander";
import { storefrontText, storefrontVerdicts } from "../report/storefront-text.ts";
import { allPassed, verdictLines } from "../report/verdict.ts";
import { benchStorefront } from "../storefront/storefront-bench.ts";
import { note, positive, toJson, withState, writeReport } from "./options.ts";

interface Flags {
  rounds: number;
  slowdown: number;
  json?: string;
}

export function addStorefront(program: Command): void {
  program
    .command("storefront")
    .description("how soon Chromium paints the shop's pages on a slow processor, and whether they move")
    .option("--rounds <count>", "how often each page is loaded", positive, 7)
    .option("--slowdown <factor>", "of the browser's processor", positive, 4)
    .option("--json <file>", "write the results there")
    .action(async ({ json, ...flags }: Flags) => {
      const results = await withState((stateDir) =>
        benchStorefront({ ...flags, stateDir, onProgress: note }),
      );
      if (json) writeReport(json, toJson(results));
      const verdicts = storefrontVerdicts(results);
      process.stdout.write(`${storefrontText(results)}\n\n${verdictLines(verdicts)}\n`);
      process.exitCode = allPassed(verdicts) ? 0 : 1;
    });
}
