import type { Logger, Metrics } from "@mall/kit";
import { Counter, Gauge } from "prom-client";
import type { Statistics } from "./statistics.ts";
import type { StatisticsRepository } from "./statistics-repository.ts";

interface Dependencies {
  registry: Metrics["registry"];
  statistics: StatisticsRepository;
  logger: Logger;
}

/**
 * Metrics whose values are the database's, read at each scrape: a restart loses nothing, and a reset looks to
 * Prometheus like any counter's. Every instance shows the whole shop, so over instances take `max`, not `sum`.
 */
export function registerBusinessMetrics({ registry, statistics, logger }: Dependencies): void {
  const read = createScrapeReader(statistics, logger);
  const common = { registers: [registry] };

  const orders = new Counter({
    ...common,
    name: "mall_orders_total",
    help: "Orders that came to an end, by how",
    labelNames: ["state"],
    collect: refreshing((stats) => {
      orders.reset();
      orders.inc({ state: "confirmed" }, stats.orders.confirmed);
      orders.inc({ state: "cancelled" }, stats.orders.cancelled);
    }),
  });
  const productsSold = new Counter({
    ...common,
    name: "mall_products_sold_total",
    help: "Units of products in confirmed orders",
    collect: refreshing((stats) => {
      productsSold.reset();
      productsSold.inc(stats.productsSold);
    }),
  });
  const revenue = new Counter({
    ...common,
    name: "mall_revenue_minor_units_total",
    help: "Totals of confirmed orders, in minor units of their currency",
    labelNames: ["currency"],
    collect: refreshing((stats) => {
      revenue.reset();
      for (const { currency, amount } of stats.revenue) revenue.inc({ currency }, amount);
    }),
  });
  const averageOrderValue = new Gauge({
    ...common,
    name: "mall_average_order_value_minor_units",
    help: "Mean total of confirmed orders, in minor units of their currency",
    labelNames: ["currency"],
    collect: refreshing((stats) => {
      averageOrderValue.reset();
      for (const { currency, amount } of stats.averageOrderValue) averageOrderValue.set({ currency }, amount);
    }),
  });

  function refreshing(show: (stats: Statistics) => void): () => Promise<void> {
    return async () => {
      const stats = await read();
      if (stats) show(stats);
    };
  }
}

/**
 * Reads once for all metrics of a scrape, which ask at the same time. Undefined when the database cannot be read:
 * the last values stand, for the process's own metrics are needed most just then.
 */
function createScrapeReader(statistics: StatisticsRepository, logger: Logger) {
  let reading: Promise<Statistics | undefined> | undefined;
  return () => {
    reading ??= statistics
      .read()
      .catch((error: unknown) => {
        logger.warn({ err: error }, "business metrics could not be read and stay as they were");
        return undefined;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
}
