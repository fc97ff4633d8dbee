import { money } from "@mall/kit";
import { z } from "zod";

/** The bodies that this service takes and gives; its OpenAPI document is made from them. */

const items = z
  .array(z.strictObject({ productId: z.uuid(), quantity: z.int().min(1).max(999) }))
  .min(1)
  .max(100);
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: "must be an ISO 3166-1 code of two capital letters" })
  .meta({ example: "KR" });
// PostgreSQL takes neither NUL nor half a surrogate pair, and no address label can show a control character.
const printable = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);
const plainText = z.string().refine(printable, { error: "must not contain control characters" });
// Some countries have no postal codes; then it is empty.
const postalCode = plainText.max(20);
const addressLine = plainText.trim().min(1).max(200);
const weightGrams = z.int().positive();

export const quoteInput = z.strictObject({
  items,
  destination: z.strictObject({ country, postalCode: postalCode.optional() }),
});

export const quoteBody = z
  .object({
    price: money,
    weightGrams,
    days: z.object({ min: z.int().positive(), max: z.int().positive() }),
  })
  .meta({ id: "Quote" });

export const shipmentParams = z.object({ orderId: z.uuid() });

export const shipmentInput = z.strictObject({
  items,
  destination: z.strictObject({
    name: addressLine,
    line1: addressLine,
    city: addressLine,
    postalCode,
    country,
  }),
});

export const shipmentBody = z
  .object({
    orderId: z.uuid(),
    trackingCode: z.string().regex(/^[A-Z]{2}\d{9}[A-Z]{2}$/),
    state: z.enum(["booked", "cancelled"]),
    price: money,
    weightGrams,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Shipment", description: "Without its destination, which is personal" });

export const summaryBody = z
  .object({ count: z.int().nonnegative(), total: money })
  .meta({ id: "ShipmentSummary" });
