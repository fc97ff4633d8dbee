import type { HttpClient } from "@mall/kit";
import { z } from "zod";
import { localized } from "../i18n/locale.ts";
import { optionalCall } from "../optional.ts";

const currency = z.object({ code: z.string(), name: localized });
export type Currency = z.output<typeof currency>;

const currencyList = z.object({ items: z.array(currency) });
const conversion = z.object({ rates: z.array(z.object({ from: z.string(), rate: z.string() })) });

export type CurrencyClient = ReturnType<typeof createCurrencyClient>;

export const createCurrencyClient = (http: HttpClient) => ({
  async list(): Promise<Currency[]> {
    const call = { method: "GET", path: "/currencies", ...optionalCall } as const;
    return (await http.request({ ...call, answer: currencyList })).items;
  },

  /** Units of `to` for one unit of `from`, as a decimal string. */
  async rate(from: string, to: string): Promise<string> {
    const { rates } = await http.request({
      method: "POST",
      path: "/conversions",
      body: { to, amounts: [{ amount: 1, currency: from }] },
      answer: conversion,
      ...optionalCall,
    });
    const found = rates.find((each) => each.from === from);
    if (!found) throw new RangeError(`currency gave no rate from ${from} to ${to}`);
    return found.rate;
  },
});
