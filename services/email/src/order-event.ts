import { cloudEvent, currencyCode, money } from "@mall/kit";
import { z } from "zod";
import { locales } from "./mail.ts";
import { oneLine } from "./one-line.ts";

const line = z.object({
  productId: z.uuid(),
  name: oneLine,
  quantity: z.int().min(1).max(999),
  total: money,
});

/**
 * What is needed of an order to write about it. A field that is not named here is dropped, not refused: during a
 * canary the sender may be newer than this service, and an event that is refused waits in its outbox.
 */
const orderData = z
  .object({
    orderId: z.uuid(),
    locale: z.enum(locales),
    // The format admits ASCII without separators only, so an address can hold neither a header nor a second address.
    email: z.email().max(254),
    name: oneLine,
    currency: currencyCode,
    lines: z.array(line).min(1).max(100),
    subtotal: money,
    shipping: money,
    total: money,
    trackingCode: oneLine.nullable(),
    failure: z.object({ code: z.string().max(100) }).nullable(),
  })
  .superRefine(({ currency, lines, subtotal, shipping, total }, issues) => {
    const amounts = [
      ...lines.map((each, index) => ({ path: ["lines", index, "total", "currency"], amount: each.total })),
      { path: ["subtotal", "currency"], amount: subtotal },
      { path: ["shipping", "currency"], amount: shipping },
      { path: ["total", "currency"], amount: total },
    ];
    for (const { path, amount } of amounts) {
      if (amount.currency !== currency)
        issues.addIssue({ code: "custom", path, message: `must be the order's, ${currency}` });
    }
  });

export const orderEvent = cloudEvent(z.enum(["order.confirmed", "order.cancelled"]), orderData);

export type OrderEvent = z.output<typeof orderEvent>;
export type OrderData = OrderEvent["data"];
