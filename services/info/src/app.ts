import { defineService, type Service } from "@mall/kit";
import { registerBusinessMetrics } from "./business-metrics.ts";
import { config } from "./config.ts";
import { migrations } from "./migrations/migrations.ts";
import { createRoutes } from "./routes.ts";
import { createShippingClient } from "./shipping-client.ts";
import { createStatisticsRepository } from "./statistics-repository.ts";

export const info: Service = defineService({
  name: "info",
  description: "Statistics of the shop and its business metrics",
  config,
  migrations,
  create({ config: { SHIPPING_URL }, database, client, faults, logger, metrics }) {
    const statistics = createStatisticsRepository(database);
    const shipping = createShippingClient(client("shipping", SHIPPING_URL), logger);
    registerBusinessMetrics({ registry: metrics.registry, statistics, logger });
    return { routes: createRoutes({ statistics, shipping, faults }) };
  },
});
