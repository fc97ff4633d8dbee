import { type HttpClient, isRefusal, money } from "@mall/kit";
import { z } from "zod";
import { optionalCall } from "../optional.ts";
import type { CartLine } from "./cart-client.ts";

const quote = z.object({ price: money, days: z.object({ min: z.int(), max: z.int() }) });
export type ShippingQuote = z.output<typeof quote>;

export type ShippingClient = ReturnType<typeof createShippingClient>;

export const createShippingClient = (http: HttpClient) => ({
  /** What sending would cost, in the catalogue's currency; `null` for a country that is not served. */
  async quote(items: readonly CartLine[], country: string): Promise<ShippingQuote | null> {
    const body = { items, destination: { country } };
    try {
      return await http.request({ method: "POST", path: "/quotes", body, ...optionalCall, answer: quote });
    } catch (error) {
      if (isRefusal(error, 422)) return null;
      throw error;
    }
  },
});
