import type { Command } from "commander";
import { benchOverload } from "../overload/overload-bench.ts";
import { overloadVerdicts } from "../overload/overload-verdicts.ts";
import { overloadPage } from "../report/overload-page.ts";
import { overloadText } from "../report/overload-text.ts";
import { allPassed } from "../report/verdict.ts";
import { note, positive, reportFile, toJson, withState, writeReport } from "./options.ts";

interface Flags {
  rounds: number;
  seconds: number;
  factor: number;
  json?: string;
  html: string;
}

export function addOverload(program: Command): void {
  program
    .command("overload")
    .description("more shoppers than the mall can serve: whether it serves as many as it can, and well")
    .option("--rounds <count>", "how often everything is measured", positive, 2)
    .option("--seconds <count>", "of the overload", positive, 20)
    .option("--factor <times>", "of the peak that is measured first", positive, 3)
    .option("--json <file>", "write the results there")
    .option("--html <file>", "the report with plots", reportFile("overload.html"))
    .action(async ({ json, html, ...flags }: Flags) => {
      const results = await withState((stateDir) => benchOverload({ ...flags, stateDir, onProgress: note }));
      if (json) writeReport(json, toJson(results));
      writeReport(html, overloadPage(results));
      process.stdout.write(`${overloadText(results)}\n`);
      process.exitCode = allPassed(overloadVerdicts(results)) ? 0 : 1;
    });
}
