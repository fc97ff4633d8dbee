import { Conflict, type HttpClient, InvalidInput, isRefusal, money } from "@mall/kit";
import { z } from "zod";
import type { Address, RequestedLine } from "../order.ts";

export type ShippingClient = ReturnType<typeof createShippingClient>;
export type Destination = Pick<Address, "country"> & { postalCode?: string | undefined };

const quoteAnswer = z.object({
  price: money,
  days: z.object({ min: z.int(), max: z.int() }),
});
export type ShippingQuote = z.output<typeof quoteAnswer>;

const shipmentAnswer = z.object({ trackingCode: z.string() });

export const createShippingClient = (http: HttpClient) => ({
  /** Throws `InvalidInput` for a country that is not served. */
  async quote(lines: readonly RequestedLine[], { country, postalCode }: Destination): Promise<ShippingQuote> {
    const body = { items: itemsOf(lines), destination: { country, ...(postalCode && { postalCode }) } };
    try {
      return await http.request({
        method: "POST",
        path: "/quotes",
        body,
        answer: quoteAnswer,
        idempotent: true,
      });
    } catch (error) {
      if (
        !isRefusal(error, 422) ||
        !error.problem.errors.some(({ field }) => field.startsWith("destination"))
      )
        throw error;
      throw new InvalidInput("Choose a destination that the mall ships to.", [
        { field: "address.country", message: "is not served" },
      ]);
    }
  },

  /** Books the shipment once, however often it is called; resolves with its tracking code. */
  async book(orderId: string, lines: readonly RequestedLine[], destination: Address): Promise<string> {
    const body = { items: itemsOf(lines), destination };
    const params = { orderId };
    try {
      const path = "/shipments/{orderId}";
      return (await http.request({ method: "PUT", path, params, body, answer: shipmentAnswer })).trackingCode;
    } catch (error) {
      if (isRefusal(error, 409) || isRefusal(error, 422))
        throw new Conflict(error.problemCode, error.problem.detail, { cause: error });
      throw error;
    }
  },

  async cancel(orderId: string): Promise<void> {
    await http.request({ method: "DELETE", path: "/shipments/{orderId}", params: { orderId } });
  },
});

const itemsOf = (lines: readonly RequestedLine[]) =>
  lines.map(({ productId, quantity }) => ({ productId, quantity }));
