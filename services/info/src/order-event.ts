import { cloudEvent, currencyCode, money } from "@mall/kit";
import { z } from "zod";

/**
 * What statistics need of an order. Everything else of the event is dropped here, unread: the buyer's name and mail
 * are no business of this service, and a newer sender may add fields during a canary.
 */
const orderData = z
  .object({
    orderId: z.uuid(),
    currency: currencyCode,
    lines: z
      .array(z.object({ quantity: z.int().min(1).max(999) }))
      .min(1)
      .max(100),
    total: money,
  })
  .refine(({ currency, total }) => total.currency === currency, {
    error: "must be the order's currency",
    path: ["total", "currency"],
  });

export const orderEvent = cloudEvent(z.enum(["order.confirmed", "order.cancelled"]), orderData);

export type OrderEvent = z.output<typeof orderEvent>;
