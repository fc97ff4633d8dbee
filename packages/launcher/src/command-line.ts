import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import color from "picocolors";
import { z } from "zod";
import { LaunchError } from "./launch-error.ts";
import type { Mall } from "./mall.ts";
import { createProgress } from "./progress.ts";
import { readServicePlans } from "./service-plan.ts";
import { readSettings } from "./settings.ts";
import { startMall } from "./start-mall.ts";
import { watchStarter } from "./starter.ts";
import { resetState, statePaths } from "./state-folder.ts";
import { summary } from "./summary.ts";

const packageFolder = join(fileURLToPath(import.meta.url), "../..");

/** Runs the command in `argv`. A LaunchError becomes its sentence and exit code 1; any other error is a defect. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")));
  const program = new Command("mall").description("Runs the whole mall on this machine.").version(version);
  program.option("--root <folder>", "the project's folder", join(packageFolder, "../.."));
  program
    .command("start")
    .description("start PostgreSQL and every service, and keep them running until Ctrl-C")
    .action(() => start(resolve(program.opts<{ root: string }>().root)));
  program
    .command("reset")
    .description("delete everything the mall has kept: orders, logs, passwords")
    .action(() => reset(resolve(program.opts<{ root: string }>().root)));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    process.stderr.write(`${color.red("error")} ${error.message}\n`);
    process.exitCode = 1;
  }
}

async function start(root: string): Promise<void> {
  const startedAt = Date.now();
  const settings = readSettings(root, process.env);
  const names = [
    ...(settings.databaseUrl ? [] : ["postgres"]),
    ...readServicePlans(root).map(({ name }) => name),
  ];
  const progress = createProgress(names, process.stdout);
  const mall = await startMall({
    ...settings,
    root,
    ports: "fixed",
    onEvent: (event) => progress.show(event),
  });
  const stop = stopOnSignal(mall);
  try {
    await mall.waitUntilReady();
  } catch (error) {
    if (stop.asked) return stop.done;
    await mall.stop();
    throw error;
  }
  progress.finish();
  const services = Object.values(mall.services);
  const { logs } = statePaths(settings.stateDir);
  process.stdout.write(summary({ services, tookMs: Date.now() - startedAt, logs, root }));
  await stop.done;
}

/** Stops the mall on a signal, or when the npm that started it is gone. A second signal leaves it no time. */
function stopOnSignal(mall: Mall): { readonly asked: boolean; done: Promise<void> } {
  const done = Promise.withResolvers<void>();
  let asked = false;
  function stop(): void {
    if (!asked) process.stdout.write("\nStopping.\n");
    const stopped = asked ? mall.stopNow() : mall.stop();
    asked = true;
    stopped.then(done.resolve, done.reject);
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // A terminal that was closed takes no more lines; that must not end the launcher in the middle of stopping.
  process.stdout.on("error", () => {});
  watchStarter(stop);
  return {
    get asked() {
      return asked;
    },
    done: done.promise,
  };
}

async function reset(root: string): Promise<void> {
  const { stateDir } = readSettings(root, process.env);
  await resetState(stateDir);
  process.stdout.write(`${stateDir} is empty: the next start begins with a new mall.\n`);
}
