import { z } from "zod";

export const config = z.object({
  /** Where mails are handed over; without it they are only logged. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().default("orders@mall.example"),
});
