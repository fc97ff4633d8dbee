import { z } from "zod";

export const config = z.object({
  PRODUCT_URL: z.url(),
  /** How old the index may grow before the catalogue is read again. Milliseconds. */
  REFRESH_MS: z.coerce.number().int().positive().default(5_000),
});
