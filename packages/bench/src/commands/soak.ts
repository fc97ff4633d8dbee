import type { Command } from "commander";
import { soakPage } from "../report/soak-page.ts";
import { soakText } from "../report/soak-text.ts";
import { allPassed } from "../report/verdict.ts";
import { benchSoak } from "../soak/soak-bench.ts";
import { soakVerdicts } from "../soak/soak-trends.ts";
import { note, positive, reportFile, toJson, withState, writeReport } from "./options.ts";

interface Flags {
  minutes: number;
  rate?: number;
  json?: string;
  html: string;
}

export function addSoak(program: Command): void {
  program
    .command("soak")
    .description("half of the peak for a long time: whether memory, open handles and latency stay flat")
    .option("--minutes <count>", "of the load", positive, 30)
    .option("--rate <per second>", "journeys begun, in place of half of the measured peak", positive)
    .option("--json <file>", "write the results there")
    .option("--html <file>", "the report with plots", reportFile("soak.html"))
    .action(async ({ json, html, minutes, rate }: Flags) => {
      const results = await withState((stateDir) => benchSoak({ minutes, rate, stateDir, onProgress: note }));
      if (json) writeReport(json, toJson(results));
      writeReport(html, soakPage(results));
      process.stdout.write(`${soakText(results)}\n`);
      process.exitCode = allPassed(soakVerdicts(results)) ? 0 : 1;
    });
}
