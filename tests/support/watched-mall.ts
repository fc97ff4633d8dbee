import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Alerts, FaultChange, Faults, Graph, TraceDetail, TraceList } from "@mall/observatory";
import { createObservatory } from "@mall/observatory";
import { projectRoot, startWholeMall } from "./whole-mall.ts";

export type WatchedMall = Awaited<ReturnType<typeof startWatchedMall>>;

const rulesFile = join(projectRoot, "base/alerts/rules/mall-rules.yaml");
/** What the rules and the graph remember is cut to a tenth, so that a fault is forgotten in seconds. */
const pace = { slotMs: 1_000, scrapeMs: 1_000, evaluationMs: 1_000 };

/** The whole mall, and an observatory of its own in this process whose windows are short. */
export async function startWatchedMall() {
  let listener: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const mall = await startWholeMall({
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    // Longer than a busy machine needs, and shorter than the mildest of what the switches do at their worst.
    PAGE_TIMEOUT_MS: "1900",
  });
  const observatory = createObservatory({
    faultsFile: join(mall.stateDir, "faults.flagd.json"),
    rules: inShortWindows(await readFile(rulesFile, "utf8")),
    pace,
    targets: Object.values(mall.services)
      .filter(({ optional }) => !optional)
      .map(({ name, port }) => ({
        service: name,
        instance: `127.0.0.1:${port}`,
        url: `http://127.0.0.1:${port}/metrics`,
      })),
  });
  listener = observatory.listener;
  const ticking = setInterval(() => void observatory.tick(), 1_000);

  async function ask<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await fetch(`${url}${path}`, init);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function put(change: FaultChange): Promise<void> {
    const headers = { "content-type": "application/json" };
    await ask<Faults>("/api/faults", { method: "PUT", headers, body: JSON.stringify(change) });
  }

  return {
    ...mall,
    observatoryUrl: url,

    /** Puts a switch to the worst that it has. */
    async turnOn(flag: string): Promise<void> {
      const { flags } = await ask<Faults>("/api/faults");
      const worst = flags.find(({ key }) => key === flag)?.variants.at(-1);
      if (!worst) throw new Error(`there is no switch ${flag}`);
      await put({ flag, variant: worst });
    },

    turnOff: (flag: string): Promise<void> => put({ flag, variant: "off" }),

    /** The edges that lead to a service, whoever calls it. */
    edgesTo: async (service: string): Promise<Graph["edges"]> =>
      (await ask<Graph>("/api/graph")).edges.filter(({ target }) => target === `service:${service}`),

    alerts: async (): Promise<Alerts["alerts"]> => (await ask<Alerts>("/api/alerts")).alerts,

    /** The newest traces in which something failed, opened. */
    async failedTraces(fromMs: number): Promise<TraceDetail[]> {
      const { traces } = await ask<TraceList>(`/api/traces?errors=true&from=${fromMs}&limit=50`);
      return Promise.all(traces.map(({ traceId }) => ask<TraceDetail>(`/api/traces/${traceId}`)));
    },

    async stop(): Promise<void> {
      clearInterval(ticking);
      await mall.stop();
      observatory.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The same rules over a tenth of the time. Longer windows than an hour hold all of a test either way. */
const inShortWindows = (rules: string): string =>
  rules
    .replaceAll("[1m]", "[6s]")
    .replaceAll("[2m]", "[12s]")
    .replaceAll("[5m]", "[12s]")
    .replaceAll("for: 1m", "for: 3s");
