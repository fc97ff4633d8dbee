import { defineService, type Service } from "@mall/kit";
import { createCheckoutMetrics } from "./checkout-metrics.ts";
import { createCartClient } from "./clients/cart-client.ts";
import { createCurrencyClient } from "./clients/currency-client.ts";
import { createProductClient } from "./clients/product-client.ts";
import { createPurchaseClient } from "./clients/purchase-client.ts";
import { createShippingClient } from "./clients/shipping-client.ts";
import { config } from "./config.ts";
import { migrations } from "./migrations/migrations.ts";
import { createOrderRepository } from "./order-repository.ts";
import { createDelivery } from "./outbox/delivery.ts";
import { createOrderEvents } from "./outbox/order-events.ts";
import { createRelay } from "./outbox/relay.ts";
import { createIdempotency } from "./placing/idempotency.ts";
import { createIdempotencyRepository } from "./placing/idempotency-repository.ts";
import { createPlaceOrder } from "./placing/place-order.ts";
import { createPricing } from "./placing/pricing.ts";
import { createRoutes } from "./routes.ts";
import { createRecovery } from "./saga/recovery.ts";
import { createSaga } from "./saga/saga.ts";
import { sagaSteps } from "./saga/steps.ts";

export const checkout: Service = defineService({
  name: "checkout",
  description: "Orders: their price, their saga, and the events that tell of them",
  config,
  migrations,
  async create({ config: urls, database, pool, client, logger, metrics }) {
    const carts = createCartClient(client("cart", urls.CART_URL));
    const products = createProductClient(client("product", urls.PRODUCT_URL));
    const currencies = createCurrencyClient(client("currency", urls.CURRENCY_URL));
    const purchase = createPurchaseClient(client("purchase", urls.PURCHASE_URL));
    const shipping = createShippingClient(client("shipping", urls.SHIPPING_URL));
    const subscribers = { email: client("email", urls.EMAIL_URL), info: client("info", urls.INFO_URL) };

    const orders = createOrderRepository(database);
    const idempotency = createIdempotency(createIdempotencyRepository(database));
    const pricing = createPricing({ products, currencies, shipping });
    const saga = createSaga({
      orders,
      events: createOrderEvents(["email", "info"]),
      steps: sagaSteps({ products, purchase, shipping }),
      leaseMs: urls.SAGA_LEASE_MS,
      mostAttempts: urls.SAGA_ATTEMPTS,
      logger,
    });
    const placing = createPlaceOrder({ carts, purchase, pricing, orders, saga, logger });
    const recovery = createRecovery({ orders, saga, afterwards: placing.emptyCart, logger });
    const relay = createRelay({ pool, deliver: createDelivery(subscribers, logger), logger });

    return {
      routes: createRoutes({
        carts,
        orders,
        pricing,
        idempotency,
        placing,
        metrics: createCheckoutMetrics(metrics),
      }),
      async start() {
        await relay.start();
        await recovery.start();
      },
      async stop() {
        await recovery.stop();
        await relay.stop();
      },
    };
  },
});
