import { defineService, type Service } from "@mall/kit";
import { config } from "./config.ts";
import { createMailRepository } from "./mail-repository.ts";
import { startMailSender } from "./mail-sender.ts";
import { migrations } from "./migrations/migrations.ts";
import { createRoutes } from "./routes.ts";
import { createSmtpDelivery } from "./smtp-delivery.ts";

export const email: Service = defineService({
  name: "email",
  description: "Mails about orders, in the buyer's language, and the log of them",
  config,
  migrations,
  create({ config: { SMTP_URL, MAIL_FROM }, database, faults, logger }) {
    const mails = createMailRepository(database);
    const routes = createRoutes({ mails, faults, firstState: SMTP_URL ? "queued" : "logged" });
    if (!SMTP_URL) return { routes };
    const deliver = createSmtpDelivery({ url: SMTP_URL, from: MAIL_FROM });
    return { routes, ...startMailSender({ mails, deliver, logger }) };
  },
});
