import { z } from "zod";

export const config = z.object({
  /** How long stock is held for an order that is not finished. Seconds. */
  RESERVATION_SECONDS: z.coerce.number().int().positive().default(900),
  /** How often shelves that have run low are filled again; 0 for never. Seconds. */
  RESTOCK_SECONDS: z.coerce.number().int().nonnegative().default(300),
});
