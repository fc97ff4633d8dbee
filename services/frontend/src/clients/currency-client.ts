import { type HttpClient, rememberEach } from "@mall/kit";
import { z } from "zod";
import { localized } from "../i18n/locale.ts";
import { optionalCall } from "../optional.ts";

const currency = z.object({ code: z.string(), name: localized });
export type Currency = z.output<typeof currency>;

const currencyList = z.object({ items: z.array(currency) });
const conversion = z.object({ rates: z.array(z.object({ from: z.string(), rate: z.string() })) });

export type CurrencyClient = ReturnType<typeof createCurrencyClient>;

/** For pages that show prices; an order asks for the rates that it is priced with. Milliseconds. */
const ratesForMs = 10_000;

export function createCurrencyClient(http: HttpClient) {
  /** By currencies: `USD KRW`. */
  const rates = rememberEach(async ([pair = ""]) => {
    const [from = "", to = ""] = pair.split(" ");
    const answered = await http.request({
      method: "POST",
      path: "/conversions",
      body: { to, amounts: [{ amount: 1, currency: from }] },
      answer: conversion,
      ...optionalCall,
    });
    return new Map(answered.rates.map((each) => [`${each.from} ${to}`, each.rate]));
  }, ratesForMs);

  return {
    async list(): Promise<Currency[]> {
      const call = { method: "GET", path: "/currencies", ...optionalCall } as const;
      return (await http.request({ ...call, answer: currencyList })).items;
    },

    /** Units of `to` for one unit of `from`, as a decimal string. */
    async rate(from: string, to: string): Promise<string> {
      const pair = `${from} ${to}`;
      const found = (await rates([pair])).get(pair);
      if (!found) throw new RangeError(`currency gave no rate from ${from} to ${to}`);
      return found;
    },
  };
}
