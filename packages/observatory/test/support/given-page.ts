import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { launchBrowser, openPage } from "@mall/kit/testing/chromium";
import { createObservatory, type ObservatoryOptions } from "../../src/observatory.ts";
import { serveObservatory } from "../../src/server.ts";
import { EPOCH_MS, exportRequest, wireAttributes, type SpanSpec } from "./otlp-request.ts";

const packageFolder = join(__dirname, "../..");

/** flagd's format, as the launcher writes it. */
const faults = {
  flags: {
    "purchase.latency": {
      state: "ENABLED",
      variants: { off: 0, slow: 300 },
      defaultVariant: "off",
      metadata: { description: "Every answer takes longer.", lookAt: "The critical path of a slow trace." },
    },
  },
};

/** The real page, freshly bundled, in a real browser before a real observatory with the real clock. */
export async function givenPage(options: Pick<ObservatoryOptions, "targets" | "rules"> = {}) {
  await promisify(execFile)(process.execPath, [join(packageFolder, "page/build.mjs")]);
  const directory = await mkdtemp(join(tmpdir(), "observatory-page-"));
  const faultsFile = join(directory, "faults.flagd.json");
  await writeFile(faultsFile, JSON.stringify(faults));
  const publicDirectory = join(packageFolder, "dist/page");
  const start = (port: number) =>
    serveObservatory(createObservatory({ ...options, faultsFile, publicDirectory }), {
      port,
      host: "127.0.0.1",
    });
  let running = await start(0);
  const browser = await launchBrowser();
  const { url } = running;

  return {
    url,
    faultsFile,
    /** Times of the specs count from now. */
    async send(...specs: SpanSpec[]): Promise<void> {
      const later = Date.now() - EPOCH_MS;
      const shifted = specs.map((spec) => ({
        ...spec,
        from: (spec.from ?? 0) + later,
        to: (spec.to ?? 10) + later,
      }));
      const response = await fetch(`${url}/v1/traces`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(exportRequest(shifted)),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    /** A log line of a trace that was sent. */
    async log(record: object): Promise<void> {
      await fetch(`${url}/v1/logs`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          resourceLogs: [
            {
              resource: { attributes: wireAttributes({ "service.name": "purchase" }) },
              scopeLogs: [{ logRecords: [{ timeUnixNano: `${Date.now()}000000`, ...record }] }],
            },
          ],
        }),
      });
    },
    async open(path: string, width = 1280) {
      const opened = await openPage(browser, { baseURL: url, viewport: { width, height: 860 } });
      await opened.page.goto(path);
      return opened;
    },
    /** Another process on the same port, as after a crash. */
    async restart(): Promise<void> {
      running.server.closeAllConnections();
      await running.close();
      running = await start(Number(new URL(url).port));
    },
    async stop(): Promise<void> {
      await browser.close();
      running.server.closeAllConnections();
      await running.close();
      await rm(directory, { recursive: true });
    },
  };
}

export type GivenPage = Awaited<ReturnType<typeof givenPage>>;
