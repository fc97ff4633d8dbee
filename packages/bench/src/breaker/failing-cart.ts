import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Mall } from "@mall/launcher";
import { projectRoot } from "../journey/bench-mall.ts";

export interface FailingCart {
  url: URL;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;
/** The mall's own fault switch, as the observatory would write it for this instance alone. */
const halfFails = {
  $schema: "https://flagd.dev/schema/v0/flags.json",
  flags: { "cart.error-ratio": { state: "ENABLED", variants: { half: 0.5 }, defaultVariant: "half" } },
};

/** Starts a second instance of cart, over the same data, that answers half of its requests with 500. */
export async function startFailingCart(mall: Mall, stateDir: string, port: number): Promise<FailingCart> {
  const faults = join(stateDir, "failing-cart.json");
  writeFileSync(faults, JSON.stringify(halfFails));
  const log = openSync(join(stateDir, "failing-cart.log"), "a");
  const program = join(projectRoot, "services/cart/dist/service.mjs");
  const child = spawn(process.execPath, ["--import", "@mall/kit/telemetry", program], {
    cwd: projectRoot,
    stdio: ["ignore", log, log],
    env: {
      ...process.env,
      OTEL_SDK_DISABLED: "true",
      HOST: "127.0.0.1",
      PORT: String(port),
      DATABASE_URL: mall.services["cart"]?.databaseUrl,
      PRODUCT_URL: mall.services["product"]?.url,
      FAULTS_FILE: faults,
    },
  });
  closeSync(log);
  const url = new URL(`http://127.0.0.1:${port}`);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  try {
    await untilReady(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(url: URL): Promise<void> {
  for (const giveUpAt = performance.now() + READY_WITHIN_MS; performance.now() < giveUpAt; await sleep(50)) {
    const ready = await fetch(new URL("/readyz", url)).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
  }
  throw new Error("The failing cart did not become ready.");
}
