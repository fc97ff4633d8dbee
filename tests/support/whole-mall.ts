import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OtlpReceiver, startOtlpReceiver } from "@mall/kit/testing";
import { startMall } from "@mall/launcher";
import { serviceQuery } from "./service-query.ts";

export type WholeMall = Awaited<ReturnType<typeof startWholeMall>>;

export const projectRoot = join(import.meta.dirname, "../..");

/** The mall as `npm start` runs it, every service a process, on free ports and with state of its own. */
export async function startWholeMall(env: Readonly<Record<string, string>> = {}) {
  const stateDir = await mkdtemp(join(tmpdir(), "whole-mall-"));
  const receiver: OtlpReceiver = await startOtlpReceiver();
  const mall = await startMall({
    root: projectRoot,
    stateDir,
    ports: "free",
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "200",
      OTEL_TRACES_SAMPLER: "always_on",
      // A machine that runs all tests at once is slower than a shop may be; services/frontend tests how soon it gives up.
      PAGE_TIMEOUT_MS: "5000",
      ADMISSION_WAIT_MS: "5000",
      ...env,
    },
  });
  await mall.waitUntilReady(60_000);

  function service(name: string) {
    const found = mall.services[name];
    if (!found) throw new Error(`there is no service ${name}`);
    return found;
  }

  return {
    ...mall,
    receiver,
    stateDir,
    service,
    url: (name: string): string => service(name).url,

    /** All that a service has logged. */
    logs: async (name: string): Promise<string> => readFile(service(name).logFile, "utf8"),

    query: serviceQuery(mall),

    async stop(): Promise<void> {
      await mall.stop();
      await receiver.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
