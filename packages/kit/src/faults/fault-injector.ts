import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { Problem, Unavailable } from "../errors.ts";
import { annotate } from "../telemetry/attributes.ts";
import { type Faults, noFaults } from "./fault-flags.ts";

export interface FaultInjector {
  middleware: RequestHandler;
  slowQueryMs(): number;
  /** Throws `Unavailable` while events are to be refused. */
  refuseEvent(): void;
  close(): Promise<void>;
}

interface FaultOptions {
  service: string;
  /** Path of the flag file; without one nothing is ever broken. */
  file: string | undefined;
  logger: Logger;
}

/** Breaks the service as the flag file says. The flags are read when the file changes, not per request. */
export async function createFaultInjector({ service, file, logger }: FaultOptions): Promise<FaultInjector> {
  let faults = noFaults;
  const close = file
    ? await followFlags(service, file, logger, (changed) => {
        faults = changed;
      })
    : async () => undefined;

  return {
    middleware: async (_request, _response, next) => {
      if (faults === noFaults) return next();
      if (faults.crash) process.kill(process.pid, "SIGKILL");
      if (faults.latency > 0) {
        annotate({ "mall.fault": "latency" });
        await sleep(faults.latency);
      }
      if (Math.random() < faults["error-ratio"]) {
        annotate({ "mall.fault": "error-ratio" });
        throw new Problem(500, "injected-fault", `The fault ${service}.error-ratio is switched on.`);
      }
      next();
    },
    slowQueryMs: () => faults["slow-query"],
    refuseEvent() {
      if (!faults["drop-event"]) return;
      annotate({ "mall.fault": "drop-event" });
      throw new Unavailable(`The fault ${service}.drop-event is switched on.`);
    },
    close,
  };
}

/** Calls `onChange` with the service's faults now and after each change of the file; resolves with a stop function. */
async function followFlags(
  service: string,
  file: string,
  logger: Logger,
  onChange: (faults: Faults) => void,
) {
  const { OpenFeature, ProviderEvents } = await import("@openfeature/server-sdk");
  const { createFlagFileProvider } = await import("./flag-file-provider.ts");
  // Of its own, so that two instances in one process may follow two files.
  const domain = `${service}-${randomUUID()}`;
  const client = OpenFeature.getClient(domain);
  const key = (fault: keyof Faults) => `${service}.${fault}`;

  async function read(): Promise<void> {
    const faults: Faults = {
      latency: await client.getNumberValue(key("latency"), noFaults.latency),
      "error-ratio": await client.getNumberValue(key("error-ratio"), noFaults["error-ratio"]),
      crash: await client.getBooleanValue(key("crash"), noFaults.crash),
      "slow-query": await client.getNumberValue(key("slow-query"), noFaults["slow-query"]),
      "drop-event": await client.getBooleanValue(key("drop-event"), noFaults["drop-event"]),
    };
    const on = Object.entries(faults).filter(([, value]) => Boolean(value));
    if (on.length > 0) logger.warn({ faults: Object.fromEntries(on) }, "faults are switched on");
    onChange(on.length > 0 ? faults : noFaults);
  }

  const provider = createFlagFileProvider(file, (error) =>
    logger.warn({ err: error }, "the flag file was not read"),
  );
  await OpenFeature.setProviderAndWait(domain, provider);
  const reread = () => void read();
  client.addHandler(ProviderEvents.ConfigurationChanged, reread);
  await read();
  return async () => {
    client.removeHandler(ProviderEvents.ConfigurationChanged, reread);
    await provider.onClose?.();
  };
}
