import { money, pageOf, paging } from "@mall/kit";
import { z } from "zod";

/** The bodies that this service takes and gives; its OpenAPI document is made from them. */

const localized = z.object({ ko: z.string(), en: z.string(), es: z.string() }).meta({ id: "Localized" });

export const productBody = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    category: z.string(),
    name: localized,
    description: localized,
    keywords: localized,
    related: z.array(z.string()),
    price: money,
    discountPercent: z.int().min(0).max(100),
    stock: z.int().nonnegative(),
    weightGrams: z.int().positive(),
    image: z.string(),
  })
  .meta({ id: "Product" });

export const productPage = pageOf(productBody);
export const categoryBody = z
  .object({ slug: z.string(), name: localized, description: localized })
  .meta({ id: "Category" });

const idList = z
  .string()
  .max(4_000)
  .transform((text) => text.split(",").filter(Boolean))
  .pipe(z.array(z.uuid()).max(100))
  .meta({ description: "Up to 100 product ids, separated by commas", type: "string" });

export const listQuery = z.object({
  category: z.string().max(100).optional(),
  ids: idList.optional(),
  ...paging,
});

export const orderParams = z.object({ orderId: z.uuid() });

const reservedLine = z.strictObject({ productId: z.uuid(), quantity: z.int().min(1).max(999) });

export const reservationInput = z.strictObject({
  lines: z
    .array(reservedLine)
    .min(1)
    .max(100)
    .refine((lines) => new Set(lines.map(({ productId }) => productId)).size === lines.length, {
      error: "name each product once",
    }),
});

export const reservationBody = z
  .object({
    orderId: z.uuid(),
    state: z.enum(["held", "committed", "released", "expired"]),
    lines: z.array(reservedLine),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: "Reservation" });
