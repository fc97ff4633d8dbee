import { z } from "zod";

export const config = z.object({
  PRODUCT_URL: z.url(),
  /** How long a product's weight is believed; 0 to ask each time. */
  WEIGHTS_SECONDS: z.coerce.number().nonnegative().default(30),
});
