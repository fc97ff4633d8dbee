/**
 * What the observatory costs: share of a core, memory and answer times while spans arrive and one page watches.
 *
 *   npm run build && node packages/observatory/bench/ingest.ts [seconds, default 20] [spans per second, default 1000 5000]
 */
import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Overview } from "../src/api-types.ts";

const [seconds = 20, ...rates] = process.argv.slice(2).map(Number);
const SPANS_PER_TRACE = 10;
/** Of Linux' clock ticks, in which /proc counts processor time. */
const TICKS_PER_SECOND = 100;
const MB = 1024 * 1024;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const hex = (bytes: number): string => randomBytes(bytes).toString("hex");
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** A request through five services, each asking its database. */
function oneTrace(): { service: string; span: object }[] {
  const traceId = hex(16);
  const services = ["frontend", "checkout", "cart", "product", "purchase"];
  const end = BigInt(Date.now()) * 1_000_000n;
  let parentSpanId = "";
  return Array.from({ length: SPANS_PER_TRACE }, (_, at) => {
    const spanId = hex(8);
    const duration = BigInt(Math.round(2e8 * Math.random() ** 3)) + BigInt(SPANS_PER_TRACE - at) * 1_000_000n;
    const service = services[Math.floor(at / 2)] ?? "frontend";
    const span = {
      traceId,
      spanId,
      parentSpanId,
      name: at % 2 === 0 ? `GET /${service}/{id}` : `GET /${services[Math.floor(at / 2) + 1]}`,
      kind: at % 2 === 0 ? 2 : 3,
      startTimeUnixNano: (end - duration).toString(),
      endTimeUnixNano: end.toString(),
      attributes: [
        text("http.request.method", "GET"),
        text("url.path", `/${service}/${spanId}`),
        text("server.address", "127.0.0.1"),
        { key: "server.port", value: { intValue: String(8000 + at) } },
        { key: "http.response.status_code", value: { intValue: Math.random() < 0.02 ? "500" : "200" } },
        at % 2 === 0 ? text("http.route", `/${service}/{id}`) : text("db.system.name", "postgresql"),
      ],
      status: {},
    };
    parentSpanId = spanId;
    return { service, span };
  });
}

/** As five services would send a tenth of a second: a request each. */
function batches(spans: number): string[] {
  const all = Array.from({ length: Math.round(spans / SPANS_PER_TRACE) }, oneTrace).flat();
  return [...Map.groupBy(all, ({ service }) => service)].map(([service, group]) =>
    JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [text("service.name", service)] },
          scopeSpans: [{ scope: { name: "bench" }, spans: group.map(({ span }) => span) }],
        },
      ],
    }),
  );
}

function processorSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

const memoryMB = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

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

async function run(rate: number): Promise<void> {
  const observatory = fork(new URL("../dist/main.js", import.meta.url), {
    execArgv: ["--max-semi-space-size=4"], // as the launcher starts it
    env: { ...process.env, PORT: "0" },
  });
  const [{ url }] = (await once(observatory, "message")) as [{ url: string }];
  const page = new AbortController();
  const watched = watch(url, page.signal);
  const requests: Promise<number>[] = [];
  const times: number[] = [];

  const started = performance.now();
  const before = processorSeconds(observatory);
  for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
    for (const body of batches(rate / 10)) requests.push(send(url, body, times));
    await wait(Math.max(0, started + (tenth + 1) * 100 - performance.now()));
  }
  const statuses = await Promise.all(requests);
  const elapsed = (performance.now() - started) / 1000;
  const cores = (processorSeconds(observatory) - before) / elapsed;

  const listStarted = performance.now();
  await (await fetch(`${url}/api/traces?attr=http.response.status_code=500`)).arrayBuffer();
  const listMs = performance.now() - listStarted;
  const { telemetry } = (await (await fetch(`${url}/api/overview`)).json()) as Overview;
  page.abort();

  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (q: number): string => (sorted[Math.floor(q * (sorted.length - 1))] ?? 0).toFixed(1);
  print(`${rate} spans/s for ${elapsed.toFixed(0)} s`);
  print(`  processor   ${(cores * 100).toFixed(1)} % of a core`);
  print(
    `  memory      ${memoryMB(observatory).toFixed(0)} MB, of which spans ${(telemetry.storedBytes / MB).toFixed(0)} MB (estimated)`,
  );
  print(
    `  requests    ${statuses.length}, not accepted ${statuses.filter((status) => status !== 200).length}; p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms`,
  );
  print(
    `  spans       accepted ${telemetry.accepted} = kept ${telemetry.kept} + evicted ${telemetry.evicted} + dropped ${telemetry.dropped}`,
  );
  print(
    `  page        search over ${telemetry.traces} traces ${listMs.toFixed(1)} ms, stream ${((await watched) / 1024 / elapsed).toFixed(1)} kB/s`,
  );
  observatory.disconnect();
  await once(observatory, "exit");
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

for (const rate of rates.length > 0 ? rates : [1_000, 5_000]) await run(rate);
