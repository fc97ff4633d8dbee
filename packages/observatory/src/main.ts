import { join } from "node:path";
import { readConfig } from "./config.ts";
import { createObservatory } from "./observatory.ts";
import { readRules } from "./rules/read-rules.ts";
import { serveObservatory, type RunningObservatory } from "./server.ts";

const SHUTDOWN_MS = 1_000;
/** What Prometheus evaluates in the cluster. As far from here in `src` as in `dist`, compiled or bundled. */
const MALL_RULES = join(import.meta.dirname, "../../../base/alerts/rules/mall-rules.yaml");

const print = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};

async function start(): Promise<RunningObservatory> {
  const { port, host, allowedHosts, faultsFile, targets, rulesFile } = readConfig(process.env);
  const publicDirectory = join(import.meta.dirname, "..", "dist", "page");
  const rules = await readRules(rulesFile ?? MALL_RULES);
  const observatory = createObservatory({
    allowedHosts,
    faultsFile,
    publicDirectory,
    targets,
    rules,
    onError: print,
  });
  return serveObservatory(observatory, { port, host }).catch((error: unknown) => {
    const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw taken
      ? new Error(`Port ${port} is taken. Stop what uses it, or set PORT.`, { cause: error })
      : error;
  });
}

function stop(running: RunningObservatory): void {
  setTimeout(() => process.exit(0), SHUTDOWN_MS).unref();
  running.close().then(() => process.exit(0), print);
}

try {
  const running = await start();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop(running));
  // Without its launcher nobody would ever stop it.
  process.once("disconnect", () => stop(running));
  process.send?.({ type: "ready", url: running.url });
  if (process.send === undefined) process.stdout.write(`The observatory is at ${running.url}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
