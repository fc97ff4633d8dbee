import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import pc from "picocolors";
import { chooseBackend } from "../choose-backend.ts";
import { isWell, readApplications } from "../deliver/applications.ts";
import { sentence } from "../machine/sentence.ts";
import { repository } from "../paths.ts";
import { type BrokenDelivery, brokenDeliveries } from "./broken-delivery.ts";
import { htmlReport } from "./report/html.ts";
import { plot } from "./report/plot.ts";
import { textReport } from "./report/text.ts";
import { runScenario } from "./run-scenario.ts";
import type { Outcome, Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios/all.ts";
import type { TimelineEvent } from "./timeline.ts";

interface Flags {
  only: string[];
  broken: string[];
  report: string;
  list?: true;
}

const command = new Command("npm run e2e --")
  .description(
    "Deliver by `git push` to the cluster that is up, break what can break, and see what comes of it. cluster/README.md says what of it has run.",
  )
  .option("--only <name>", "only this scenario; may be given several times", collect, [])
  .option(
    "--broken <name>",
    "instead: break the delivery on purpose, and run the scenario that has to notice; it exits with 1 when it does",
    collect,
    [],
  )
  .option("--report <folder>", "where the report is written", join(repository, ".mall/e2e"))
  .option("--list", "print the scenarios, and what can be broken")
  .action(async (flags: Flags) => {
    if (flags.list) process.stdout.write(list());
    else process.exitCode = (await runAll(chosen(flags), flags.report)) ? 0 : 1;
  });

interface Choice {
  scenario: Scenario;
  broken?: BrokenDelivery;
}

function list(): string {
  const lines = (all: readonly { name: string; title: string }[]) =>
    all.map(({ name, title }) => `  ${name}: ${title}\n`).join("");
  return `Scenarios:\n${lines(scenarios)}\nWhat --broken takes:\n${lines(brokenDeliveries)}`;
}

function collect(name: string, names: string[]): string[] {
  return [...names, name];
}

function chosen({ only, broken }: Flags): Choice[] {
  if (broken.length > 0)
    return named(broken, brokenDeliveries).flatMap((each) =>
      named([each.scenario], scenarios).map((scenario) => ({ scenario, broken: each })),
    );
  return (only.length === 0 ? scenarios : named(only, scenarios)).map((scenario) => ({ scenario }));
}

function named<Named extends { name: string }>(names: readonly string[], all: readonly Named[]): Named[] {
  const unknown = names.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")}: see --list.`);
  return all.filter(({ name }) => names.includes(name));
}

/** Answers whether all passed. */
async function runAll(choices: readonly Choice[], folder: string): Promise<boolean> {
  const backend = await chooseBackend(undefined);
  if (!(await backend.isUp())) throw new Error("No cluster is up: npm run cluster -- up");
  const applications = await readApplications();
  if (applications.length === 0)
    throw new Error("Nothing has been delivered to the cluster yet: npm run cluster -- up");
  const unwell = applications.filter((application) => !isWell(application));
  if (unwell.length > 0)
    throw new Error(
      `Not all is well before the first scenario: ${unwell.map(({ name }) => name).join(", ")}. See npm run cluster -- status.`,
    );
  const outcomes: Outcome[] = [];
  for (const { scenario, broken } of choices) {
    process.stderr.write(`\n${pc.bold(scenario.name)}: ${scenario.title}\n`);
    const outcome = await runScenario({ scenario, broken, backend, onEvent: tell });
    outcomes.push(outcome);
    process.stderr.write(
      `${outcome.verdict === "passed" ? pc.green("✓ passed") : pc.red(`✗ ${outcome.reason}`)}\n`,
    );
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "report.txt"), textReport(outcomes));
    await writeFile(join(folder, "report.html"), htmlReport(outcomes));
    await writeFile(join(folder, `${scenario.name}.svg`), plot(outcome.timeline));
  }
  process.stdout.write(textReport(outcomes));
  process.stdout.write(`The report with its plots: ${join(folder, "report.html")}\n`);
  return outcomes.every(({ verdict }) => verdict === "passed");
}

function tell({ at, actor, text }: TimelineEvent): void {
  process.stderr.write(`${pc.dim(`${at.toFixed(1).padStart(7)} s`)}  ${pc.cyan(actor.padEnd(8))}  ${text}\n`);
}

try {
  await command.parseAsync();
} catch (error) {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
}
