import { z } from "zod";

export const config = z.object({
  PRODUCT_URL: z.url(),
});
