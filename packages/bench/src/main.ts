import { rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { benchJourney } from "./journey/journey-bench.ts";
import { type Tracing, tracings } from "./journey/tracing.ts";
import { benchObservatory } from "./observatory/observatory-bench.ts";
import { journeyText } from "./report/journey-text.ts";
import { observatoryText } from "./report/observatory-text.ts";

interface JourneyFlags {
  rounds: number;
  seconds: number;
  shoppers: number[];
  tracing: Tracing[];
  json?: string;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("Give a number above 0.");
  return number;
}

const positiveList = (text: string): number[] => text.split(",").map(positive);

const program = new Command("npm run bench --").description(
  "Measure what the mall costs and how fast it is.",
);
const note = (line: string): void => void process.stderr.write(`${line}\n`);

program
  .command("journey", { isDefault: true })
  .description("a shopper's journey: home, product, add to cart, cart, checkout; closed and open loops")
  .option("--rounds <count>", "how often everything is measured", positive, 3)
  .option("--seconds <count>", "of each load", positive, 10)
  .option("--shoppers <list>", "of the closed loops", positiveList, [1, 4, 16, 64])
  .addOption(
    new Option("--tracing <list...>", "what share of the traffic is traced")
      .choices(tracings)
      .default([...tracings]),
  )
  .option("--json <file>", "write the results there, for a comparison")
  .action(async ({ json, tracing, ...flags }: JourneyFlags) => {
    const results = await withState((stateDir) =>
      benchJourney({ ...flags, tracings: tracing, stateDir, onProgress: note }),
    );
    if (json) writeFileSync(json, `${JSON.stringify(results, undefined, 2)}\n`);
    process.stdout.write(`${journeyText(results)}\n`);
  });

program
  .command("observatory")
  .description("whether a killed or a hung observatory slows an order")
  .option("--rounds <count>", "how often everything is measured", positive, 5)
  .option("--seconds <count>", "of each condition", positive, 20)
  .option("--rate <per second>", "journeys begun", positive, 4)
  .action(async (flags: { rounds: number; seconds: number; rate: number }) => {
    const times = await withState((stateDir) => benchObservatory({ ...flags, stateDir, onProgress: note }));
    process.stdout.write(`${observatoryText(times)}\n`);
  });

/** The mall's data of one benchmark, in a folder that is gone afterwards. */
async function withState<T>(bench: (stateDir: string) => Promise<T>): Promise<T> {
  const stateDir = await mkdtemp(join(tmpdir(), "mall-bench-"));
  try {
    return await bench(stateDir);
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

try {
  await program.parseAsync();
} catch (error) {
  program.error(error instanceof Error ? `error: ${error.message}` : String(error));
}
