import { z } from "zod";

export const config = z.object({
  CART_URL: z.url(),
  PRODUCT_URL: z.url(),
  CURRENCY_URL: z.url(),
  PURCHASE_URL: z.url(),
  SHIPPING_URL: z.url(),
  EMAIL_URL: z.url(),
  INFO_URL: z.url(),
  /** How long an order belongs to the run that works on it; after that another one takes it up. Milliseconds. */
  SAGA_LEASE_MS: z.coerce.number().int().positive().default(8_000),
  /** How often a step is tried before the order is given up and undone. */
  SAGA_ATTEMPTS: z.coerce.number().int().positive().default(10),
});
