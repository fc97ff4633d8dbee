import { createHttpClient, type HttpClient } from "../../src/client/http-client.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { createMetrics } from "../../src/telemetry/metrics.ts";

/** The client under test, of a service called `stock` at `url`. */
export const givenClient = (url: string, metrics = createMetrics("shop")): HttpClient =>
  createHttpClient({ peer: "stock", url, metrics, logger: createLogger("shop", "silent") });

/** What a promise rejects with; fails when it resolves. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("it should have failed, but it succeeded");
}
