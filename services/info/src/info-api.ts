import { money } from "@mall/kit";
import { z } from "zod";

/** The bodies that this service gives; its OpenAPI document is made from them. */

export const taken = z.object({
  id: z.uuid().meta({ description: "Of the event" }),
  duplicate: z.boolean().meta({ description: "The event had been taken before, so nothing happened" }),
});

const count = z.int().nonnegative();

export const statsBody = z
  .object({
    orders: z.object({ confirmed: count, cancelled: count }),
    productsSold: count.meta({ description: "Units, of confirmed orders" }),
    revenue: z.array(money).meta({ description: "Of confirmed orders, by currency" }),
    averageOrderValue: z.array(money).meta({ description: "Rounded half-even to a minor unit" }),
    shipments: z
      .object({ count, total: money })
      .nullable()
      .meta({ description: "Booked ones, not affected by a reset; null when shipping does not answer" }),
    since: z.iso.datetime().meta({ description: "Of the last reset, or of the first start" }),
  })
  .meta({ id: "Stats" });
