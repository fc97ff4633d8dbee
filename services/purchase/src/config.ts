import { z } from "zod";

export const config = z.object({
  /** How long the acquirer is waited for; a caller with less time left shortens it. Milliseconds. */
  ACQUIRER_TIMEOUT_MS: z.coerce.number().int().positive().default(1_800),
});
