import { spawn } from "node:child_process";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { findK6 } from "./node/find-k6.ts";
import { progressLine, summary } from "./node/report.ts";

interface Flags {
  url: string;
  rate: number;
  shoppers?: number;
  duration: number;
  visits?: number;
  seed: number;
  maxFailed: number;
  json?: boolean;
  trace?: boolean;
  k6?: boolean;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function duration(text: string): number {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const ms = Number(amount) * (units[unit] ?? Number.NaN);
  if (!(ms > 0)) throw new InvalidArgumentError("Give a duration such as 60s or 5m.");
  return ms;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("Give a number above 0.");
  return number;
}

function storefront(text: string): string {
  if (!URL.canParse(text)) throw new InvalidArgumentError("Give an address such as http://127.0.0.1:3000.");
  return text;
}

/** To the collector of OTEL_EXPORTER_OTLP_ENDPOINT, as a service of the mall sends its own; by default the observatory. */
async function startTelemetry(): Promise<void> {
  process.env["OTEL_SERVICE_NAME"] ??= "shopper";
  process.env["OTEL_TRACES_EXPORTER"] ??= "otlp";
  process.env["OTEL_METRICS_EXPORTER"] ??= "none";
  process.env["OTEL_LOGS_EXPORTER"] ??= "none";
  process.env["OTEL_NODE_RESOURCE_DETECTORS"] ??= "env";
  await import("@mall/kit/telemetry");
}

async function runUnderNode(flags: Flags): Promise<number> {
  if (flags.trace) await startTelemetry();
  // Loaded only now: what makes spans takes its tracer as it is loaded.
  const { runTraffic } = await import("./node/traffic.ts");
  const { flushTelemetry } = await import("@mall/kit/spans");
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  const live = process.stderr.isTTY;
  const results = await runTraffic({
    url: flags.url,
    rate: flags.rate,
    ...(flags.shoppers && { shoppers: flags.shoppers }),
    durationMs: flags.duration,
    ...(flags.visits && { visits: flags.visits }),
    seed: flags.seed,
    signal: stop.signal,
    onProgress(soFar, underWay) {
      const line = progressLine(soFar, underWay);
      process.stderr.write(live ? `\r\u001b[K${line}` : `${line}\n`);
    },
  });
  await flushTelemetry();
  if (live) process.stderr.write("\r\u001b[K");
  process.stdout.write(`${flags.json ? JSON.stringify(results, undefined, 2) : summary(results)}\n`);
  return results.visits === 0 || results.failed > (results.visits * flags.maxFailed) / 100 ? 1 : 0;
}

/** Resolves with k6's own exit code: 99 when a threshold was missed. */
function runUnderK6(flags: Flags): Promise<number> {
  const settings = {
    MALL_URL: new URL(flags.url).origin,
    RATE: flags.rate,
    SHOPPERS: flags.shoppers,
    DURATION: `${flags.duration}ms`,
    VISITS: flags.visits,
    SEED: flags.seed,
    JSON: flags.json && "yes",
  };
  const given = Object.entries(settings).flatMap(([name, value]) =>
    value ? ["-e", `${name}=${value}`] : [],
  );
  const script = join(import.meta.dirname, "../src/k6.ts");
  const k6 = spawn(
    findK6((line) => process.stderr.write(`${line}\n`)),
    ["run", ...(flags.json ? ["--quiet"] : []), script, ...given],
    { stdio: "inherit" },
  );
  return new Promise((resolve) => k6.once("exit", (code) => resolve(code ?? 1)));
}

const command = new Command("npm run traffic --")
  .description("Send shoppers through the mall: they look around, search, fill carts, abandon them, buy.")
  .option("--url <url>", "the storefront", storefront, process.env["MALL_URL"] ?? "http://127.0.0.1:3000")
  .option("--rate <per second>", "visits begun per second", positive, 5)
  .option("--shoppers <count>", "instead of a rate: so many shoppers who come again and again", positive)
  .option("--duration <time>", "how long visits are begun, such as 60s or 5m", duration, 60_000)
  .option("--visits <count>", "begin so many visits at the most", positive)
  .option("--seed <number>", "the same seed makes the same visits", Number, 1)
  .option("--max-failed <percent>", "exit with 1 when more visits failed", Number, 1)
  .option("--json", "print the results as JSON")
  .addOption(
    new Option("--trace", "begin traces at the shoppers, so that what nobody answered is seen too").conflicts(
      "k6",
    ),
  )
  .option("--k6", "run the same scenario under k6")
  .action(async (flags: Flags) => {
    process.exitCode = await (flags.k6 ? runUnderK6(flags) : runUnderNode(flags));
  });

try {
  await command.parseAsync();
} catch (error) {
  command.error(error instanceof Error ? error.message : String(error));
}
