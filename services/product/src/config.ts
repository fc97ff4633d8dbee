import { z } from "zod";

export const config = z.object({
  /** How long stock is held for an order that is not finished. Seconds. */
  RESERVATION_SECONDS: z.coerce.number().int().positive().default(900),
});
