import type { Command } from "commander";
import { benchBreaker } from "../breaker/breaker-bench.ts";
import { breakerPage } from "../report/breaker-page.ts";
import { breakerText } from "../report/breaker-text.ts";
import { note, positive, reportFile, toJson, withState, writeReport } from "./options.ts";

interface Flags {
  seconds: number;
  shoppers: number;
  json?: string;
  html: string;
}

export function addBreaker(program: Command): void {
  program
    .command("breaker")
    .description("two carts of which one fails half of its answers: what users see without and with ejection")
    .option("--seconds <count>", "of each condition", positive, 60)
    .option("--shoppers <count>", "who buy meanwhile", positive, 4)
    .option("--json <file>", "write the results there")
    .option("--html <file>", "the report with plots", reportFile("breaker.html"))
    .action(async ({ json, html, ...flags }: Flags) => {
      const results = await withState((stateDir) => benchBreaker({ ...flags, stateDir, onProgress: note }));
      if (json) writeReport(json, toJson(results));
      writeReport(html, breakerPage(results));
      process.stdout.write(`${breakerText(results)}\n`);
    });
}
