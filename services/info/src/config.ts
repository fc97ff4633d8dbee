import { z } from "zod";

export const config = z.object({
  SHIPPING_URL: z.url(),
});
