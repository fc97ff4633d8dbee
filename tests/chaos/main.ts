/**
 * Kills, stops, slows and cuts off every process of the mall in turn while people buy, and then reads the books:
 * `npm run chaos -- --orders 1000 --seed 1`. Exits with 1 when they disagree.
 */
import { reportFile, toJson, writeReport } from "@mall/bench";
import { Command, InvalidArgumentError, Option } from "commander";
import { breakages, type BreakageName, buildBroken } from "./broken-builds.ts";
import { runChaos } from "./chaos.ts";
import { chaosPage } from "./report-page.ts";
import { chaosText } from "./report.ts";

interface Flags {
  orders: number;
  seed: number;
  buyers: number;
  blows?: number;
  broken?: BreakageName;
  json?: string;
  html: string;
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError("Give a whole number.");
  return number;
}

const names = Object.keys(breakages);
await new Command("npm run chaos --")
  .description("Break every process of the mall while people buy, and then compare the books.")
  .option("--orders <count>", "to be placed at least", whole, 1_000)
  .option("--seed <number>", "the same seed strikes the same blows and draws the same orders", whole, 1)
  .option("--buyers <count>", "who buy at the same time", whole, 6)
  .option("--blows <count>", "only the first so many of the plan", whole)
  .addOption(
    new Option("--broken <what>", "run a checkout without what keeps orders right: it must be found").choices(
      names,
    ),
  )
  .option("--json <file>", "write the report there")
  .option("--html <file>", "the report with plots", reportFile("chaos.html"))
  .action(async ({ broken, json, html, ...flags }: Flags) => {
    const programs = broken ? { checkout: await buildBroken(broken) } : {};
    if (broken) process.stderr.write(`Checkout is broken on purpose: ${breakages[broken].description}.\n`);
    const onProgress = (line: string): void => void process.stderr.write(`${line}\n`);
    const report = await runChaos({ ...flags, programs, onProgress });
    if (json) writeReport(json, toJson(report));
    writeReport(html, chaosPage(report));
    process.stdout.write(`${chaosText(report)}\n`);
    process.exitCode = report.findings.length === 0 ? 0 : 1;
  })
  .parseAsync();
