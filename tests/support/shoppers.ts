import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "./whole-mall.ts";

const program = join(projectRoot, "services/loadgenerator/dist/main.js");

export interface Shoppers {
  /** Sends the last ones home; rejects when they had not come at all. */
  stop(): Promise<void>;
}

/** `npm run traffic -- --trace` as a process of its own: steady shoppers, whose spans go to the collector. */
export function startShoppers(url: string, collectorUrl: string): Shoppers {
  const flags = ["--trace", "--url", url, "--rate", "5", "--duration", "1h", "--seed", "3"];
  const shoppers = spawn(process.execPath, [program, ...flags], {
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let lastWords = "";
  shoppers.stderr.setEncoding("utf8").on("data", (text: string) => {
    lastWords = text;
  });
  const ended = once(shoppers, "exit");
  return {
    async stop() {
      if (shoppers.exitCode !== null) throw new Error(`the shoppers ended early: ${lastWords}`);
      shoppers.kill("SIGINT");
      await ended;
    },
  };
}

/** Sends one form again and again, ten times a second, whatever becomes of it. */
export function repeatForm(url: string, form: Readonly<Record<string, string>>): Shoppers {
  const { origin } = new URL(url);
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const timer = setInterval(() => {
    const request = {
      method: "POST",
      headers: { origin },
      redirect: "manual",
      signal: closing.signal,
    } as const;
    const sent = fetch(url, { ...request, body: new URLSearchParams(form) })
      .then((response) => response.arrayBuffer())
      .catch(() => undefined)
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  }, 100);
  return {
    async stop() {
      clearInterval(timer);
      closing.abort();
      await Promise.all(underWay);
    },
  };
}
