import { type Command, Option } from "commander";
import { benchJourney } from "../journey/journey-bench.ts";
import { type Tracing, tracings } from "../journey/tracing.ts";
import { readResults } from "../journey/stored-results.ts";
import { comparisonText } from "../report/comparison-text.ts";
import { journeyPage } from "../report/journey-page.ts";
import { journeyText } from "../report/journey-text.ts";
import { note, positive, positiveList, reportFile, toJson, withState, writeReport } from "./options.ts";

interface Flags {
  rounds: number;
  seconds: number;
  warmUp: number;
  shoppers: number[];
  tracing: Tracing[];
  json?: string;
  html: string;
  compare?: string[];
}

export function addJourney(program: Command): void {
  program
    .command("journey", { isDefault: true })
    .description("a shopper's journey: home, product, add to cart, cart, checkout; closed and open loops")
    .option("--rounds <count>", "how often everything is measured", positive, 3)
    .option("--seconds <count>", "of each load", positive, 10)
    .option("--warm-up <seconds>", "before the first load of each mall", positive, 60)
    .option("--shoppers <list>", "of the closed loops", positiveList, [1, 4, 16, 64])
    .addOption(
      new Option("--tracing <list...>", "what share of the traffic is traced")
        .choices(tracings)
        .default([...tracings]),
    )
    .option("--json <file>", "write the results there, for a comparison")
    .option("--html <file>", "the report with plots", reportFile("journey.html"))
    .option("--compare <files...>", "measure nothing: print what differs between two files of --json")
    .action(async (flags: Flags) => {
      const text = flags.compare ? compareFiles(flags.compare) : await measure(flags);
      process.stdout.write(`${text}\n`);
    });
}

async function measure({ json, html, tracing, rounds, seconds, warmUp, shoppers }: Flags): Promise<string> {
  const plan = { rounds, seconds, warmUpSeconds: warmUp, shoppers, tracings: tracing, onProgress: note };
  const results = await withState((stateDir) => benchJourney({ ...plan, stateDir }));
  if (json) writeReport(json, toJson(results));
  writeReport(html, journeyPage(results));
  return journeyText(results);
}

function compareFiles(files: readonly string[]): string {
  const [before, after, ...others] = files;
  if (!before || !after || others.length > 0)
    throw new Error("Give two files: --compare before.json after.json");
  return comparisonText(readResults(before), readResults(after));
}
