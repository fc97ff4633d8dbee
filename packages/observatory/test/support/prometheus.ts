import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@mall/kit/testing";
import { Labels } from "../../src/promql/labels.ts";
import type { Sample } from "../../src/promql/series.ts";
import { encodeRemoteWrite, type WrittenSeries } from "./remote-write.ts";

/** A real Prometheus, empty at first, on a free port of this machine. */
export type Prometheus = {
  readonly write: (series: readonly WrittenSeries[]) => Promise<void>;
  /** A number for a scalar. Rejects with Prometheus's own words when it refuses the query. */
  readonly query: (query: string, atMs: number) => Promise<number | Sample[]>;
  readonly stop: () => Promise<void>;
};

/** @throws {Error} saying what to install, when it is not there: a comparison that is skipped proves nothing */
export function requireInstalled(command: "prometheus" | "promtool"): void {
  const { error, status } = spawnSync(command, ["--version"]);
  if (error || status !== 0)
    throw new Error(`${command} is needed for this test: install it with \`apt-get install -y prometheus\`.`);
}

export async function startPrometheus(): Promise<Prometheus> {
  requireInstalled("prometheus");
  const folder = await mkdtemp(join(tmpdir(), "observatory-prometheus-"));
  const config = join(folder, "prometheus.yml");
  await writeFile(config, "global: {}\n");
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    "prometheus",
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
      "--web.enable-remote-write-receiver",
      "--log.level=error",
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error("Prometheus ended before it was ready");
    if (!(await fetch(`${url}/-/ready`)).ok) throw new Error("Prometheus is not ready");
  }, 20_000).catch(async (error: unknown) => {
    await stop(child, folder);
    throw error;
  });
  return {
    write: (series) => write(url, series),
    query: (query, atMs) => ask(url, query, atMs),
    stop: () => stop(child, folder),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port is free");
  return address.port;
}

async function write(url: string, series: readonly WrittenSeries[]): Promise<void> {
  const response = await fetch(`${url}/api/v1/write`, {
    method: "POST",
    headers: {
      "content-type": "application/x-protobuf",
      "content-encoding": "snappy",
      "x-prometheus-remote-write-version": "0.1.0",
    },
    body: encodeRemoteWrite(series),
  });
  if (!response.ok) throw new Error(`Prometheus took no samples: ${await response.text()}`);
}

type Answer =
  | { status: "error"; error: string }
  | { status: "success"; data: { resultType: "scalar"; result: [number, string] } }
  | {
      status: "success";
      data: {
        resultType: "vector";
        result: { metric: Record<string, string>; value: [number, string] }[];
      };
    };

async function ask(url: string, query: string, atMs: number): Promise<number | Sample[]> {
  const body = new URLSearchParams({ query, time: String(atMs / 1000) });
  const response = await fetch(`${url}/api/v1/query`, { method: "POST", body });
  const answer = (await response.json()) as Answer;
  if (answer.status === "error") throw new Error(answer.error);
  if (answer.data.resultType === "scalar") return readNumber(answer.data.result[1]);
  return answer.data.result.map(({ metric, value }) => ({
    labels: Labels.of(Object.entries(metric)),
    value: readNumber(value[1]),
  }));
}

const readNumber = (text: string): number => Number(text.replace("Inf", "Infinity"));

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}
