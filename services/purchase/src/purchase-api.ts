import { currencyCode, money } from "@mall/kit";
import { z } from "zod";
import { behaviours } from "./cards.ts";

/** The bodies that this service takes and gives; its OpenAPI document is made from them. */

// Twelve digits are what the message between merchants and acquirers has room for (ISO 8583, field 4).
const mostMinorUnits = 999_999_999_999;

export const cardBody = z
  .object({
    id: z.string(),
    brand: z.string(),
    last4: z.string().length(4),
    label: z.object({ ko: z.string(), en: z.string(), es: z.string() }).meta({ id: "Localized" }),
    behaviour: z.enum(behaviours).meta({ description: "What the simulated acquirer does with it" }),
  })
  .meta({ id: "Card" });

export const cardList = z.object({ items: z.array(cardBody), next: z.null() });

export const chargeInput = z.strictObject({
  orderId: z.uuid(),
  cardId: z.string().max(100),
  amount: z.strictObject({ amount: z.int().min(1).max(mostMinorUnits), currency: currencyCode }),
});

export const chargeBody = z
  .object({
    id: z.uuid().meta({ description: "The order's id: an order has one charge" }),
    orderId: z.uuid(),
    cardId: z.string().nullable(),
    amount: money.nullable(),
    state: z.enum(["pending", "captured", "declined", "reversing", "refunded", "voided"]),
    refusal: z.enum(["card-declined", "insufficient-funds"]).nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Charge" });

export const chargeParams = z.object({ id: z.uuid() });
