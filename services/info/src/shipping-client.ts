import { type HttpClient, type Logger, money, Problem } from "@mall/kit";
import { z } from "zod";

export type ShippingClient = ReturnType<typeof createShippingClient>;

const summary = z.object({ count: z.int().nonnegative(), total: money });

export const createShippingClient = (http: HttpClient, logger: Logger) => ({
  /** Shipments booked and what they cost in USD; null when shipping does not answer, for the rest is worth showing. */
  async summary(): Promise<z.output<typeof summary> | null> {
    try {
      // With its retries still well within the deadline of the request that it is a part of.
      return await http.request({
        method: "GET",
        path: "/shipments/summary",
        answer: summary,
        timeoutMs: 800,
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      logger.warn({ err: error }, "statistics are shown without shipments");
      return null;
    }
  },
});
