import type { HttpClient } from "@mall/kit";

export interface Collector {
  /** Sends an OTLP message some time soon, or never: a collector that is slow or away costs nothing but spans. */
  send(message: object): void;
}

const mostUnderWay = 8;
const timeoutMs = 2_000;

/** A collector that takes OTLP's JSON below `endpoint`, at `/v1/traces`. */
export function createCollector(client: HttpClient, endpoint: URL): Collector {
  const path = `${endpoint.pathname.replace(/\/$/, "")}/v1/traces`;
  let underWay = 0;

  async function deliver(body: object): Promise<void> {
    underWay++;
    try {
      await client.request({ method: "POST", path, body, timeoutMs });
    } catch {
      // The client has counted it; spans are not worth more than that.
    } finally {
      underWay--;
    }
  }

  return {
    send(message) {
      if (underWay < mostUnderWay) void deliver(message);
    },
  };
}
