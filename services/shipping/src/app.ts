import { defineService, type Service } from "@mall/kit";
import { createBooking } from "./booking.ts";
import { config } from "./config.ts";
import { migrations } from "./migrations/migrations.ts";
import { createProductClient } from "./product-client.ts";
import { createRoutes } from "./routes.ts";
import { createShipmentRepository } from "./shipment-repository.ts";

export const shipping: Service = defineService({
  name: "shipping",
  description: "What sending products costs, and the shipments of orders",
  config,
  migrations,
  create({ config: { PRODUCT_URL, WEIGHTS_SECONDS }, database, client }) {
    const shipments = createShipmentRepository(database);
    const products = createProductClient(client("product", PRODUCT_URL), WEIGHTS_SECONDS * 1_000);
    return { routes: createRoutes({ shipments, booking: createBooking({ shipments, products }) }) };
  },
});
