import { type HttpClient, InvalidInput, isRefusal } from "@mall/kit";
import { z } from "zod";
import type { Rate } from "../order.ts";

export type CurrencyClient = ReturnType<typeof createCurrencyClient>;

const answer = z.object({
  rates: z.array(z.object({ from: z.string(), to: z.string(), rate: z.string(), date: z.string() })),
});

export const createCurrencyClient = (http: HttpClient) => ({
  /** The rates into `to` from each of the currencies. Throws `InvalidInput` for one that the mall does not trade. */
  async rates(to: string, from: readonly string[]): Promise<Rate[]> {
    const body = { to, amounts: from.map((currency) => ({ amount: 0, currency })) };
    try {
      return (await http.request({ method: "POST", path: "/conversions", body, answer, idempotent: true }))
        .rates;
    } catch (error) {
      if (!isRefusal(error, 422)) throw error;
      throw new InvalidInput(`The mall does not sell in ${to}.`, [
        { field: "currency", message: "is not a currency of the mall" },
      ]);
    }
  },
});
