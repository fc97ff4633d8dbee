import type { Command } from "commander";
import { benchObservatory } from "../observatory/observatory-bench.ts";
import { observatoryText } from "../report/observatory-text.ts";
import { note, positive, withState } from "./options.ts";

interface Flags {
  rounds: number;
  seconds: number;
  rate: number;
}

export function addObservatory(program: Command): void {
  program
    .command("observatory")
    .description("whether a killed or a hung observatory slows an order")
    .option("--rounds <count>", "how often everything is measured", positive, 5)
    .option("--seconds <count>", "of each condition", positive, 20)
    .option("--rate <per second>", "journeys begun", positive, 4)
    .action(async (flags: Flags) => {
      const times = await withState((stateDir) => benchObservatory({ ...flags, stateDir, onProgress: note }));
      process.stdout.write(`${observatoryText(times)}\n`);
    });
}
