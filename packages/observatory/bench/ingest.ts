/**
 * What the observatory costs: share of a core and memory while spans arrive, the mall's metrics are scraped and one page
 * watches; then, with all that going on, how fast it answers somebody who searches.
 *
 *   npm run build && node packages/observatory/bench/ingest.ts --help
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Overview } from "../src/api-types.ts";
import { serveMetricPages } from "./metric-pages.ts";
import { visitPage } from "./page-visits.ts";
import { memoryMB, processorSeconds } from "./process-usage.ts";
import { batches } from "./traffic.ts";

const MB = 1024 * 1024;
const VISIT_SECONDS = 20;
const USAGE = `Usage: node packages/observatory/bench/ingest.ts [options] [spans per second, default 1000 5000]

Options:
  --seconds <count>  how long each rate is kept up (default: 20)
  --help             show this
`;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

async function run(rate: number, seconds: number): Promise<void> {
  const metrics = await serveMetricPages();
  const observatory = fork(new URL("../dist/main.js", import.meta.url), {
    execArgv: ["--max-semi-space-size=4", "--max-old-space-size=512"], // as the launcher starts it
    env: { ...process.env, PORT: "0", METRICS_TARGETS: metrics.targets },
  });
  const [{ url }] = (await once(observatory, "message")) as [{ url: string }];
  const end = new AbortController();
  const watched = watch(url, end.signal);
  const requests: Promise<number>[] = [];
  const times: number[] = [];
  async function sendFor(period: number): Promise<void> {
    const started = performance.now();
    for (let tenth = 0; tenth < period * 10; tenth += 1) {
      for (const body of batches(rate / 10)) requests.push(send(url, body, times));
      await wait(Math.max(0, started + (tenth + 1) * 100 - performance.now()));
    }
  }

  const started = performance.now();
  const before = processorSeconds(observatory);
  await sendFor(seconds);
  const elapsed = (performance.now() - started) / 1000;
  const cores = (processorSeconds(observatory) - before) / elapsed;
  const memory = memoryMB(observatory);
  const visiting = visitPage(url, end.signal);
  await sendFor(VISIT_SECONDS);
  const statuses = await Promise.all(requests);
  const { telemetry } = (await (await fetch(`${url}/api/overview`)).json()) as Overview;
  end.abort();
  const visits = await visiting;

  print(`${rate} spans/s for ${elapsed.toFixed(0)} s`);
  print(`  processor   ${(cores * 100).toFixed(1)} % of a core`);
  print(
    `  memory      ${memory.toFixed(0)} MB, of which spans ${(telemetry.storedBytes / MB).toFixed(0)} MB (estimated)`,
  );
  print(
    `  requests    ${statuses.length}, not accepted ${statuses.filter((status) => status !== 200).length}; ${quantiles(times)}`,
  );
  print(
    `  spans       accepted ${telemetry.accepted} = kept ${telemetry.kept} + evicted ${telemetry.evicted} + dropped ${telemetry.dropped}`,
  );
  print(`  search      over ${telemetry.traces} traces: ${quantiles(visits.search)}`);
  print(`  open trace  ${quantiles(visits.open)}`);
  print(`  overview    ${quantiles(visits.overview)}`);
  print(`  stream      ${((await watched) / 1024 / (elapsed + VISIT_SECONDS)).toFixed(1)} kB/s`);
  observatory.disconnect();
  await once(observatory, "exit");
  metrics.close();
}

/** Reads and forgets, as a page that draws would. */
async function watch(url: string, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  const { body } = await fetch(`${url}/api/stream`, { signal });
  try {
    for await (const chunk of body ?? []) bytes += (chunk as Uint8Array).length;
  } catch {
    // Aborted: the run is over.
  }
  return bytes;
}

async function send(url: string, body: string, times: number[]): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  await response.arrayBuffer();
  times.push(performance.now() - started);
  return response.status;
}

function quantiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q: number): string => (sorted[Math.floor(q * (sorted.length - 1))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "20" }, help: { type: "boolean", default: false } },
});
if (values.help) print(USAGE);
else {
  const rates = positionals.length > 0 ? positionals.map(Number) : [1_000, 5_000];
  for (const rate of rates) await run(rate, Number(values.seconds));
}
