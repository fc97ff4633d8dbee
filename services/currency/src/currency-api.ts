import { currencyCode, money } from "@mall/kit";
import { z } from "zod";

/** The bodies that this service takes and gives; its OpenAPI document is made from them. */

const decimalRate = z.string().regex(/^\d+(\.\d+)?$/);
const date = z.iso.date();

export const currencyBody = z
  .object({
    code: currencyCode,
    exponent: z.int().nonnegative().meta({ description: "Digits after the decimal point" }),
    name: z.object({ ko: z.string(), en: z.string(), es: z.string() }).meta({ id: "Localized" }),
    rate: decimalRate.meta({ description: "Units for one US dollar", example: "1385.20" }),
    date: date.meta({ description: "The day of the rate" }),
  })
  .meta({ id: "Currency" });

export const currencyList = z.object({ items: z.array(currencyBody), next: z.null() });

export const conversionInput = z.strictObject({ to: currencyCode, amounts: z.array(money).min(1).max(100) });

export const conversionBody = z
  .object({
    to: currencyCode,
    amounts: z.array(money).meta({ description: "Each rounded half-even, once" }),
    rates: z.array(z.object({ from: currencyCode, to: currencyCode, rate: decimalRate, date })),
  })
  .meta({ id: "Conversion" });
